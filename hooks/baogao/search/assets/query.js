/* What is asked: a query cut into terms, and where each of them stands in the index. */
(() => {
  "use strict";
  const site = window.baogaoSearch;
  const { load, numbers, place } = site;
  const LONGEST = 3000; // characters of a query; what follows is not searched, and the reader is told
  const FIRST = 3, AT_ONCE = 64; // lists
  const FEW = 3; // places
  const STEMMED = 4; // letters: shorter words have no ending worth taking off

  /* 行政复议 调解 -> two terms; "行政 复议" is one: quotation marks round a term keep it whole, others are characters
     like any. */
  const PARTS = /(?<=^|\s)["“„＂]([^"“”„＂]+)["”＂](?=\s|$)|\S+/g;

  const cut = (query) => [...query].slice(0, LONGEST).join("");

  /* A function that writes a text with the characters of the index, one for each: those of the traditional script as
     the simplified ones they stand for; all that may stand for one as the same, where `also`. */
  const simplifying = async (also = false) => {
    const index = await site.open(), map = await load("traditional", index.version), others = also ? site.traditional.also : {};
    return (text) => [...text].map((c) => map[c] ?? c).map((c) => others[c] ?? c).join("");
  };

  const readsTraditional = /^zh\b.*\b(hant|tw|hk|mo)\b/i.test(document.documentElement.lang);

  /* How a query may stand in the index: as it is written, and where it is in traditional characters, as simplified. A
     character of both scripts is taken for another only of who writes or reads the traditional one: 覆 may be meant. */
  const writings = async function* (query) {
    yield query;
    if (!/\p{Script=Han}/u.test(query)) return;
    const simplified = (await simplifying())(query), also = (await simplifying(true))(query);
    if (simplified !== query) yield simplified;
    if (also !== simplified && (readsTraditional || simplified !== query)) yield also;
  };

  /* query -> { terms, phrase, stopped }. A term: { text, quoted, word }, folded, `word` where it is one Latin word.
     Function words count only in the phrase, which is the whole query where it is of several words and none is quoted;
     `stopped`: there was nothing else. */
  const parsed = (index, query) => {
    const said = [...cut(query).matchAll(PARTS)].map(([whole, quoted]) => ({ text: index.line(quoted ?? whole).text, quoted: quoted !== undefined }));
    const met = [...new Map(said.filter(({ text }) => text).map((term) => [term.text, term])).values()];
    for (const term of met) term.word = !term.quoted && [...term.text].every(index.isLatin);
    const terms = met.filter(({ word, text }) => !(word && index.functionWords.has(text)));
    const whole = said.length > 1 && !said.some(({ quoted }) => quoted) ? index.line(cut(query)).text : "";
    return { terms, phrase: terms.length && whole ? { text: whole, quoted: true, word: false } : undefined, stopped: met.length > 0 && !terms.length };
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

  const listsOf = (entries) => entries.map(([, list]) => list);

  const merged = (lists) => (lists.length === 1 ? lists[0] : [...new Set(lists.flat())].sort((a, b) => a - b));

  /* Every key of the index that begins so: [key, list]. */
  const range = async (index, prefix) => {
    const first = shardOf(index, prefix), found = [];
    let last = first;
    while ((index.keys[last + 1] ?? "").startsWith(prefix)) last++;
    const shards = Array.from({ length: last - first + 1 }, (_, i) => entries(index, first + i)); // all at once
    for (const shard of await Promise.all(shards)) {
      let i = place(shard.names, prefix);
      if (shard.names[i] !== prefix) i++;
      for (; i < shard.names.length && shard.names[i].startsWith(prefix); i++) found.push([shard.names[i], listAt(shard, i)]);
    }
    return found;
  };

  const listFor = async (index, { key, prefix }) => {
    if (key === undefined) return merged(listsOf(await range(index, prefix)));
    const shard = await entries(index, shardOf(index, key)), i = place(shard.names, key);
    return shard.names[i] === key ? listAt(shard, i) : [];
  };

  /* Where a folded text begins, every occurrence, in order. Of a long one the first lists mostly leave few places: those
     are looked up in the text, which is shown anyway. */
  const occurrences = async (index, text) => {
    const plan = planOf(index, text);
    let found;
    for (let from = 0, to = FIRST; from < plan.length && found?.length !== 0; [from, to] = [to, to + AT_ONCE]) {
      if (found?.length <= FEW) {
        const stands = await Promise.all(found.map((position) => site.standsAt(text, position)));
        return found.filter((_, i) => stands[i]);
      }
      const steps = plan.slice(from, to), lists = await Promise.all(steps.map((step) => listFor(index, step)));
      const order = steps.map((_, i) => i).sort((a, b) => lists[a].length - lists[b].length);
      for (const i of order) found = meeting(found, lists[i], steps[i].at);
    }
    return found;
  };

  /* Those of the places where a text may begin at which a list has what stands `at` so far in it. */
  const meeting = (places, list, at) => {
    if (!places) return list.map((position) => position - at);
    let j = 0;
    return places.filter((position) => {
      while (j < list.length && list[j] < position + at) j++;
      return list[j] === position + at;
    });
  };

  /* Where the words of a query follow each other as it is written; from their own places, where these say it all. */
  const phrasePlaces = async (index, phrase, terms, placesOfTerms) => {
    if (!phrase) return [];
    if (terms.some(({ word }) => word) || terms.map(({ text }) => text).join("") !== phrase.text) return occurrences(index, phrase.text);
    let at = 0, found;
    for (const [n, { list }] of (await placesOfTerms).entries()) {
      found = meeting(found, list, at);
      at += terms[n].text.length;
    }
    return found;
  };

  let stem;
  const stemmer = async () => {
    await site.script("stemmer", `${site.root}assets/search/stemmer.js`);
    stem ??= ((one) => (word) => one.stemWord(word))(new window.EnglishStemmer());
    return stem;
  };

  /* A Latin word -> the words of the index that are forms of it, itself among them: [word, list]. */
  const formsOf = async (index, word) => {
    if (word.length < STEMMED || !/^[a-z]+$/.test(word)) return [];
    const stemOf = await stemmer(), own = stemOf(word);
    const begin = own.length < STEMMED ? own : own.slice(0, -1); // policy and policies: polici, policy
    return (await range(index, begin)).filter(([key]) => stemOf(key.trim()) === own);
  };

  /* Where a term stands: { list, whole, alike, forms }, `whole` its places as a word of its own, `alike` those and the
     ones of its other forms, `forms` words found that do not begin with it. */
  const placesOf = async (index, { text, word }) => {
    if (!word) return { list: await occurrences(index, text), forms: [] };
    const [begun, forms] = await Promise.all([range(index, text), formsOf(index, text)]);
    const whole = listsOf(begun.filter(([key]) => key.trim() === text)), others = forms.filter(([key]) => !key.startsWith(text));
    const list = merged([...listsOf(begun), ...listsOf(others)]);
    return { list, whole: merged(whole), alike: merged([...whole, ...listsOf(forms)]), forms: others.map(([key]) => key.trim()) };
  };

  const termsOf = (index, query) => {
    const { terms, phrase } = parsed(index, query);
    return phrase ? [phrase, ...terms] : terms;
  };

  Object.assign(site, { readsTraditional, writings, simplifying, LONGEST, cut, parsed, termsOf, shardOf, entries, range, listFor, placesOf, phrasePlaces });
})();
