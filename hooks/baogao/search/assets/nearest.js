/* Where nothing was found: the words of the query that do occur, what is written nearly so, the nearest sentence. */
(() => {
  "use strict";
  const site = window.baogaoSearch;
  const { load, place } = site;
  const OFFERED = 4;
  const A_PASSAGE = 10; // characters: what is shorter is a word, and has no nearest sentence
  const A_NAME = 24; // characters: what is longer is no name that was misspelt

  // ---- words and names

  let known;
  const names = async (index) =>
    (known ??= (await load("names", index.version)).map(([name, pinyin]) => ({ name, pinyin, folded: index.line(name).text })));

  /* Names that stand in a term whole, the longest first, none inside another; of Latin words whole ones only. */
  const namesIn = (index, term, all) => {
    const letter = (i) => term[i] !== undefined && index.isLatin(term[i]);
    const found = [];
    for (const { folded } of [...all].sort((a, b) => b.folded.length - a.folded.length)) {
      const at = folded.length > 1 && folded !== term ? term.indexOf(folded) : -1, end = at + folded.length;
      const whole = !(letter(at) && letter(at - 1)) && !(letter(end) && letter(end - 1));
      if (at >= 0 && whole && !found.some((one) => at < one.end && end > one.at)) found.push({ at, end });
    }
    return found.sort((a, b) => a.at - b.at).map(({ at, end }) => term.slice(at, end));
  };

  const latinWords = (index, term) => term.split(/[^\p{Script=Latin}]+/u).filter((word) => word.length > 1 && word !== term && !index.functionWords.has(word));

  /* The words of a query that do occur, with the number of records that have each: those it was cut into, else names in
     them, and words of names. Never a piece of a word. */
  const ownWords = async (index, terms, chosen) => {
    const all = await names(index), said = new Map();
    for (const { text } of terms) {
      const whole = terms.length > 1 && text.length <= A_NAME ? await sectionsWith(text, chosen) : 0;
      if (whole) said.set(text, whole);
      else
        for (const word of [...namesIn(index, text, all), ...latinWords(index, text)].slice(0, 2 * OFFERED)) {
          const sections = said.has(word) ? 0 : await sectionsWith(word, chosen);
          if (sections) said.set(word, sections);
        }
      if (said.size >= OFFERED) break;
    }
    return [...said].slice(0, OFFERED).map(([word, sections]) => ({ how: "part", query: word, sections }));
  };

  const sectionsWith = async (text, chosen) => (await site.find(text.includes(" ") ? `"${text}"` : text, chosen)).sections;

  /* How many characters must be changed, put in or left out; Infinity where more than `most`. */
  const distance = (one, other, most) => {
    if (Math.abs(one.length - other.length) > most) return Infinity;
    let row = Array.from({ length: other.length + 1 }, (_, i) => i);
    for (let i = 1; i <= one.length; i++) {
      const next = [i];
      for (let j = 1; j <= other.length; j++) next[j] = Math.min(next[j - 1] + 1, row[j] + 1, row[j - 1] + (one[i - 1] === other[j - 1] ? 0 : 1));
      if (Math.min(...next) > most) return Infinity;
      row = next;
    }
    return row.at(-1) > most ? Infinity : row.at(-1);
  };

  const allowed = (length) => (length < 3 ? 0 : length < 8 ? 1 : 2);

  /* How far letters are from how a name is read: nearly all of it, or a part of it, as fuyi of xingzhengfuyi. */
  const readingOf = (letters, { name, pinyin }, most) => {
    if (letters.length < 4 || !/\p{Script=Han}/u.test(name)) return Infinity;
    return pinyin.includes(letters) ? Math.min(most, letters === pinyin ? 0 : 1) : distance(letters, pinyin, Math.min(most, 1));
  };

  /* Names written or read nearly as a term is: 行政覆议, xingzhengfuyi; and words of the index nearly like a Latin one. */
  const alike = async (index, term) => {
    if (term.length > A_NAME) return [];
    const most = allowed(term.length), letters = /^[a-z]+$/.test(term) ? term : "";
    const near = (await names(index)).filter(({ pinyin }) => pinyin).map((one) => ({
      query: one.name, far: Math.min(distance(term, one.folded, most), readingOf(letters, one, most)),
    }));
    const words = letters.length > 3 ? (await site.range(index, letters.slice(0, 2))).map(([key]) => ({ query: key.trim(), far: distance(letters, key.trim(), most) })) : [];
    const all = [...near, ...words].filter(({ query, far }) => far <= most && index.line(query).text !== term);
    return [...new Map(all.sort((a, b) => a.far - b.far).map((one) => [index.line(one.query).text, one])).values()];
  };

  const alikeAndThere = async (index, terms, chosen) => {
    const said = [];
    for (const { text } of terms)
      for (const { query } of (await alike(index, text)).slice(0, OFFERED)) {
        const sections = await sectionsWith(query, chosen);
        if (sections) said.push({ how: "name", query, sections });
      }
    return said.slice(0, OFFERED);
  };

  const byInitials = async (index, letters) => {
    if (!/^[a-z]{2,}$/.test(letters)) return [];
    const initials = await load("initials", index.version);
    const titled = index.records.filter((record) => initials[record.n].includes(letters) && !record.table).slice(0, OFFERED);
    return Promise.all(titled.map(async (record) => ({ how: "initials", record, title: await site.titleOf(record) })));
  };

  // ---- the nearest sentence

  /* A word stands whole, with the space after it; or a character with the next one. */
  const stepAt = (index, term, at) => {
    let end = at + 1;
    if (index.isLatin(term[at])) {
      while (end < term.length && index.isLatin(term[end])) end++;
      if (end < term.length) return { at, end: end + (term[end] === " " ? 1 : 0), key: term.slice(at, end) + (term[end] === " " ? " " : "") };
      return { at, end, prefix: term.slice(at, end) };
    }
    return end < term.length ? { at, end: end + 1, key: term.slice(at, end + 1) } : { at, end, prefix: term[at] };
  };

  /* What a folded term asks of the index from left to right: { at, end, list }. */
  const stepsOf = (index, term) => {
    const steps = [];
    for (let at = 0; at < term.length; ) {
      if (term[at] === " ") {
        at++;
        continue;
      }
      const step = stepAt(index, term, at);
      steps.push(step);
      at = index.isLatin(term[at]) ? step.end : at + 1;
    }
    return Promise.all(steps.map(async (step) => ({ ...step, list: await site.listFor(index, step) })));
  };

  /* The longest part of a term that stands somewhere: { start, end, beginning }, `beginning` where the term would begin
     there. Each place of a step in the text says where that is; steps that follow each other and say the same stand
     there together. So every list is read once, however long the term. */
  const longestPart = async (index, term, shown) => {
    let best = { start: 0, end: 0 }, running = new Map(), before = 0; // beginning -> start
    const note = (start, end, beginning) => {
      if (end - start > best.end - best.start && shown(index.records[place(index.starts, beginning + start)])) best = { start, end, beginning };
    };
    for (const { at, end, list } of await stepsOf(index, term)) {
      const next = new Map();
      for (const position of list) next.set(position - at, running.get(position - at) ?? at);
      for (const [beginning, start] of running) if (!next.has(beginning)) note(start, before, beginning);
      [running, before] = [next, end];
    }
    for (const [beginning, start] of running) note(start, before, beginning);
    return best;
  };

  /* The sentence that a passage was nearly quoted from: where its longest part that stands somewhere breaks off. */
  const nearestSentence = async (index, query, chosen, passes) => {
    const term = index.line(query).text, words = term.split(" ").length;
    if (term.length < A_PASSAGE || (words > 1 && words < A_PASSAGE / 2)) return [];
    const { start, end, beginning } = await longestPart(index, term, (record) => !record.table && passes(record, chosen));
    if (end - start < A_PASSAGE / 2) return [];
    const at = beginning + (end < term.length ? end - 1 : start), record = index.records[place(index.starts, at)];
    const passage = await site.unitAt(at), line = index.line(passage.text), part = term.slice(start, end);
    return [{ how: "sentence", record, passage: { ...passage, marks: common(line, part) } }];
  };

  /* The longest run of a part that a line has, as marks of its written text. */
  const common = (line, part) => {
    let best = [0, 0], row = [];
    for (let i = 0; i < line.text.length; i++) {
      const next = [];
      for (let j = 0; j < part.length; j++) {
        next[j] = line.text[i] === part[j] ? (row[j - 1] ?? 0) + 1 : 0;
        if (next[j] > best[1] - best[0]) best = [i + 1 - next[j], i + 1];
      }
      row = next;
    }
    return best[1] ? [[line.from[best[0]], line.to[best[1] - 1]]] : [];
  };

  /* What to try where a query finds nothing: { how, query, sections }, or with a place { how, record, title, passage }. */
  const nearest = async (written, chosen = {}) => {
    const index = await site.open(), query = site.cut(written);
    const simplified = (await site.simplifying())(query);
    const { terms } = site.parsed(index, simplified);
    const sentence = await nearestSentence(index, simplified, chosen, site.passes);
    if (sentence.length && terms.every(({ text }) => text.length > A_NAME)) return sentence;
    const own = await ownWords(index, terms, chosen);
    const missing = terms.filter(({ text }) => !own.some((word) => word.query === text));
    const names = await alikeAndThere(index, missing, chosen);
    const titles = names.length ? [] : await byInitials(index, query.trim().toLowerCase());
    return [...names, ...own, ...titles, ...(names.length ? [] : sentence)].filter((one, n, all) => !one.query || all.findIndex(({ query: q }) => q === one.query) === n);
  };

  site.nearestNow = nearest;
})();
