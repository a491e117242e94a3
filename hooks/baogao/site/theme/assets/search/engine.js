/* The search itself: reads the index that hooks/baogao/export/search_index.py writes, a few small scripts for each query, and knows
   nothing of pages. Works from a folder: script tags only, no fetch, module, worker. */
(() => {
  "use strict";
  const site = (window.baogaoSearch ??= {});
  const ROOT = document.currentScript.src.replace(/assets\/search\/[^/]*$/, "");
  const DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_";
  const FORMAT = 1;
  const SMALL = 24; // files
  const LONGEST = 1000; // characters of a query; what follows is not searched, and the reader is told

  // ---- files

  const loading = new Map(), arrived = new Map();
  site.take = (name, content) => arrived.set(name, content);

  const load = (name, version = "") => {
    if (!loading.has(name))
      loading.set(
        name,
        new Promise((resolve, reject) => {
          const script = document.createElement("script");
          script.src = `${ROOT}search/${name}.js${version && `?${version}`}`;
          script.onload = () => (arrived.has(name) ? resolve(arrived.get(name)) : reject(new Error(`${name}: empty`)));
          script.onerror = () => {
            loading.delete(name); // another try may find it
            reject(new Error(`${script.src} could not be loaded`));
          };
          document.head.append(script);
        }),
      );
    return loading.get(name);
  };

  const numbers = (written, delta = true) => {
    const found = [];
    let value = 0, shift = 0, sum = 0;
    for (const character of written) {
      const digit = DIGITS.indexOf(character);
      value += (digit & 31) * 2 ** shift;
      shift += 5;
      if (digit < 32) {
        sum = delta ? sum + value : value;
        found.push(sum);
        value = shift = 0;
      }
    }
    return found;
  };

  /* The last place in a sorted list whose value is not above the one sought. */
  const place = (list, sought) => {
    let low = 0, high = list.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (list[middle] <= sought) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  };

  let opened;
  const open = () =>
    (opened ??= load("manifest").then(
      (read) => {
        if (read.format !== FORMAT) throw new Error(`index of format ${read.format}, this script reads ${FORMAT}: reload`);
        const coded = ([names, list]) => numbers(list, false).map((i) => names[i]);
        let folder = "";
        const pages = read.pages.split("\n").map((path) => {
          const whole = path.startsWith("/") ? folder + path : path;
          folder = whole.includes("/") ? whole.slice(0, whole.lastIndexOf("/")) : "";
          return `${whole}.html`;
        });
        const owners = numbers(read.owners, false), kinds = coded(read.kinds), roles = coded(read.roles), tongues = coded(read.tongues);
        const heads = numbers(read.heads, false), starts = numbers(read.starts);
        const reports = read.reports.map(([id, title, where, year]) => ({ id, title, place: where, year }));
        const records = pages.map((page, n) => ({
          n, page, report: reports[owners[n] - 1], kind: kinds[n], role: roles[n], language: tongues[n], start: starts[n], head: heads[n],
        }));
        return { ...read, ...site.folding(read.fold), reports, records, starts, textStarts: numbers(read.texts) };
      },
      (error) => {
        opened = undefined;
        throw error;
      },
    ));

  /* Made ready before the first key: the manifest, and of a small site everything. */
  const prepare = async () => {
    const index = await open();
    if (index.keys.length + index.textStarts.length > SMALL) return;
    const names = [...index.keys.map((_, n) => `k${n}`), ...index.textStarts.map((_, n) => `t${n}`)];
    await Promise.all(names.map((name) => load(name, index.version)));
  };

  // ---- terms

  /* 行政复议 调解 -> two terms; "行政 复议" is one: quotation marks round a term keep it whole, others are characters
     like any. Each term is folded. */
  const PARTS = /(?<=^|\s)["“„＂]([^"“”„＂]+)["”＂](?=\s|$)|\S+/g;

  const cut = (query) => [...query].slice(0, LONGEST).join("");

  const termsOf = (index, query) => {
    const terms = [...cut(query).matchAll(PARTS)].map(([whole, quoted]) => quoted ?? whole);
    return [...new Set(terms.map((term) => index.line(term).text).filter(Boolean))];
  };

  /* The lists whose intersection is a term: { at, key } for one key, { at, prefix } for a range of keys. */
  const planOf = (index, term) => {
    const plan = [];
    const tokens = [];
    for (let i = 0; i < term.length; ) {
      let end = i + 1;
      if (index.isLatin(term[i])) while (end < term.length && index.isLatin(term[end])) end++;
      tokens.push([i, end]);
      i = end;
    }
    let covered = 0;
    tokens.forEach(([start, end], n) => {
      const last = n === tokens.length - 1;
      if (index.isLatin(term[start])) {
        const word = term.slice(start, end);
        if (last) plan.push({ at: start, prefix: word });
        else plan.push({ at: start, key: term[end] === " " ? `${word} ` : word });
        covered = end;
      } else if (term[start] !== " " && start >= covered) {
        if (!last) {
          plan.push({ at: start, key: term.slice(start, start + 2) });
          covered = start + 2;
        } else if (n > 0 && !index.isLatin(term[tokens[n - 1][0]]) && term[start - 1] !== " ")
          plan.push({ at: start - 1, key: term.slice(start - 1, start + 1) });
        else plan.push({ at: start, prefix: term[start] });
      }
    });
    return plan;
  };

  const shardOf = (index, key) => Math.max(0, place(index.keys, key));

  const entries = async (index, n) => {
    const shard = await load(`k${n}`, index.version);
    shard.names ??= shard.keys.split("\n");
    shard.written ??= shard.lists.split(" ");
    shard.read ??= [];
    return shard;
  };

  const listAt = (shard, i) => (shard.read[i] ??= numbers(shard.written[i]));

  const listFor = async (index, { key, prefix }) => {
    if (key !== undefined) {
      const shard = await entries(index, shardOf(index, key));
      const i = place(shard.names, key);
      return shard.names[i] === key ? listAt(shard, i) : [];
    }
    const found = [];
    for (let n = shardOf(index, prefix); n < index.keys.length; n++) {
      const shard = await entries(index, n);
      let i = place(shard.names, prefix);
      if (shard.names[i] !== prefix) i++;
      for (; i < shard.names.length && shard.names[i].startsWith(prefix); i++) found.push(listAt(shard, i));
      if (i < shard.names.length || !(index.keys[n + 1] ?? "").startsWith(prefix)) break;
    }
    return found.length === 1 ? found[0] : found.flat().sort((a, b) => a - b);
  };

  /* Where a term begins, every occurrence, in order. */
  const occurrences = async (index, term) => {
    const plan = planOf(index, term);
    const lists = await Promise.all(plan.map((step) => listFor(index, step)));
    const order = plan.map((_, i) => i).sort((a, b) => lists[a].length - lists[b].length);
    let found = lists[order[0]].map((position) => position - plan[order[0]].at);
    for (const i of order.slice(1)) {
      if (!found.length) break;
      const list = lists[i], { at } = plan[i];
      let j = 0;
      found = found.filter((position) => {
        while (j < list.length && list[j] < position + at) j++;
        return list[j] === position + at;
      });
    }
    return found;
  };

  // ---- results

  /* Terms' occurrences by record: Map(record number -> { positions by term }); those that overlap count once. */
  const byRecord = (index, lists, terms) => {
    const found = new Map();
    lists.forEach((list, t) => {
      let after = -1;
      for (const position of list) {
        if (position < after) continue;
        after = position + terms[t].length;
        const n = place(index.starts, position);
        if (!found.has(n)) found.set(n, terms.map(() => []));
        found.get(n)[t].push(position);
      }
    });
    return found;
  };

  /* How near the terms stand: the shortest stretch that holds one of each. */
  const stretch = (lists) => {
    const all = lists.flatMap((list, t) => list.map((position) => [position, t])).sort((a, b) => a[0] - b[0]);
    const inside = lists.map(() => 0);
    let best = Infinity, held = 0, from = 0;
    for (const [position, t] of all) {
      if (!inside[t]++) held++;
      for (; held === lists.length; from++) {
        best = Math.min(best, position - all[from][0]);
        if (!--inside[all[from][1]]) held--;
      }
    }
    return best;
  };

  const rank = (index, [n, lists]) => {
    const record = index.records[n];
    const hits = lists.reduce((sum, list) => sum + list.length, 0);
    const whole = lists.every((list) => list.length);
    return {
      record, hits,
      positions: lists.flat().sort((a, b) => a - b),
      inTitle: record.head > 0 && lists.some((list) => list.some((position) => position < record.start + record.head)),
      weight: lists.reduce((sum, list) => sum + Math.log(1 + list.length), 0),
      near: whole && lists.length > 1 ? stretch(lists) : 0,
    };
  };

  const inOrder = (a, b) => b.inTitle - a.inTitle || b.weight - a.weight || a.near - b.near || a.record.n - b.record.n;

  const NAMES = { report: (r) => r.report?.id, place: (r) => r.report?.place, year: (r) => r.report?.year, role: (r) => r.role, language: (r) => r.language };

  const passes = (record, chosen) => Object.entries(chosen).every(([name, value]) => !value || NAMES[name](record) === value);

  /* For every filter its values with the number of sections each would leave, the others as chosen. */
  const counts = (results, chosen) =>
    Object.fromEntries(
      Object.keys(NAMES).map((name) => {
        const others = { ...chosen, [name]: "" }, tally = new Map();
        for (const { record } of results)
          if (passes(record, others)) {
            const value = NAMES[name](record);
            if (value) tally.set(value, (tally.get(value) ?? 0) + 1);
          }
        return [name, tally];
      }),
    );

  /* Sections that hold every term; where there is none and there are several terms, those of reports that do. */
  const sectionsWithAll = (index, found) => {
    const passages = [...found].filter(([n]) => index.records[n].kind !== "figures");
    const all = passages.filter(([, lists]) => lists.every((list) => list.length));
    if (all.length || passages.length === 0) return { scope: "section", sections: all };
    const held = new Map();
    for (const [n, lists] of passages) {
      const report = index.records[n].report?.id;
      if (!report) continue;
      const language = index.records[n].language, key = `${report} ${language}`;
      held.set(key, (held.get(key) ?? lists.map(() => false)).map((has, t) => has || lists[t].length > 0));
    }
    const whole = passages.filter(([n]) => held.get(`${index.records[n].report?.id} ${index.records[n].language}`)?.every(Boolean));
    return { scope: "report", sections: whole };
  };

  /* query -> { terms, scope, sections, hits, results, figures, counts }. chosen: { language, report, place, year, role }.
     Counts are exact before any text is read. */
  const find = async (query, chosen = {}) => {
    const index = await open();
    const terms = termsOf(index, query);
    if (!terms.length) return { terms, scope: "section", sections: 0, hits: 0, results: [], figures: [], counts: {} };
    const lists = await Promise.all(terms.map((term) => occurrences(index, term)));
    const found = byRecord(index, lists, terms);
    const { scope, sections } = sectionsWithAll(index, found);
    const all = sections.map((entry) => rank(index, entry)).sort(inOrder);
    const results = all.filter(({ record }) => passes(record, chosen));
    const figures = [...found]
      .filter(([n, of]) => index.records[n].kind === "figures" && passes(index.records[n], { ...chosen, role: "" }) && of.every((list) => list.length))
      .map((entry) => rank(index, entry));
    return {
      terms, scope, results, figures,
      sections: results.length,
      hits: results.reduce((sum, result) => sum + result.hits, 0),
      counts: counts(all, chosen),
    };
  };

  // ---- text

  const textLine = async (index, position) => {
    const shard = await load(`t${place(index.textStarts, position)}`, index.version);
    shard.at ??= shard.lines.map(([start]) => start);
    const [start, n, units] = shard.lines[place(shard.at, position)];
    return { start, title: shard.titles[n], units };
  };

  /* All places of the terms in a line, as [start, end] of its written text. */
  const marksIn = (index, folded, terms) => {
    const marks = [];
    for (const term of terms)
      for (let i = folded.text.indexOf(term); i >= 0; i = folded.text.indexOf(term, i + term.length)) {
        if (index.isLatin(term[0]) && i > 0 && index.isLatin(folded.text[i - 1])) continue; // a word is found by its beginning
        marks.push([folded.from[i], folded.to[i + term.length - 1]]);
      }
    return marks.sort((a, b) => a[0] - b[0]);
  };

  /* What stands at some positions: the units hit, { title, anchor, leads, text, marks }, in order, each once; with
     `whole`, of lines that hold every term only. */
  const passagesAt = async (positions, terms, whole = false) => {
    const index = await open();
    const lines = new Map();
    for (const line of await Promise.all(positions.map((position) => textLine(index, position)))) lines.set(line.start, line);
    const said = [];
    for (const { title, units } of lines.values()) {
      const folded = index.line(units.map(([, text]) => text).join(""));
      if (whole && !terms.every((term) => folded.text.includes(term))) continue;
      const marks = marksIn(index, folded, terms);
      let at = 0;
      for (const [anchor, text, leads] of units) {
        const start = at, end = (at += text.length);
        const inside = marks.filter((m) => m[0] < end && m[1] > start).map((m) => [Math.max(m[0], start) - start, Math.min(m[1], end) - start]);
        if (inside.length) said.push({ title, anchor, leads, text, marks: inside });
      }
    }
    return said;
  };

  /* The same sentence in the other language: a unit of the twin of a record, by its anchor; undefined where there is none. */
  const alignedTo = async (record, anchor) => {
    const index = await open();
    const twin = index.records.find((r) => r.page === record.page && r.kind === record.kind && r.language !== record.language);
    if (!twin) return undefined;
    const last = place(index.textStarts, (index.starts[twin.n + 1] ?? Infinity) - 1);
    for (let n = place(index.textStarts, twin.start); n <= last; n++) {
      const shard = await load(`t${n}`, index.version);
      for (const [start, , units] of shard.lines)
        if (place(index.starts, start) === twin.n) {
          const unit = units.find(([id]) => id === anchor);
          if (unit) return { text: unit[1].trim(), language: twin.language };
        }
    }
    return undefined;
  };

  /* What the words of a query are in the other language, by the glossary: every form of a term that one of them names. */
  const counterparts = async (terms) => {
    const index = await open(), pairs = await load("terms", index.version);
    const folded = (forms) => forms.map((form) => index.line(form).text);
    return pairs.flatMap(([chinese, english]) => {
      const named = (forms) => folded(forms).some((form) => terms.includes(form));
      return [...(named(chinese) ? english : []), ...(named(english) ? chinese : [])];
    });
  };

  const titleOf = async (record) => (await textLine(await open(), record.start)).title;

  // ---- nothing found

  const OFFERED = 3;

  /* The longest beginning of a word that words of the index begin with: one beside it in the order of keys has it. */
  const knownBeginning = async (index, word) => {
    const n = shardOf(index, word), { names } = await entries(index, n);
    const i = place(names, word);
    const common = [names[i] ?? "", names[i + 1] ?? index.keys[n + 1] ?? ""].map((key) => [...word].findIndex((c, at) => key[at] !== c));
    return common.includes(-1) ? word : word.slice(0, Math.max(...common));
  };

  /* A word stands whole, with the space after it, or its beginning stands. */
  const stepOfWord = async (index, term, at, end) => {
    const word = term.slice(at, end), space = term[end] === " " ? " " : "";
    const prefix = await knownBeginning(index, word);
    const [list, begun] = await Promise.all([listFor(index, { key: word + space }), prefix.length > 1 ? listFor(index, { prefix }) : []]);
    return { at, end: end + space.length, list, begun, begunEnd: at + prefix.length };
  };

  const stepOfCharacter = async (index, term, at) => {
    const key = term.slice(at, at + 2), single = key.length < 2;
    return { at, end: at + key.length, list: await listFor(index, single ? { prefix: key } : { key }), begun: [], begunEnd: 0 };
  };

  /* What a folded term asks of the index from left to right, a word or a character with the next one:
     { at, end, list } and of a word { begun, begunEnd }, where its beginning stands and how far that goes. */
  const stepsOf = (index, term) => {
    const steps = [];
    for (let at = 0, end; at < term.length; at = end) {
      end = at + 1;
      if (index.isLatin(term[at])) {
        while (end < term.length && index.isLatin(term[end])) end++;
        steps.push(stepOfWord(index, term, at, end));
      } else if (term[at] !== " " && (end < term.length || (at > 0 && index.isLatin(term[at - 1])))) steps.push(stepOfCharacter(index, term, at));
    }
    return Promise.all(steps);
  };

  /* The parts of a term that are found, of two characters or more, none inside another, from left to right. Each place of a step in the text says where the term would begin there; steps that follow each other and say the
     same stand there together. So every list is read once, however long the term. */
  const partsOf = async (index, term, chosen) => {
    const ends = new Map(); // of the longest part that begins at each step
    const shown = (record) => record.kind !== "figures" && passes(record, chosen);
    const note = (start, end, beginning) => {
      if (end > (ends.get(start) ?? start + 1) && shown(index.records[place(index.starts, beginning + start)])) ends.set(start, end);
    };
    let running = [], before = 0; // [beginning, start], in order; where they end
    for (const { at, end, list, begun, begunEnd } of await stepsOf(index, term)) {
      const next = [];
      let i = 0, k = 0;
      const over = ([beginning, start]) => {
        while (begun[k] - at < beginning) k++;
        note(start, begun[k] - at === beginning ? begunEnd : before, beginning);
      };
      for (const position of list) {
        const beginning = position - at;
        while (i < running.length && running[i][0] < beginning) over(running[i++]);
        next.push(running[i]?.[0] === beginning ? running[i++] : [beginning, at]);
      }
      while (i < running.length) over(running[i++]);
      for (const position of begun) note(at, begunEnd, position - at);
      [running, before] = [next, end];
    }
    for (const [beginning, start] of running) note(start, before, beginning);
    let reached = 0;
    const outer = [...ends].sort((a, b) => a[0] - b[0]).filter(([, end]) => end > reached && (reached = end));
    return outer.map(([start, end]) => term.slice(start, end).trim()).filter((part) => part.length > 1 && /[^\p{P}\s]/u.test(part));
  };

  /* Other ways to write a query that do find something: { how, query }. Never mixed with hits. */
  const nearest = async (written, chosen = {}) => {
    const index = await open(), query = cut(written);
    const map = await load("traditional", index.version);
    const simplified = [...query].map((c) => map[c] ?? c).join("");
    if (simplified !== query && (await find(simplified, chosen)).sections) return [{ how: "simplified", query: simplified }];
    const letters = query.trim().toLowerCase();
    if (/^[a-z]{2,}$/.test(letters)) {
      const initials = await load("initials", index.version);
      const titled = index.records.filter((record) => initials[record.n].includes(letters) && record.kind !== "figures").slice(0, 5);
      if (titled.length) return Promise.all(titled.map(async (record) => ({ how: "initials", record, title: await titleOf(record) })));
    }
    const terms = termsOf(index, query);
    const parts = (await Promise.all(terms.map((term) => partsOf(index, term, chosen)))).flat();
    const longest = [...new Set(parts)].filter((part) => terms.length > 1 || part !== terms[0]).sort((a, b) => b.length - a.length);
    return longest.slice(0, OFFERED).map((part) => ({ how: "part", query: part.includes(" ") ? `"${part}"` : part }));
  };

  Object.assign(site, { LONGEST, cut, find, passagesAt, alignedTo, counterparts, nearest, open, prepare, termsOf, marksIn, root: ROOT });
})();
