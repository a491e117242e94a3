/* What is found: records that hold every term, in the order in which they answer. Knows nothing of pages. */
(() => {
  "use strict";
  const site = window.baogaoSearch;
  const { place } = site;
  const SENTENCE = 80; // positions within which terms are taken to stand in one sentence, until its text is read
  const WINDOWS = 6; // stretches of a record that are read to find the sentence that holds most

  /* Terms' occurrences by record: Map(record number -> their positions by term); those that overlap count once. */
  const byRecord = (index, lists, terms) => {
    const found = new Map();
    lists.forEach((list, t) => {
      let after = -1;
      for (const position of list) {
        if (position < after) continue;
        after = position + (terms[t].word ? 1 : terms[t].text.length);
        const n = place(index.starts, position);
        if (!found.has(n)) found.set(n, terms.map(() => []));
        found.get(n)[t].push(position);
      }
    });
    return found;
  };

  /* Where the terms stand together: stretches that hold one of each, the shortest first, { length, positions }. */
  const stretches = (lists) => {
    const all = lists.flatMap((list, t) => list.map((position) => [position, t])).sort((a, b) => a[0] - b[0]);
    const inside = lists.map(() => 0), found = [];
    let held = 0, from = 0;
    all.forEach(([position, t], to) => {
      if (!inside[t]++) held++;
      for (; held === lists.length; from++) {
        if (inside[all[from][1]] === 1) found.push({ length: position - all[from][0], positions: all.slice(from, to + 1).map(([p]) => p) });
        if (!--inside[all[from][1]]) held--;
      }
    });
    return found.sort((a, b) => a.length - b.length).slice(0, WINDOWS);
  };

  /* How a record says what stands at these positions: 0 under a heading that names it, 1 in its text, 2 in a heading
     with nothing under it, 3 in code alone. */
  const voiceOf = (record, positions) => {
    if (positions.some((p) => p < record.text)) return record.text < record.code ? 0 : 2;
    return positions.some((p) => p < record.code) ? 1 : 3;
  };

  const inText = (record, positions) => {
    const said = positions.filter((p) => p >= record.text && p < record.code);
    return said.length ? said : positions;
  };

  /* How much so many hits say of a record so many times as long as others: each more says less (BM25, without rarity). */
  const often = (hits, long) => (2.2 * hits) / (hits + 1.2 * (0.25 + 0.75 * long));

  /* Of some places those to read: where the word stands whole if it does, and as many as one file of text holds. */
  const toRead = (index, positions, whole) => {
    const some = positions.filter((p) => !whole || whole.has(p)), all = some.length ? some : positions, file = place(index.textStarts, all[0]);
    return all.filter((p) => place(index.textStarts, p) === file);
  };

  /* Whether a record has the words of a query in it, but no sentence of it has them all. */
  const apart = ({ words, phrase, together }) => words > 1 && !phrase && together < words;

  /* n: the record; lists: its places by term; phrase: those of the query as it is written; wholes: of each term its
     places as a word; length: of the query. */
  const rank = (index, n, lists, phrase, wholes, length) => {
    const record = index.records[n], size = (index.starts[n + 1] ?? index.size) - record.start, several = lists.length > 1;
    const positions = lists.flat().sort((a, b) => a - b), own = phrase.length ? phrase : positions;
    const windows = several ? stretches(lists) : [];
    return {
      record, positions: own, windows,
      hits: own.length,
      words: lists.length,
      phrase: phrase.length,
      whole: wholes.every((whole, t) => !whole || lists[t].some((p) => whole.has(p))),
      voice: voiceOf(record, own),
      named: own[0] === record.start && record.text - record.start - 1 === length, // its heading is what is asked
      together: several && windows[0].length <= SENTENCE ? lists.length : 0,
      weight: [phrase, ...lists].reduce((sum, list) => sum + often(list.length, size / index.mean), 0),
      joint: windows.filter(({ length }) => length <= SENTENCE).length,
      near: several ? windows[0].length : 0,
      shown: phrase.length || !several ? toRead(index, inText(record, own), phrase.length ? undefined : wholes[0]) : undefined, // else of the stretches
    };
  };

  const ORDER = [
    (r) => (r.voice === 3 ? 1 : 0),
    (r) => (r.phrase ? 0 : 1),
    (r) => -r.together,
    (r) => (r.whole ? 0 : 1),
    (r) => (r.named ? 0 : 1),
    (r) => (r.shown ? r.voice : 0),
    (r) => (apart(r) ? 0 : r.record.behind),
    (r) => -(r.shown ? r.hits : r.joint),
    (r) => (r.listed ? 1 : 0),
    (r) => -r.weight,
    (r) => r.near,
    (r) => r.record.n,
  ];
  const inOrder = (a, b) => {
    for (const by of ORDER) if (by(a) !== by(b)) return by(a) - by(b);
    return 0;
  };

  const valueOf = (record, name) => (name === "language" ? record.language : record.facets[name]);

  const passes = (record, chosen) => Object.entries(chosen).every(([name, value]) => !value || valueOf(record, name) === value);

  /* For every facet its values with the number of records each would leave, the others as chosen. */
  const counts = (index, results, chosen) =>
    Object.fromEntries(
      ["language", ...index.facets.map(({ name }) => name)].map((name) => {
        const others = { ...chosen, [name]: "" }, tally = new Map();
        for (const { record } of results)
          if (passes(record, others)) {
            const value = valueOf(record, name);
            if (value) tally.set(value, (tally.get(value) ?? 0) + 1);
          }
        return [name, tally];
      }),
    );

  const NOTHING = { results: [], rows: [], sections: 0, hits: 0, phrased: 0, counts: {} };

  /* query -> { query, terms, results, rows, sections, hits, phrased, counts, stopped }. chosen: { language, and a value of any
     facet }. `phrased`: how many results have the query as it is written, where it is of several words; then `hits`
     are those of the phrase. Counts are exact before any text is read. */
  const find = async (query, chosen = {}) => {
    const index = await site.open();
    const { terms, phrase, stopped } = site.parsed(index, query);
    if (!terms.length) return { ...NOTHING, query, terms, stopped };
    const asked = Promise.all(terms.map((term) => site.placesOf(index, term)));
    const [places, phrases] = await Promise.all([asked, site.phrasePlaces(index, phrase, terms, asked)]);
    const lists = places.map(({ list }) => list), words = places.map(({ whole, alike }) => (terms.length > 1 ? alike : whole));
    const wholes = words.map((list) => list && new Set(list)); // of several words any form will do
    const said = terms.map((term, t) => ({ ...term, forms: places[t].forms, rare: 1 / (1 + lists[t].length) }));
    const found = byRecord(index, lists, said), inPhrase = byRecord(index, [phrases], [phrase ?? terms[0]]);
    const all = [...found]
      .filter(([n, of]) => !index.records[n].table && of.every((list) => list.length))
      .map(([n, of]) => rank(index, n, of, inPhrase.get(n)?.[0] ?? [], wholes, (phrase ?? terms[0]).text.length))
      .sort(inOrder);
    const results = all.filter(({ record }) => passes(record, chosen));
    const phrased = results.filter((result) => result.phrase);
    return {
      query,
      terms: phrase ? [{ ...phrase, forms: [], rare: 1 / (1 + phrases.length) }, ...said] : said,
      stopped, results,
      rows: (await site.rowsOf?.(index, said, lists, phrase, phrases, found, results, (record) => passes(record, chosen))) ?? [],
      sections: results.length,
      phrased: phrased.length,
      hits: (phrased.length ? phrased : results).reduce((sum, result) => sum + result.hits, 0),
      begun: results.length > phrased.length && said.some(({ word }, t) => word && wholes[t].size < lists[t].length),
      counts: counts(index, all, chosen),
    };
  };

  /* The first results with the passage each shows, read and put in order anew: what is told apart by sentences cannot
     be told by positions. */
  const read = async (found, from, to) => {
    const some = found.results.slice(from, to);
    await Promise.all(
      some.map(async (result) => {
        if (result.passage) return;
        const places = result.shown ? result.shown : result.windows.flatMap(({ positions }) => positions);
        result.passage = await site.bestPassage(places, found.terms);
        if (!result.shown) result.together = result.passage.held;
        else {
          result.listed = result.passage.listed;
          if (result.passage.heads) result.voice = 0;
        }
      }),
    );
    found.results.splice(from, some.length, ...some.sort(inOrder));
    return some;
  };

  /* What to try where nothing is found; its script is asked for then. */
  const nearest = async (...given) => {
    await site.script("nearest", `${site.root}assets/search/nearest.js`);
    return site.nearestNow(...given);
  };

  Object.assign(site, { find, read, passes, nearest });
})();
