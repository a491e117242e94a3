/* The terms of a glossary: the card of one, what words are in the other language. */
(() => {
  "use strict";
  const site = window.baogaoSearch;
  const { load, place } = site;

  let known; // [{ forms by language, folded by language }]
  const terms = async (index) =>
    (known ??= !index.cardStarts.length
      ? []
      : (await load("terms", index.version)).map((forms) => ({
          forms,
          folded: Object.fromEntries(Object.entries(forms).map(([language, all]) => [language, all.map((form) => index.line(form).text)])),
        })));

  /* The card of the term that a query is, whatever its quotation marks: { forms, says, page, anchor, uses, within }. */
  const cardOf = async (query) => {
    const index = await site.open(), all = await terms(index), plain = index.line(query.replace(/["“”„＂]/g, "")).text;
    const n = plain ? all.findIndex(({ folded }) => Object.values(folded).some((forms) => forms.includes(plain))) : -1;
    if (n < 0) return undefined;
    const file = place(index.cardStarts, n), cards = await load(`c${file}`, index.version);
    const [says, page, anchor, uses, within] = cards[n - index.cardStarts[file]];
    return { forms: all[n].forms, says, page, anchor, uses, within };
  };

  /* What the words of a query are in another language: every form there of a term that one of them names. */
  const counterparts = async (words, language) => {
    const all = await terms(await site.open());
    const named = ({ folded }) => Object.entries(folded).some(([of, forms]) => of !== language && forms.some((form) => words.includes(form)));
    return all.filter(named).flatMap(({ forms }) => forms[language] ?? []);
  };

  Object.assign(site, { cardOf, counterparts });
})();
