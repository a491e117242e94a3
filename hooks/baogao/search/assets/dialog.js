/* The dialog of the search: what is typed is found at once, and walked through with the arrows. */
(() => {
  "use strict";
  const site = window.baogaoSearch;
  const { words, say, count, element, searchPage, resultItem, cardItem, above, offers, alsoItem, told, ask, listen, composing } = site.view;
  const FIRST = 3, SHOWN = 8; // the first do not wait for the others
  const ROWS = 3;
  const OPTIONS = "a[data-card], a[data-result], a[data-row], a[data-nearest], a[data-also], a.all";

  const dialog = document.getElementById("search");
  if (!dialog) return; // another frame than ours
  const input = dialog.querySelector("input"), list = dialog.querySelector("[role=listbox]");
  const status = dialog.querySelector("[role=status]"), place = status.parentNode.insertBefore(element("p", { class: "place", "aria-live": "polite" }), status.nextSibling);
  let options = [], active = -1;

  const activate = (n) => {
    options[active]?.removeAttribute("aria-selected");
    active = options.length ? (n + options.length) % options.length : -1;
    const option = options[active];
    place.textContent = option ? say("position", { n: active + 1, all: options.length }) : "";
    if (!option) return input.removeAttribute("aria-activedescendant");
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", option.id);
  };

  const add = (items) => {
    list.append(...items);
    for (const leads of list.querySelectorAll(".leads, details")) leads.remove(); // one link an option
    options = [...list.querySelectorAll(OPTIONS)];
    options.forEach((option, n) => {
      Object.assign(option, { id: `found-${n}`, role: "option", tabIndex: -1 });
      option.setAttribute("aria-posinset", n + 1);
      option.setAttribute("aria-setsize", options.length);
    });
    for (const item of list.querySelectorAll("li, ul, ol")) item.setAttribute("role", "presentation");
    input.setAttribute("aria-expanded", String(options.length > 0));
  };

  const show = (items, said) => {
    activate(-1);
    active = -1;
    input.removeAttribute("aria-activedescendant");
    place.textContent = "";
    list.replaceChildren();
    add(items);
    status.textContent = said;
  };

  /* A line above results that do hold the words of a query, but not as it is written. */
  const parted = (results, items) =>
    results.flatMap((result, n) => (n && !result.phrase && results[n - 1].phrase ? [element("li", {}, element("span", { class: "apart" }, words.apart)), items[n]] : [items[n]]));

  const all = (index, query, found) => {
    const link = element("a", { class: "all", href: index.page ? searchPage(index, query) : "#" }, count(index.page ? "all_sections" : "all_here", found.sections));
    if (!index.page)
      link.addEventListener("click", async (event) => {
        event.preventDefault();
        event.stopPropagation();
        const from = options.length, results = await site.read(found, SHOWN, found.results.length);
        link.parentNode.remove();
        add(await Promise.all(results.map((result) => resultItem(index, result, found))));
        activate(Math.min(from - 1, options.length - 1));
      });
    return element("li", {}, link);
  };

  const run = async (query, current, cut) => {
    try {
      if (!query) return show([], matchMedia("(pointer: coarse)").matches ? words.hint_touch : words.hint);
      const index = await site.open(), answer = await ask(query, {}), { found, other } = answer, searched = found.query;
      if (current()) status.textContent = told(query, answer, cut); // the count does not wait for the sentences
      const items = (results) => Promise.all(results.map((result) => resultItem(index, result, found)));
      const [[card, rows], results] = await Promise.all([above(index, found, ROWS), site.read(found, 0, FIRST)]);
      const first = parted(results, await items(results));
      const nothing = !found.sections && !rows.length, near = nothing ? await offers(index, query, {}) : [];
      if (!current()) return;
      show([...(card ? [cardItem(index, card)] : []), ...rows, ...first, ...near], told(query, answer, cut) + (near.length ? ` ${words.nearest}` : ""));
      const following = await site.read(found, FIRST, SHOWN), rest = await items(following);
      if (!nothing && !other) rest.push(...(await alsoItem(index, query, {})));
      if (found.sections > (index.page ? 0 : SHOWN)) rest.push(all(index, searched, found));
      if (current()) add(rest);
      dialog.dataset.ready = query;
    } catch (error) {
      if (current()) show([], `${words.failed} ${error.message}`);
    }
  };
  const go = listen(input, run);

  // ---- opening, leaving, coming back

  const asked = () => new URLSearchParams(location.search).get("search");

  const withState = (query, at) => {
    const given = new URLSearchParams(location.search);
    given.delete("search");
    given.delete("at");
    if (query) given.set("search", query);
    if (query && at >= 0) given.set("at", at);
    history.replaceState(history.state, "", `${location.pathname}${given.size ? `?${given}` : ""}${location.hash}`);
  };

  const open = async (event) => {
    event?.preventDefault();
    site.prepare().catch(() => {}); // a failure is told with the query
    if (!dialog.open) dialog.showModal();
    input.select();
    await go();
  };

  /* Back from a result: the query and the place in the list are in the address. */
  const restore = async () => {
    if (!asked()) return;
    input.value = asked();
    const at = Number(new URLSearchParams(location.search).get("at") ?? -1);
    await open();
    activate(at);
  };

  const shut = () => {
    input.blur(); // a closed dialog keeps the focus: the next / would be typed into it
    dialog.close();
  };

  for (const button of document.querySelectorAll("[data-search-open]")) button.addEventListener("click", open);
  dialog.querySelector("[data-search-close]").addEventListener("click", shut);
  dialog.addEventListener("close", () => asked() && !leaving && withState(""));
  let leaving = false;
  dialog.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (link?.dataset.query && link.getAttribute("href") === "#") {
      event.preventDefault();
      input.value = link.dataset.query;
      return go();
    }
    if (link && !(event.ctrlKey || event.metaKey || event.shiftKey)) {
      withState(input.value.trim(), options.indexOf(link));
      leaving = true;
      setTimeout(() => (leaving = false));
    }
    if (event.target === dialog || link) shut();
  });
  window.addEventListener("pageshow", (event) => event.persisted && restore());
  window.addEventListener("popstate", () => (asked() ? restore() : dialog.open && shut()));

  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest?.("input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable]");
    if ((event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) || (event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey))) {
      const own = document.querySelector("[data-search-page] input");
      if (!own) return open(event);
      event.preventDefault();
      own.select();
    }
  });

  const moves = { ArrowDown: () => active + 1, ArrowUp: () => (active < 0 ? -1 : active - 1), Home: () => (active < 0 ? undefined : 0), End: () => (active < 0 ? undefined : -1) };
  input.addEventListener("keydown", (event) => {
    if (composing(event)) return;
    const to = moves[event.key]?.();
    if (event.key === "Escape") {
      event.preventDefault(); // a search field would only be emptied
      shut();
    } else if (to !== undefined) {
      event.preventDefault();
      activate(to);
    } else if (event.key === "Enter" && options[active]) {
      event.preventDefault();
      options[active].click();
    }
  });
  dialog.querySelector("form").addEventListener("submit", async (event) => {
    event.preventDefault();
    const query = input.value.trim(), index = await site.open();
    if (!query) return;
    if (!index.page) return options[0]?.click();
    withState(query, -1);
    location.href = searchPage(index, query);
  });
  site.restoreDialog = restore;
  if (dialog.open) {
    site.prepare().catch(() => {});
    go(); // what was typed before this was there
  }
})();
