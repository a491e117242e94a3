/* What stands at the places found: lines of text, the marks in them. */
(() => {
  "use strict";
  const site = window.baogaoSearch;
  const { load, place } = site;

  const textLine = async (index, position) => {
    const shard = await load(`t${place(index.textStarts, position)}`, index.version);
    shard.at ??= shard.lines.map(([start]) => start);
    const [start, n, units] = shard.lines[place(shard.at, position)];
    return { start, title: shard.titles[n], units };
  };

  /* Whether a folded text stands at a position. */
  const standsAt = async (text, position) => {
    const index = await site.open(), { start, units } = await textLine(index, position);
    return index.line(units.map(([, said]) => said).join("")).text.startsWith(text, position - start);
  };

  /* Where a term stands in a folded line: [start, end] of it. A word is found by its beginning, and as its forms. */
  const placesIn = (index, text, term) => {
    const found = [];
    for (const said of [term.text, ...(term.forms ?? [])])
      for (let i = text.indexOf(said); i >= 0; i = text.indexOf(said, i + said.length)) {
        if (index.isLatin(said[0]) && i > 0 && index.isLatin(text[i - 1])) continue;
        const end = i + said.length, inside = said !== term.text && end < text.length && index.isLatin(text[end]);
        if (!inside) found.push([i, end]);
      }
    return found;
  };

  /* All places of the terms in a line, as [start, end, term number] of its written text. */
  const marksIn = (index, folded, terms) =>
    terms
      .flatMap((term, t) => placesIn(index, folded.text, term).map(([start, end]) => [folded.from[start], folded.to[end - 1], t]))
      .sort((a, b) => a[0] - b[0] || b[1] - a[1]);

  /* The units of a line that are hit: { title, anchor, text, heading, leads, marks, held, rare, asked }: `held`
     how many terms, `rare` how rare the rarest of them is, `asked` whether one of the positions lies in it. */
  const hitsIn = (index, { start: first, title, units }, terms, positions = []) => {
    const folded = index.line(units.map(([, text]) => text).join("")), marks = marksIn(index, folded, terms), said = [];
    const places = positions.map((position) => folded.from[position - first]);
    let at = 0;
    for (const [anchor, text, more] of units) {
      const start = at, end = (at += text.length);
      const inside = marks.filter((m) => m[0] < end && m[1] > start);
      if (inside.length)
        said.push({
          title, anchor, text,
          heading: more === 1, leads: typeof more === "string" ? more : undefined,
          marks: inside.map((m) => [Math.max(m[0], start) - start, Math.min(m[1], end) - start]),
          held: new Set(inside.map((m) => m[2])).size,
          rare: Math.max(...inside.map((m) => terms[m[2]].rare)),
          asked: places.some((place) => start <= place && place < end),
        });
    }
    return said;
  };

  /* What stands at some positions: the units hit, in order, each once. */
  const passagesAt = async (positions, terms) => {
    const index = await site.open(), lines = new Map();
    for (const line of await Promise.all(positions.map((position) => textLine(index, position)))) lines.set(line.start, line);
    return [...lines.values()].flatMap((line) => hitsIn(index, line, terms, positions));
  };

  /* Of what stands there the unit that holds most terms; a sentence before a heading, then the one with the rarest term,
     then one that was asked for. */
  const bestPassage = async (positions, terms) => {
    const worth = (one) => 8 * one.held + (one.heading ? 0 : 4) + 2 * one.rare + (one.asked ? 0.001 : 0);
    return (await passagesAt(positions, terms)).reduce((best, one) => (worth(one) > worth(best) ? one : best));
  };

  /* The unit that holds a position: { title, anchor, text }. */
  const unitAt = async (position) => {
    const index = await site.open(), { start, title, units } = await textLine(index, position);
    const folded = index.line(units.map(([, text]) => text).join("")), written = folded.from[position - start] ?? 0;
    let at = 0;
    const [anchor, text] = units.find(([, said]) => written < (at += said.length)) ?? units.at(-1);
    return { title, anchor, text };
  };

  /* The row at a position, its marks where its words were found. */
  const rowAt = async (position, terms) => {
    const index = await site.open(), line = await textLine(index, position);
    const [[anchor, text, leads]] = line.units;
    return hitsIn(index, line, terms)[0] ?? { title: line.title, anchor, text, leads, marks: [] };
  };

  /* The same sentence in the other language: a unit of the twin of a record, by its anchor; undefined where there is none. */
  const alignedTo = async (record, anchor) => {
    const index = await site.open();
    const twin = index.records.find((r) => r.page === record.page && r.table === record.table && r.language !== record.language);
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

  const titleOf = async (record) => (await textLine(await site.open(), record.start)).title;

  Object.assign(site, { standsAt, marksIn, passagesAt, bestPassage, unitAt, rowAt, alignedTo, titleOf });
})();
