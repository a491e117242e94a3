/* The page of results: all that is found, what it can be narrowed down by, its state in the address. */
(() => {
  "use strict";
  const site = window.baogaoSearch;
  const { words, say, count, named, element, shortened, here, searchPage, resultItem, cardItem, rowItems, above, offers, alsoItem, told, ask, listen, composing } = site.view;
  const AT_ONCE = 20, ROWS = 5, MANY = 100, FIRST = 20; // of more values than MANY no reader looks for one: the FIRST with most results are shown
  const STOPS = "a[data-card], a[data-row], a[data-result], a[data-nearest], a[data-also]";

  const startPage = async () => {
    const page = document.querySelector("[data-search-page]");
    if (!page || page.dataset.started) return;
    page.dataset.started = "";
    const index = await site.open().catch((error) => ({ failed: error }));
    const part = (name) => page.querySelector(name);
    const form = part("form"), input = form.querySelector("input"), status = part("[role=status]"), filters = part(".filters"), door = part(".filter-door");
    const figures = part(".figures"), list = part("ol"), near = part(".near"), examples = part(".examples"), more = part("button.more");
    const title = document.title, names = index.failed ? [] : ["language", "aligned", ...index.facets.map(({ name }) => name)];
    let state = {}, shown = AT_ONCE, allRows = false;

    // ---- the address

    const kept = () => ({ ...state, n: shown > AT_ONCE ? shown : "", rows: allRows ? "all" : "" });

    const remember = (extra = {}, push = false) => {
      const there = searchPage(index, input.value.trim(), { ...kept(), ...extra });
      if (push) history.pushState(null, "", there);
      else history.replaceState({ ...history.state, scroll: extra.at ? window.scrollY : undefined }, "", there);
    };

    /* What was opened, and how far down: before the reader leaves. */
    page.addEventListener("click", (event) => {
      const link = event.target.closest(STOPS);
      if (link && !link.dataset.query) remember({ at: String([...page.querySelectorAll(STOPS)].indexOf(link) + 1) });
    });

    const comeBack = () => {
      const at = Number(new URLSearchParams(location.search).get("at")), link = page.querySelectorAll(STOPS)[at - 1];
      if (!link) return;
      link.focus({ preventScroll: true });
      if (history.state?.scroll === undefined) link.scrollIntoView({ block: "center" });
      else window.scrollTo(0, history.state.scroll);
    };

    const choose = (name, value) => {
      state = { ...state, [name]: value };
      [shown, allRows] = [AT_ONCE, false];
      remember({}, true);
      go();
    };

    // ---- filters

    const toggle = (name, value, label, pressed) => {
      const made = element("button", { type: "button", "aria-pressed": String(pressed) }, label);
      made.addEventListener("click", () => choose(name, pressed ? "" : value));
      return made;
    };

    const group = (label, name, ...buttons) => element("div", { role: "group", "aria-label": label, "data-filter": name }, element("span", { class: "label" }, label), ...buttons);

    const languageGroups = (found, widened) => {
      if (index.languages.length < 2) return [];
      const own = here(index), both = widened || state.language === "both";
      const tally = found.counts.language ?? new Map(), all = [...tally.values()].reduce((sum, n) => sum + n, 0);
      const languages = group(words.language, undefined, toggle("language", "", `${words[`language_${own}`]} ${tally.get(own) ?? 0}`, !both), toggle("language", "both", `${words.language_both} ${all}`, both));
      languages.append(toggle("aligned", "1", words.aligned, Boolean(state.aligned)));
      return [languages];
    };

    /* Of the values of a facet those that are shown, in their order: of very many the ones with most results, and the one that is chosen. */
    const shownOf = (tally, chosen) => {
      const by = (key) => ([a, n], [b, m]) => (key && n !== m ? m - n : a < b ? -1 : 1), all = [...tally];
      const first = all.length > MANY ? all.sort(by(true)).filter(([value], i) => i < FIRST || value === chosen) : all;
      return first.sort(by(false));
    };

    /* Languages always; of the others those with more than one value, or one that is chosen. */
    const showFilters = (found, widened) => {
      const groups = index.facets.flatMap(({ name, says, values, labels }) => {
        const tally = found.counts[name];
        if (!(tally?.size > 1 || state[name])) return [];
        const label = (value) => named(labels[values.indexOf(value)] || { "": value });
        const buttons = shownOf(tally ?? [], state[name]).map(([value, n]) => toggle(name, value, `${label(value)} ${n}`, state[name] === value));
        return [group(named(says), name, ...buttons)];
      });
      filters.replaceChildren(...languageGroups(found, widened), ...groups);
      const chosen = names.filter((name) => state[name]).length;
      door.textContent = chosen ? say("filters_chosen", { n: chosen }) : words.filters;
      door.hidden = false;
    };
    door.addEventListener("click", () => door.setAttribute("aria-expanded", String(door.getAttribute("aria-expanded") !== "true")));

    // ---- what is found

    const all = (found, from) => {
      const button = element("button", { type: "button", class: "all-rows" }, count("all_rows", found.rows.length));
      button.addEventListener("click", async () => {
        const rows = await rowItems(index, found, from, found.rows.length);
        if (!button.isConnected) return; // something else was asked meanwhile
        button.parentNode.replaceWith(...rows);
        allRows = true;
        remember();
      });
      return element("li", {}, button);
    };

    const itemsOf = async (found, query, from, to) => {
      const results = await site.read(found, from, to), before = found.results[from - 1];
      const items = await Promise.all(results.map((result) => resultItem(index, result, found)));
      return results.flatMap((result, n) => ((results[n - 1] ?? before)?.phrase && !result.phrase ? [element("li", {}, element("span", { class: "apart" }, words.apart)), items[n]] : [items[n]]));
    };

    const run = async (query, current, cut) => {
      try {
        if (index.failed) throw index.failed;
        const answer = await ask(query, { ...state, aligned: "" }), { found, widened, other } = answer, searched = found.query;
        found.aligned = Boolean(state.aligned);
        if (current()) status.textContent = told(query, answer, cut);
        const [[card, rows], first] = await Promise.all([above(index, found, ROWS, allRows), itemsInSteps(found, searched, shown)]);
        const nothing = query && !found.sections && !rows.length && !found.stopped, offered = nothing ? await offers(index, query, state) : [];
        if (!current()) return;
        document.title = query ? `${shortened(query)} - ${title}` : title;
        examples.hidden = Boolean(query);
        list.replaceChildren(...first);
        Object.assign(list.dataset, { sections: found.sections, hits: found.hits });
        if (rows.length < found.rows.length) rows.push(all(found, rows.length));
        figures.replaceChildren(...(card ? [cardItem(index, card)] : []), ...rows);
        near.replaceChildren(...(offered.length ? [element("li", { class: "where" }, words.nearest), ...offered] : []));
        if (query && !found.stopped && (!nothing || names.some((name) => state[name]))) showFilters(found, widened);
        else {
          door.hidden = true;
          filters.replaceChildren();
        }
        more.hidden = found.results.length <= shown;
        more.onclick = async () => {
          list.append(...(await itemsOf(found, searched, shown, shown + AT_ONCE)));
          shown += AT_ONCE;
          more.hidden = found.results.length <= shown;
          remember();
        };
        const also = nothing || other ? [] : await alsoItem(index, query, { ...state, aligned: "" });
        if (!current()) return;
        near.append(...also);
        page.dataset.ready = query;
      } catch (error) {
        if (current()) status.textContent = `${words.failed} ${error.message}`;
      }
    };

    /* As many as were shown, in the steps in which they were. */
    const itemsInSteps = async (found, query, many) => {
      const made = [];
      for (let from = 0; from < Math.min(many, Math.max(1, found.results.length)); from += AT_ONCE) made.push(...(await itemsOf(found, query, from, from + AT_ONCE)));
      return made;
    };

    for (const name of ["input", "compositionend"])
      input.addEventListener(name, (event) => {
        if (event.isComposing || index.failed) return;
        [shown, allRows] = [AT_ONCE, false];
        remember();
      });
    const go = listen(input, run); // behind those: where all is read already, it ends before the next listener begins
    const read = async () => {
      const asked = Object.fromEntries(new URLSearchParams(location.search));
      input.value = asked.q ?? "";
      state = Object.fromEntries(names.map((name) => [name, asked[name] ?? ""]));
      shown = Math.max(AT_ONCE, Math.min(Number(asked.n) || 0, 1000));
      allRows = asked.rows === "all";
      await go();
      comeBack();
    };
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      go();
    });
    window.addEventListener("popstate", () => page.isConnected && document.querySelector("[data-search-page]") === page && read());
    window.addEventListener("pageshow", (event) => event.persisted && page.isConnected && comeBack());

    // arrows go from the field through the results
    page.addEventListener("keydown", (event) => {
      if (composing(event)) return;
      const stops = [input, ...page.querySelectorAll(STOPS)], at = stops.indexOf(document.activeElement);
      const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: at > 0 ? 1 : undefined, End: at > 0 ? stops.length - 1 : undefined, Escape: at > 0 ? 0 : undefined }[event.key];
      if (at < 0 || !stops[to]) return;
      event.preventDefault();
      stops[to].focus();
    });
    page.hidden = false;
    site.prepare().catch(() => {});
    await read();
  };

  Object.assign(site, { startPage });
})();
