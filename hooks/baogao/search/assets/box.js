/* The box of the search in a theme that has none of ours: a button where the theme has its own search, and the dialog. */
(() => {
  "use strict";
  const site = window.baogaoSearch;
  const LANG = document.documentElement.lang || "";
  const language = [/^zh\b.*\b(hant|tw|hk|mo)\b/i.test(LANG) ? "zh-Hant" : "", LANG.slice(0, 2).toLowerCase(), ...Object.keys(site.door)].find((one) => one in site.door);
  const words = site.door[language];

  const element = (name, attributes = {}, ...children) => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...children);
    return made;
  };

  const field = {
    type: "search", name: "q", role: "combobox", "aria-label": words.search, "aria-expanded": "false", "aria-controls": "search-list", "aria-autocomplete": "list",
    placeholder: words.placeholder, autocomplete: "off", autocapitalize: "off", spellcheck: "false", enterkeyhint: "search",
  };
  const dialog = element(
    "dialog",
    { class: "search", id: "search", "aria-label": words.open },
    element("form", { role: "search" }, element("input", field), element("button", { type: "button", "data-search-close": "" }, words.close)),
    element("p", { role: "status" }),
    element("ul", { role: "listbox", id: "search-list", "aria-label": words.search }),
  );
  const button = (looks = "search-open") =>
    element("button", { type: "button", "data-search-open": "", class: looks, "aria-keyshortcuts": "/" }, element("span", {}, words.search), " ", element("kbd", { "aria-hidden": "true" }, "/"));

  // Material: in its header, where its own box would be. MkDocs' own themes: at the end of the bar, over the contents.
  const PLACES = [
    [".md-header__inner", (bar) => bar.insertBefore(button(), bar.querySelector(".md-header__source"))],
    ["#navbar-collapse .navbar-nav:last-of-type, .navbar-nav.ms-md-auto", (bar) => bar.prepend(element("li", { class: "nav-item" }, button("nav-link search-open")))],
    [".wy-side-nav-search", (bar) => bar.append(button())],
    ["body", (body) => body.prepend(element("div", { class: "search-corner" }, button()))],
  ];
  if (!document.getElementById("search")) {
    document.body.append(dialog);
    for (const [selector, put] of PLACES) {
      const place = document.querySelector(selector);
      if (place) {
        put(place);
        break;
      }
    }
  }

  // The script of MkDocs' own theme fails without the box of its own search: a door in its place, for its key too.
  if (window.bootstrap && document.querySelector('script[src$="js/base.js"]')) {
    const door = element("div", { id: "mkdocs_search_modal", class: "modal" }, element("input", { id: "mkdocs-search-query", hidden: "" }), element("div", { id: "mkdocs-search-results" }));
    document.body.append(door);
    door.addEventListener("show.bs.modal", (event) => {
      event.preventDefault();
      document.querySelector("[data-search-open]").click();
    });
  }
})();
