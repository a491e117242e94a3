/* Rows of tables: found by their words, their value however written, their sentence, what they are grouped under. */
(() => {
  "use strict";
  const site = window.baogaoSearch;
  const { load, place } = site;
  const READ = 20; // results whose sentences are looked through for rows

  const shard = async (index, n) =>
    (await load(`r${n}`, index.version)).map(([position, start, length, values, label, name]) => ({ position, start, length, values: values.split(" "), label, name: position + name }));

  const between = (index, from, to) => {
    const first = Math.max(0, place(index.rowStarts, from)), last = place(index.rowStarts, to - 1);
    return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => first + i);
  };

  const endOf = (index, record) => index.starts[record.n + 1] ?? Infinity;

  /* The files that may hold rows of what is found: those of the rows themselves, and of the tables that follow the
     first results, which have the rows of their sentences. All of them, where a term is a number or a label. */
  const wanted = (index, found, results, everything) => {
    if (everything) return index.rowStarts.map((_, n) => n);
    const follows = (record) => index.records.find((r) => r.n > record.n && r.table && r.group === record.group && r.language === record.language);
    const own = [...found.keys()].map((n) => index.records[n]).filter(({ table }) => table);
    const tables = new Set([...own, ...results.slice(0, READ).map(({ record }) => follows(record)).filter(Boolean)]);
    return [...new Set([...tables].flatMap((table) => between(index, table.start, endOf(index, table))))];
  };

  /* Whether one of the positions lies in a stretch. */
  const meets = (positions, start, end) => end > start && positions[place(positions, end - 1)] >= start;

  const says = (row, { value, unit }) =>
    row.values.some((said) => {
      const [, number, its] = /^(-?[\d.]+)(.*)$/.exec(said) ?? [];
      return number !== undefined && Number(number) === value && its.startsWith(unit);
    });

  /* Whether a name is one of what stands at some places: Chinese ends with what a thing is, English begins with it. */
  const isOf = (index, { name }, end, text, places) => {
    const at = index.isLatin(text[0]) ? name : end - 1 - text.length;
    return meets(places, at, at + 1);
  };

  /* The rows that answer, best first: { position, record, own, named }. Every term is in a row's words, is its value,
     stands in its sentence or names its label. `own` where the row is what is asked: its value, all of its label, a name
     of it, of words apart one that has them all; `named` where its words have it. Those go before the others. Where rows or their sentences have the query as it is written, those alone. */
  const rowsOf = async (index, terms, lists, phrase, phrases, found, results, passes) => {
    if (!index.rowStarts.length) return [];
    const numbers = terms.map(({ text }) => site.numberIn(text));
    const labelled = terms.map(({ text }) =>
      text.length > 1 ? Object.entries(index.labels).filter(([, said]) => Object.values(said).some((name) => index.line(name).text.includes(text))).map(([key]) => key) : [],
    );
    const asked = terms.map(({ text }) => text).join(" "), whole = Object.keys(index.labels).filter((key) => Object.values(index.labels[key]).some((name) => index.line(name).text === asked));
    const everything = numbers.some(Boolean) || labelled.some((keys) => keys.length);
    const rows = (await Promise.all(wanted(index, found, results, everything).map((n) => shard(index, n)))).flat();
    const nextOf = rows.map(({ position }) => position).sort((a, b) => a - b);
    const answers = [];
    for (const row of rows) {
      const record = index.records[place(index.starts, row.position)];
      if (!passes(record)) continue;
      const end = Math.min(nextOf[place(nextOf, row.position) + 1] ?? Infinity, endOf(index, record));
      const how = terms.map((_, t) => {
        if (numbers[t] && says(row, numbers[t])) return 3;
        if (meets(lists[t], row.position, end)) return 2;
        if (meets(lists[t], row.start, row.start + row.length) || labelled[t].includes(row.label)) return 1;
        return 0;
      });
      const inPhrase = meets(phrases, row.position, end) || meets(phrases, row.start, row.start + row.length);
      const [text, places] = phrase ? [phrase.text, phrases] : [terms[0].text, lists[0]], named = how.every((one) => one > 1);
      const own = whole.includes(row.label) || how.every((one) => one === 3) || (terms.length === 1 || inPhrase ? isOf(index, row, end, text, places) : named);
      if (how.every(Boolean)) answers.push({ position: row.position, record, phrase: inPhrase, own, named: own || named, how: how.reduce((sum, one) => sum + one, 0) });
    }
    const said = answers.some(({ phrase }) => phrase) ? answers.filter(({ phrase }) => phrase) : answers;
    return said.sort((a, b) => b.own - a.own || b.named - a.named || b.how - a.how || a.position - b.position);
  };

  Object.assign(site, { rowsOf });
})();
