/* The door to the search: opens its dialog at once and asks for the rest (search.js) only when somebody wants to search, or
   a page shows what was searched. A page that is only read stays light. */
(() => {
  "use strict";
  const site = (window.baogaoSearch ??= {});
  const HERE = document.currentScript.src.replace(/[^/]*$/, "");
  const script = (name) =>
    new Promise((resolve, reject) => {
      const made = document.createElement("script");
      made.src = `${HERE}${name}.js`;
      made.onload = resolve;
      made.onerror = () => reject(new Error(`${made.src} could not be loaded`));
      document.head.append(made);
    });

  const dialogOf = () => document.getElementById("search");
  let asked;
  const failed = (error) => {
    asked = undefined; // another try may find it
    dialogOf()?.querySelector("[role=status]").replaceChildren(error.message);
  };
  /* What search.js asks for first comes at the same time as that, not after it. */
  const soon = (address) => document.head.append(Object.assign(document.createElement("link"), { rel: "preload", as: "script", href: address }));
  const search = () => {
    if (location.protocol !== "file:") soon(HERE.replace(/assets\/search\/$/, "search/manifest.js"));
    return script("search");
  };
  /* Resolves when the search can be asked: baogaoSearch.find. */
  site.ready = () => (asked ??= search());

  const open = (event) => {
    const dialog = dialogOf();
    if (site.view || !dialog) return; // from then on search.js opens it
    event.preventDefault();
    if (!dialog.open) dialog.showModal();
    dialog.querySelector("input").focus(); // what is typed meanwhile is searched then
    site.ready().catch(failed);
  };
  document.addEventListener("click", (event) => event.target.closest?.("[data-search-open]") && open(event));
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest?.("input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable]");
    const slash = event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey;
    if (slash || (event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey))) open(event);
  });

  const eachPage = () => {
    const given = new URLSearchParams(location.search);
    const wanted = document.querySelector("[data-search-page]") || given.has("found") || given.has("search");
    if (wanted) site.ready().catch(failed);
  };
  if (window.document$) window.document$.subscribe(eachPage);
  else eachPage();
})();
