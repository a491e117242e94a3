/* What stands at the places found: lines of text, the marks in them. */
(() => {
  "use strict";
  const site = window.baogaoSearch;
  const { load, place } = site;
  const FEW = 4; // words of an item of a list, beside what was asked for

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

  /* Whether what stands at a stretch of a text is one of three or more that are listed: it is named there, and no more. */
  const isListed = (text, start, end) => {
    const before = /[^，,。.；;：:！!？?]*$/.exec(text.slice(0, start))[0], after = /^[^，,。.；;：:！!？?]*/.exec(text.slice(end))[0];
    if ((before + after).split("、").length > 2) return true;
    const isBetween = text[start - before.length - 1] === "," && text[end + after.length] === ",";
    return isBetween && /^[a-z]/i.test(text.slice(start, end)) && (before + after).split(/\s+/).length <= FEW;
  };

  /* The units of a line that are hit: { title, anchor, text, heading, heads, under, leads, marks, held, rare, asked }:
     `heads` whether it is a heading with its text on the same line, `under` that text or where it begins, `held` how many
     terms, `rare` how rare the rarest of them is, `listed` whether the first stands in lists alone, `asked` whether one of the positions lies in it. */
  const hitsIn = (index, { start: first, title, units }, terms, positions = []) => {
    const folded = index.line(units.map(([, text]) => text).join("")), marks = marksIn(index, folded, terms), said = [];
    const places = positions.map((position) => folded.from[position - first]);
    let at = 0;
    for (const [n, [anchor, text, more]] of units.entries()) {
      const heading = typeof more === "number", follows = heading ? units[n + 1]?.[1] : undefined;
      const start = at, end = (at += text.length);
      const inside = marks.filter((m) => m[0] < end && m[1] > start);
      if (inside.length)
        said.push({
          title, anchor, text,
          heading, heads: Boolean(follows), under: follows ?? (more > 1 ? more : undefined), leads: typeof more === "string" ? more : undefined,
          marks: inside.map((m) => [Math.max(m[0], start) - start, Math.min(m[1], end) - start]),
          held: new Set(inside.map((m) => m[2])).size,
          rare: Math.max(...inside.map((m) => terms[m[2]].rare)),
          listed: inside.every((m) => m[2] || isListed(text, Math.max(m[0], start) - start, Math.min(m[1], end) - start)),
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

  /* What a line begins with: a sentence, with the headings before it. */
  const beginning = (units) => units.slice(0, units.findIndex(([, , more]) => typeof more !== "number") + 1).map(([, text]) => text).join("");

  /* Whether a text is a sentence: names, dates and addressees have lines of their own, and end without a mark. */
  const isSentence = (text) => /[。！？；.!?;][”’』」）")\s]*$/.test(text);

  /* Of what stands there the unit that holds most terms; the heading of a paragraph before a sentence, that before a
     line that is none and any other heading, what is in no list before what is, then the one with the rarest term, then one that was asked for. With a heading comes what is under it. */
  const bestPassage = async (positions, terms) => {
    const worth = (one) => 8 * one.held + (one.heads ? 5 : one.heading ? 0 : isSentence(one.text) ? 4 : 3.5) + 0.4 * one.rare - (one.listed ? 0.01 : 0) + (one.asked ? 0.001 : 0);
    const best = (await passagesAt(positions, terms)).reduce((best, one) => (worth(one) > worth(best) ? one : best));
    if (typeof best.under === "number") best.under = beginning((await textLine(await site.open(), best.under)).units);
    return best;
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
