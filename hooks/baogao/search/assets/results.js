/* What readers see of what was found, as elements: for the dialog and for the page of results. */
(() => {
  "use strict";
  const site = window.baogaoSearch;
  const SHORT = 40; // characters of a query in a line about it
  // A change of direction inside a line with text-autospace ends the tab of Chromium; none of these is seen.
  const CONTROLS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

  // ---- words

  const LANG = document.documentElement.lang || "";
  const INTERFACE = [site.readsTraditional ? "zh-Hant" : "", LANG.slice(0, 2).toLowerCase(), ...Object.keys(site.words)].find((one) => one in site.words);
  const words = site.words[INTERFACE];
  const say = (key, values = {}) => words[key].replace(/\{(\w+)\}/g, (_, name) => values[name]);
  const count = (key, n, values = {}) => say(n === 1 && `${key}_one` in words ? `${key}_one` : key, { n: n.toLocaleString("en"), ...values });
  const named = (said) => said[INTERFACE] ?? said[INTERFACE.slice(0, 2)] ?? Object.values(said)[0] ?? "";

  const element = (name, attributes = {}, ...children) => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) if (value !== undefined) made.setAttribute(key, value);
    made.append(...children.filter((child) => child !== undefined).map((child) => (typeof child === "string" ? child.replace(CONTROLS, "") : child)));
    return made;
  };

  const shortened = (query) => ([...query].length > SHORT ? `${[...query].slice(0, SHORT).join("")}…` : query).replace(CONTROLS, "");

  // ---- addresses

  /* The language whose pages the reader is on; empty where the site has one tree only. */
  const here = (index) => [INTERFACE.slice(0, 2), ...Object.keys(index.trees)].find((one) => one in index.trees);

  /* Where the pages of a language begin: for who reads it in traditional characters, those. */
  const twin = (language) => (INTERFACE === "zh-Hant" ? site.traditional.trees[language] : undefined);
  const tree = (index, language, shard = "") => site.root + shard + (twin(language) ?? index.trees[language] ?? "");

  /* A folder opened by double-click has no server to choose its page. */
  const whole = (address) => (location.protocol === "file:" && /\/$/.test(address) ? `${address}index.html` : address);

  /* A record's page: in its own language, but in the reader's where that page shows the same text. */
  const pageOf = (index, record) => {
    const own = here(index);
    const shown = record.language !== own && record.everywhere && !index.records.some((r) => r.page === record.page && r.language === own);
    return whole(tree(index, shown ? own : record.language, record.shard) + record.page);
  };

  const address = (page, query, anchor) => `${page}?found=${encodeURIComponent(query)}${anchor && `#${anchor}`}`;

  const searchPage = (index, query, chosen = {}) => {
    const given = Object.entries({ q: query, ...chosen }).filter(([, value]) => value);
    return `${tree(index, here(index))}${index.page}${given.length ? `?${new URLSearchParams(given)}` : ""}`;
  };

  // ---- pieces

  /* A place from which a text can be read: no word is cut in two. */
  const wordFrom = (text, at) => {
    const [inside] = /^[\p{Script=Latin}\d'’-]*/u.exec(text.slice(at)), cut = inside && /[\p{Script=Latin}\d'’-]/u.test(text[at - 1]);
    const from = cut ? at + inside.length : at;
    return from + /^[\s,，、。；;：:.]*/u.exec(text.slice(from))[0].length;
  };

  /* A sentence with its hits marked; one whose first hit stands far in begins shortly before it. */
  const marked = ({ text, marks }, lang, whole = false) => {
    const far = !whole && marks.length && marks[0][0] > 48, made = element("span", { class: far ? "said cut" : "said", lang });
    const printed = site.printed(text);
    let at = far ? wordFrom(text, marks[0][0] - 24) : 0;
    const add = (...pieces) => made.append(...element("span", {}, ...pieces).childNodes);
    for (const [start, end] of marks) {
      if (start < at) continue;
      add(...printed(at, start), element("mark", {}, ...printed(start, end)));
      at = end;
    }
    add(...printed(at, text.length));
    return made;
  };

  const where = (record, title) => {
    const group = record.group && named(record.group.title);
    return group && title !== group ? `${group} ／ ${title}` : title;
  };

  /* The language of what the index has, where the page is in another; the index has it in one script. */
  const inItsLanguage = (index, record) => (record.language === here(index) && !twin(record.language) ? undefined : { zh: "zh-Hans", en: "en" }[record.language]);

  const placed = (index, record, title) => element("span", { lang: inItsLanguage(index, record) }, where(record, title));

  /* A record found: where it stands, the sentence that answers, how many hits there are; the others wait until asked for. */
  const resultItem = async (index, result, found) => {
    const { record, passage, positions, hits } = result, { query } = found, page = pageOf(index, record), lang = inItsLanguage(index, record);
    const link = element(
      "a",
      { "data-result": "", href: address(page, query, passage.anchor) },
      element("span", { class: "where" }, placed(index, record, passage.title), ` · ${count("hits", hits)}`),
      marked(passage, lang),
      passage.under && element("span", { class: "said under", lang }, ...site.printed(passage.under)(0, passage.under.length)),
    );
    const item = element("li", {}, link);
    if (found.aligned) item.append(...(await aligned(record, passage.anchor, [...found.terms.map(({ text }) => text)])));
    if (positions.length > 1) item.append(others(positions, found, query, page, passage, lang));
    return item;
  };

  /* The sentence in the other language under a hit, what the query's words are there marked where the glossary knows. */
  const aligned = async (record, anchor, terms) => {
    const other = await site.alignedTo(record, anchor);
    if (!other) return [];
    const forms = await site.counterparts(terms, other.language), escaped = forms.map((form) => form.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
    const pattern = forms.length ? new RegExp(escaped.sort((a, b) => b.length - a.length).join("|"), "gi") : /(?!)/g;
    const marks = [...other.text.matchAll(pattern)].map((found) => [found.index, found.index + found[0].length]);
    const made = marked({ text: other.text, marks }, { zh: "zh-Hans", en: "en" }[other.language], true);
    made.className = "aligned";
    return [made];
  };

  const others = (positions, found, query, page, first, lang) => {
    const list = element("ul"), more = element("details", {}, element("summary", {}, words.all_hits), list);
    more.addEventListener(
      "toggle",
      async () => {
        const all = await site.passagesAt(positions, found.terms);
        for (const passage of all)
          if (passage.anchor !== first.anchor || passage.text !== first.text)
            list.append(element("li", { lang }, element("a", { "data-hit": "", href: address(page, query, passage.anchor) }, marked(passage))));
        if (!list.children.length) list.append(element("li", {}, words.same_sentence));
      },
      { once: true },
    );
    return more;
  };

  /* The term that the query is: its names in both languages, what it means, where its uses are listed. */
  const cardItem = (index, card) => {
    const own = here(index), order = [own, ...Object.keys(card.forms).filter((language) => language !== own)];
    const names = order.flatMap((language) => card.forms[language].slice(0, 1).map((form) => element("span", { lang: { zh: "zh-Hans", en: "en" }[language] }, form)));
    const entry = `${whole(tree(index, own) + card.page)}${card.anchor && `#${card.anchor}`}`;
    return element(
      "li",
      { class: "card" },
      element(
        "a",
        { "data-card": "", href: entry },
        element("span", { class: "names" }, names[0], ...names.slice(1).flatMap((name) => [" · ", name])),
        element("span", { class: "said", lang: twin(own) && "zh-Hans" }, card.says[own] ?? ""),
        element("span", { class: "where" }, card.within ? count("uses_within", card.uses, { more: card.within }) : count("uses", card.uses)),
      ),
    );
  };

  /* How many rows stand above the passages: those that are what is asked, and of a term those that name it, for the others
     only have it in their sentence, which is a passage; of several words one, so that the sentence with all is seen. */
  const rowsAtFirst = ({ terms, sections, rows }, most, card) =>
    sections ? Math.min(rows.filter(({ own, named }) => own || (card && named)).length, terms.length > 1 ? 1 : most) : most;

  /* The card and the rows above the passages, asked for together. */
  const above = async (index, found, most, allRows = false) => {
    const [card, rows] = await Promise.all([site.cardOf?.(found.query), rowItems(index, found, 0, allRows ? found.rows.length : rowsAtFirst(found, most, true))]);
    return [card, allRows ? rows : rows.slice(0, rowsAtFirst(found, most, card))];
  };

  /* Rows, each of which opens its sentence, with a link to its place in the table. */
  const rowItems = async (index, found, from, to) => {
    const several = new Set(index.records.filter(({ table }) => table).map(({ group }) => group)).size > 1; // else its name says nothing
    return Promise.all(
      found.rows.slice(from, to).map(async ({ record, position }) => {
        const page = pageOf(index, record), folder = page.replace(/[^/]*$/, ""), lang = inItsLanguage(index, record);
        const row = await site.rowAt(position, found.terms);
        return element(
          "li",
          {},
          element("a", { "data-row": "", href: folder + row.leads }, marked(row, lang, true), " ", several ? element("span", { class: "where" }, named(record.group.title)) : undefined),
          element("a", { class: "leads", href: `${page}#${row.anchor}` }, element("span", { lang }, row.title)),
        );
      }),
    );
  };

  /* What to try where nothing is found, each as a link. */
  const offers = async (index, query, chosen) =>
    (await site.nearest(query, chosen)).map(({ how, query: other, sections, record, title, passage }) => {
      const said = `${words[`nearest_${how}`]} `;
      if (passage)
        return element("li", {}, element("a", { "data-nearest": "", href: `${pageOf(index, record)}#${passage.anchor}` }, element("span", { class: "where" }, said, placed(index, record, passage.title)), marked(passage, inItsLanguage(index, record))));
      if (record) return element("li", {}, said, element("a", { "data-nearest": title, href: pageOf(index, record) }, placed(index, record, title)));
      const link = element("a", { "data-nearest": other, "data-query": other, href: index.page ? searchPage(index, other, chosen) : "#" }, other);
      return element("li", {}, said, link, " ", element("span", { class: "count" }, count("sections", sections)));
    });

  // ---- asking

  const summary = (query, found) => {
    const short = shortened(query);
    if (found.stopped) return say("stopped", { query: short });
    if (!found.terms.length) return "";
    if (!found.sections && found.rows.length) return say("rows_only", { query: short, rows: count("rows", found.rows.length) });
    if (!found.sections) return say(found.terms.length > 1 ? "no_passage" : "none", { query: short });
    const sections = found.phrased || found.sections, apart = found.sections - found.phrased;
    const counted = say("found", { query: short, sections: count("sections", sections), hits: count("hits", found.hits) });
    return found.phrased && apart ? say("phrase_and_apart", { found: counted, apart: count("sections", apart) }) : counted;
  };

  const told = (query, { found, widened, other }, cut) => {
    const nothing = other && say("none", { query: shortened(query) }), also = other ? words.also : "";
    return sentences([cut, nothing, widened && words.other_language, also + summary(other ?? query, found), found.sections && found.begun && words.from_start]);
  };

  /* Pieces as sentences: each but the last ends as one. */
  const sentences = (pieces) =>
    pieces.filter(Boolean).map((one, n, all) => (n < all.length - 1 && !/[。.！!？?…]$/.test(one) ? one + (INTERFACE.startsWith("zh") ? "。" : ".") : one)).join(" ");

  /* What is found of a query, as it is written or else as the index may have it. */
  const findAsWritten = async (query, chosen) => {
    let first;
    for await (const written of site.writings(query)) {
      const found = await site.find(written, chosen);
      if (found.sections || found.rows.length) return found;
      first ??= found;
    }
    return first;
  };

  /* What is found of a query as it is written; where nothing has it, of the words the site has for it, `other`: of one of
     the two, never of both. */
  const ask = async (query, chosen) => {
    const own = await findIn(query, chosen), { found } = own;
    if (found.sections || found.rows.length || !found.terms.length) return own;
    const other = await site.otherwise?.(query), its = other && (await findIn(other, chosen));
    return its && (its.found.sections || its.found.rows.length) ? { ...its, other } : own;
  };

  /* What the same is called here: a link to what is found of it, with the count, behind what a query itself found. */
  const alsoItem = async (index, query, chosen) => {
    const other = await site.otherwise?.(query), { found } = other ? await findIn(other, chosen) : {};
    if (!found?.sections) return [];
    const link = element("a", { "data-also": other, "data-query": other, href: index.page ? searchPage(index, other, chosen) : "#" }, other);
    return [element("li", {}, words.also, link, " ", element("span", { class: "count" }, count("sections", found.sections)))];
  };

  /* The reader's language first; the others at once, and said, where that one has nothing. */
  const findIn = async (query, chosen) => {
    const own = here(await site.open());
    const found = await findAsWritten(query, { ...chosen, language: chosen.language === "both" ? "" : chosen.language || own });
    if (found.sections || found.rows.length || chosen.language || !own) return { found, widened: false };
    const wide = await findAsWritten(query, { ...chosen, language: "" });
    return wide.sections || wide.rows.length ? { found: wide, widened: true } : { found, widened: false };
  };

  /* Calls `run` with what is typed, or as much of it as is searched and a word on that, never in the middle of a
     composition, and drops replies that come too late. */
  const listen = (input, run) => {
    let turn = 0;
    const go = async (event) => {
      if (event?.isComposing) return;
      const mine = ++turn;
      const typed = input.value.trim(), query = site.cut(typed);
      await run(query, () => mine === turn, query === typed ? "" : say("cut", { n: site.LONGEST.toLocaleString("en") }));
    };
    input.addEventListener("input", go);
    input.addEventListener("compositionend", () => go());
    return go;
  };

  /* Enter that chooses a word of an input method is none of ours; some browsers send it after the composition. */
  const composing = (event) => event.isComposing || event.keyCode === 229;

  Object.assign(site, {
    view: { words, say, count, named, element, shortened, here, whole, searchPage, resultItem, cardItem, rowItems, above, offers, alsoItem, told, ask, listen, composing },
  });
})();
