/* What the reader sees of the search: the dialog of the masthead, the page search.html, the marks on the page that a
   result opens. Words come from the catalogue, in #baogao-words. */
(() => {
  "use strict";
  const site = window.baogaoSearch;
  const words = JSON.parse(document.getElementById("baogao-words")?.textContent ?? "{}").search ?? {};
  const HERE = document.documentElement.lang.startsWith("en") ? "en" : "zh";
  const AT_ONCE = 20; // on the page
  const FIRST = 3, IN_DIALOG = 8; // the first do not wait for the others

  const element = (name, attributes = {}, ...children) => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) if (value !== undefined) made.setAttribute(key, value);
    made.append(...children);
    return made;
  };
  const say = (key, values = {}) => words[key].replace(/\{(\w+)\}/g, (_, name) => values[name]);

  const count = (key, n) => say(n === 1 && `${key}_one` in words ? `${key}_one` : key, { n });

  // ---- addresses

  /* Where a language has its pages; another generator than MkDocs may have them elsewhere (baogao pages). */
  const tree = (language) => site.root + (site.trees ?? { zh: "", en: "en/" })[language];

  /* A record's page: in its own language, but in the reader's where that page shows the same text. */
  const pageOf = async (record) => {
    const { records } = await site.open();
    const twin = record.language !== HERE && (record.kind === "page" || records.some((r) => r.page === record.page && r.language === HERE));
    return tree(twin ? record.language : HERE) + record.page;
  };

  const address = (page, query, anchor) => `${page}?q=${encodeURIComponent(query)}#${anchor}`;

  const searchPage = (query, chosen = {}) => {
    const given = Object.entries({ q: query, ...chosen }).filter(([, value]) => value);
    return `${tree(HERE)}search.html${given.length ? `?${new URLSearchParams(given)}` : ""}`;
  };

  // ---- pieces

  /* A sentence with its hits marked; one whose first hit stands far in begins shortly before it. */
  const marked = ({ text, marks }) => {
    const made = element("span", { class: "said" });
    let at = marks[0][0] > 48 ? marks[0][0] - 24 : 0;
    if (at) made.classList.add("cut");
    for (const [start, end] of marks) {
      if (start < at) continue;
      made.append(text.slice(at, start), element("mark", {}, text.slice(start, end)));
      at = end;
    }
    made.append(text.slice(at));
    return made;
  };

  const where = (record, title) => {
    const report = record.report?.title[HERE];
    return record.report && title !== report ? `${report} ／ ${title}` : title;
  };

  const inItsLanguage = (record) => (record.language === HERE ? undefined : { zh: "zh-Hans", en: "en" }[record.language]);

  /* A section found: where it stands, its first hit, how many there are; the others wait until asked for. */
  const resultItem = async (result, found, query) => {
    const { record, positions, hits } = result, page = await pageOf(record);
    const [first] = await site.passagesAt(positions.slice(0, 1), found.terms);
    const lang = inItsLanguage(record);
    const link = element(
      "a",
      { "data-result": "", href: address(page, query, first.anchor) },
      element("span", { class: "where" }, element("span", { lang }, where(record, first.title)), ` · ${count("hits", hits)}`),
      Object.assign(marked(first), { lang: lang ?? "" }),
    );
    const item = element("li", {}, link);
    if (found.aligned) item.append(...(await aligned(record, first.anchor, [...found.terms, found.terms.join(" ")])));
    if (positions.length > 1) item.append(others(result, found, query, page, first, lang));
    return item;
  };

  /* The sentence in the other language under a hit, what the query's words are there marked where the glossary knows. */
  const aligned = async (record, anchor, terms) => {
    const other = await site.alignedTo(record, anchor);
    if (!other) return [];
    const made = element("p", { class: "aligned", lang: { zh: "zh-Hans", en: "en" }[other.language] });
    const forms = await site.counterparts(terms), escaped = forms.map((form) => form.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
    const pattern = forms.length ? new RegExp(escaped.sort((a, b) => b.length - a.length).join("|"), "gi") : /(?!)/g;
    let at = 0;
    for (const found of other.text.matchAll(pattern)) {
      made.append(other.text.slice(at, found.index), element("mark", {}, found[0]));
      at = found.index + found[0].length;
    }
    made.append(other.text.slice(at));
    return [made];
  };

  const others = ({ positions }, found, query, page, first, lang) => {
    const list = element("ul");
    const more = element("details", {}, element("summary", {}, words.all_hits), list);
    more.addEventListener(
      "toggle",
      async () => {
        const all = await site.passagesAt(positions, found.terms);
        for (const passage of all)
          if (passage.anchor !== first.anchor) list.append(element("li", { lang }, element("a", { "data-hit": "", href: address(page, query, passage.anchor) }, marked(passage))));
        if (!list.children.length) list.append(element("li", {}, words.same_sentence));
      },
      { once: true },
    );
    return more;
  };

  /* Figures whose name holds every word, as rows that lead to the table and to the sentence. */
  const figureRows = async (found, limit) => {
    const rows = [];
    for (const { record, positions } of found.figures) {
      if (rows.length >= limit) break;
      const page = await pageOf(record), folder = page.replace(/[^/]*$/, "");
      for (const row of await site.passagesAt(positions.slice(0, limit * found.terms.length), found.terms, true)) {
        if (rows.length >= limit) break;
        rows.push(
          element(
            "li",
            {},
            element("a", { "data-figure": "", href: `${page}#${row.anchor}` }, Object.assign(marked(row), { lang: inItsLanguage(record) ?? "" }), " ", element("span", { class: "where" }, record.report.title[HERE])),
            element("a", { class: "leads", href: folder + row.leads }, words.sentence),
          ),
        );
      }
    }
    return rows;
  };

  const offer = async (query, chosen) =>
    (await site.nearest(query, chosen)).map(({ how, query: other, record, title }) =>
      element("li", {}, `${words[`nearest_${how}`]} `, record ? linkTo(record, title) : element("a", { href: searchPage(other, chosen), "data-nearest": other }, other)),
    );

  const linkTo = (record, title) => {
    const link = element("a", { "data-nearest": title }, where(record, title));
    pageOf(record).then((page) => (link.href = page));
    return link;
  };

  const summary = (query, found) => {
    if (!found.terms.length) return "";
    if (!found.sections) return say("none", { query });
    const counted = say("found", { query, sections: count("sections", found.sections), hits: count("hits", found.hits) });
    return found.scope === "report" ? `${counted} ${words.in_report}` : counted;
  };

  const told = (query, found, widened, shortened) => [shortened, widened && words.other_language, summary(query, found)].filter(Boolean).join(" ");

  /* The reader's language first; the other at once, and said, where that one has nothing. */
  const findIn = async (query, chosen) => {
    const found = await site.find(query, { ...chosen, language: chosen.language === "both" ? "" : chosen.language || HERE });
    if (found.sections || found.figures.length || chosen.language) return { found, widened: false };
    const wide = await site.find(query, { ...chosen, language: "" });
    return wide.sections || wide.figures.length ? { found: wide, widened: true } : { found, widened: false };
  };

  /* Calls `run` with what is typed, or as much of it as is searched and a word on that, never in the middle of a composition, and drops replies that come too late. */
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

  // ---- the dialog

  const startDialog = () => {
    const dialog = document.getElementById("search");
    if (!dialog) return; // another frame than ours
    const input = dialog.querySelector("input");
    const list = dialog.querySelector("[role=listbox]"), status = dialog.querySelector("[role=status]");
    let options = [], active = -1;

    const activate = (n) => {
      options[active]?.removeAttribute("aria-selected");
      active = options.length ? (n + options.length) % options.length : -1;
      const option = options[active];
      if (option) {
        option.setAttribute("aria-selected", "true");
        option.scrollIntoView({ block: "nearest" });
        input.setAttribute("aria-activedescendant", option.id);
      } else input.removeAttribute("aria-activedescendant");
    };

    const add = (items) => {
      list.append(...items);
      options = [...list.querySelectorAll("a[data-result], a[data-figure], a[data-nearest], a.all")];
      options.forEach((option, n) => Object.assign(option, { id: `found-${n}`, role: "option", tabIndex: -1 }));
      for (const item of list.querySelectorAll("li, ul, ol")) item.setAttribute("role", "presentation");
      input.setAttribute("aria-expanded", String(options.length > 0));
    };

    const show = (items, said) => {
      active = -1;
      input.removeAttribute("aria-activedescendant");
      list.replaceChildren();
      add(items);
      status.textContent = said;
    };

    const run = async (query, current, shortened) => {
      try {
        if (!query) return show([], words.hint);
        const { found, widened } = await findIn(query, {});
        if (current()) status.textContent = told(query, found, widened, shortened); // the count does not wait for the sentences
        const rows = await figureRows(found, 3);
        const item = async (result) => {
          const made = await resultItem(result, found, query);
          made.querySelector("details")?.remove(); // options only
          return made;
        };
        for (const row of rows) row.querySelector(".leads").remove();
        const first = await Promise.all(found.results.slice(0, FIRST).map(item));
        const near = found.sections || rows.length ? [] : await offer(query, {});
        if (!current()) return;
        show([...rows, ...first, ...near], told(query, found, widened, shortened) + (near.length ? ` ${words.nearest}` : ""));
        const rest = await Promise.all(found.results.slice(FIRST, IN_DIALOG).map(item));
        if (found.sections) rest.push(element("li", {}, element("a", { class: "all", href: searchPage(query) }, count("all_sections", found.sections))));
        if (current()) add(rest);
      } catch (error) {
        if (current()) show([], `${words.failed} ${error.message}`);
      }
    };
    const go = listen(input, run);

    const open = (event) => {
      event?.preventDefault();
      site.prepare().catch(() => {}); // a failure is told with the query
      if (!dialog.open) dialog.showModal();
      input.select();
      go();
    };
    for (const button of document.querySelectorAll("[data-search-open]")) button.addEventListener("click", open);
    const shut = () => {
      input.blur(); // a closed dialog keeps the focus: the next / would be typed into it
      dialog.close();
    };
    dialog.querySelector("[data-search-close]").addEventListener("click", shut);
    dialog.addEventListener("click", (event) => {
      if (event.target === dialog || event.target.closest("a")) shut();
    });
    document.addEventListener("keydown", (event) => {
      const typing = event.target.closest?.("input:not([type=radio]), textarea, select, [contenteditable]");
      if ((event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) || (event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey))) {
        const own = document.querySelector("[data-search-page] input");
        if (!own) return open(event);
        event.preventDefault();
        own.select();
      }
    });
    input.addEventListener("keydown", (event) => {
      if (event.isComposing) return;
      if (event.key === "Escape") {
        event.preventDefault(); // a search field would only be emptied
        shut();
      }
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        activate(event.key === "ArrowDown" ? active + 1 : active < 0 ? -1 : active - 1);
      } else if (event.key === "Enter" && options[active]) {
        event.preventDefault();
        options[active].click();
      }
    });
    dialog.querySelector("form").addEventListener("submit", (event) => {
      event.preventDefault();
      if (input.value.trim()) location.href = searchPage(input.value.trim());
    });
    if (dialog.open) {
      site.prepare().catch(() => {});
      go(); // what was typed before this was there
    }
  };

  // ---- the page

  const FILTERS = ["report", "place", "year", "role"];

  const startPage = () => {
    const page = document.querySelector("[data-search-page]");
    if (!page) return;
    const form = page.querySelector("form"), input = form.querySelector("input"), status = page.querySelector("[role=status]");
    const filters = page.querySelector(".filters"), figures = page.querySelector(".figures"), list = page.querySelector("ol"), near = page.querySelector(".near");
    const examples = page.querySelector(".examples"), more = page.querySelector("button.more");
    const asked = () => Object.fromEntries(new URLSearchParams(location.search));
    const title = document.title;
    let state = {};

    const choose = (name, value) => {
      const chosen = { ...state, [name]: value };
      history.pushState(null, "", searchPage(input.value.trim(), chosen));
      state = chosen;
      go();
    };

    const toggle = (name, value, label, pressed) => {
      const made = element("button", { type: "button", "aria-pressed": String(pressed) }, label);
      made.addEventListener("click", () => choose(name, pressed ? "" : value));
      return made;
    };

    /* Languages always; of the others those with more than one value, or one that is chosen. */
    const showFilters = (found, index, widened) => {
      const named = { report: (id) => index.reports.find((r) => r.id === id).title[HERE], role: (role) => words[`role_${role}`], place: (p) => p, year: (y) => y };
      const both = widened || state.language === "both";
      const languages = element("div", { role: "group", "aria-label": words.by_language });
      const tally = found.counts.language ?? new Map(), all = [...tally.values()].reduce((sum, n) => sum + n, 0);
      languages.append(
        toggle("language", "", `${words[`language_${HERE}`]} ${tally.get(HERE) ?? 0}`, !both),
        toggle("language", "both", `${words.language_both} ${all}`, both),
      );
      const groups = FILTERS.filter((name) => found.counts[name]?.size > 1 || state[name]).map((name) => {
        const values = [...(found.counts[name] ?? [])].sort(([a], [b]) => (a < b ? -1 : 1));
        const buttons = values.map(([value, n]) => toggle(name, value, `${named[name](value)} ${n}`, state[name] === value));
        return element("div", { role: "group", "aria-label": words[`by_${name}`], "data-filter": name }, ...buttons);
      });
      const both_sides = index.records.some((r) => r.report && r.language !== HERE)
        ? [element("div", { role: "group", "aria-label": words.aligned }, toggle("aligned", "1", words.aligned, Boolean(state.aligned)))]
        : [];
      filters.replaceChildren(languages, ...both_sides, ...groups);
    };

    const run = async (query, current, shortened) => {
      try {
        const { found, widened } = await findIn(query, { ...state, aligned: "" });
        found.aligned = Boolean(state.aligned);
        if (current()) status.textContent = told(query, found, widened, shortened);
        const index = await site.open();
        const rows = query && !state.role ? await figureRows(found, 5) : []; // a figure plays no part of its own
        let shown = AT_ONCE;
        const items = (from, to) => Promise.all(found.results.slice(from, to).map((result) => resultItem(result, found, query)));
        const first = await items(0, shown);
        const offers = query && !found.sections && !rows.length ? await offer(query, state) : [];
        if (!current()) return;
        document.title = query ? `${query} - ${title}` : title;
        examples.hidden = Boolean(query);
        list.replaceChildren(...first);
        list.dataset.sections = found.sections;
        list.dataset.hits = found.hits;
        figures.replaceChildren(...rows);
        near.replaceChildren(...(offers.length ? [element("li", { class: "where" }, words.nearest), ...offers] : []));
        if (query) showFilters(found, index, widened);
        else filters.replaceChildren();
        more.hidden = found.results.length <= shown;
        more.onclick = async () => {
          list.append(...(await items(shown, shown + AT_ONCE)));
          shown += AT_ONCE;
          more.hidden = found.results.length <= shown;
        };
        page.dataset.ready = query;
      } catch (error) {
        if (current()) status.textContent = `${words.failed} ${error.message}`;
      }
    };
    const go = listen(input, run);
    for (const name of ["input", "compositionend"])
      input.addEventListener(name, (event) => event.isComposing || history.replaceState(null, "", searchPage(input.value.trim(), state)));
    const read = () => {
      const { q = "", ...chosen } = asked();
      input.value = q;
      state = Object.fromEntries(["language", "aligned", ...FILTERS].map((name) => [name, chosen[name] ?? ""]));
      go();
    };
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      go();
    });
    window.addEventListener("popstate", () => page.isConnected && location.pathname.endsWith("/search.html") && read());
    // arrows go from the field through the results
    page.addEventListener("keydown", (event) => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (!step || event.isComposing) return;
      const stops = [input, ...page.querySelectorAll("a[data-figure], a[data-result]")], at = stops.indexOf(document.activeElement);
      if (at < 0 || !stops[at + step]) return;
      event.preventDefault();
      stops[at + step].focus();
    });
    page.hidden = false;
    site.prepare().catch(() => {});
    read();
  };

  // ---- where a result lands

  const startLanding = async () => {
    const query = new URLSearchParams(location.search).get("q");
    window.CSS.highlights?.delete("found");
    if (!query || document.querySelector("[data-search-page]") || !window.Highlight) return;
    const index = await site.open(), terms = site.termsOf(index, query), ranges = [];
    for (const block of document.querySelectorAll("article :is(p, h1, h2, h3, h4, h5, td, li, dt, dd)")) {
      if (block.closest("table:has(.row)")) continue; // figures repeat the words of their sentences
      const nodes = [], walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
      while (walker.nextNode()) nodes.push(walker.currentNode);
      const point = (offset, end) => {
        let at = 0;
        for (const node of nodes) {
          if (offset < at + node.length || (end && offset === at + node.length)) return [node, offset - at];
          at += node.length;
        }
      };
      for (const [start, end] of site.marksIn(index, index.line(nodes.map((node) => node.data).join("")), terms)) {
        const range = new Range();
        range.setStart(...point(start, false));
        range.setEnd(...point(end, true));
        ranges.push(range);
      }
    }
    CSS.highlights.set("found", new Highlight(...ranges));
  };

  const run = (starts) => {
    for (const start of starts)
      Promise.resolve()
        .then(start)
        .catch((error) => console.error(start.name, error));
  };
  run([startDialog]);
  // The theme's instant loading, where it is switched on, changes the page under this script.
  const eachPage = () => run([startPage, startLanding]);
  if (window.document$) window.document$.subscribe(eachPage);
  else eachPage();
})();
