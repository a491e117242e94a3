/* The door to the search: opens its dialog at once and asks for the rest (fold, engine, view) only when somebody wants to
   search, or a page shows what was searched. A page that is only read stays light. */
(() => {
  "use strict";
  const site = (window.baogaoSearch ??= {});
  const HERE = document.currentScript.src.replace(/[^/]*$/, "");
  const dialog = document.getElementById("search");

  const script = (name) =>
    new Promise((resolve, reject) => {
      const made = document.createElement("script");
      made.src = `${HERE}${name}.js`;
      made.onload = resolve;
      made.onerror = () => reject(new Error(`${made.src} could not be loaded`));
      document.head.append(made);
    });

  let asked;
  const failed = (error) => {
    asked = undefined; // another try may find it
    dialog.querySelector("[role=status]").textContent = error.message;
  };
  /* Resolves when the search can be asked: baogaoSearch.find. */
  site.ready = () => (asked ??= ["fold", "engine", "view"].reduce((before, name) => before.then(() => script(name)), Promise.resolve()));

  const open = (event) => {
    if (site.find) return; // from then on view.js opens it
    event.preventDefault();
    if (!dialog.open) dialog.showModal();
    dialog.querySelector("input").focus(); // what is typed meanwhile is searched then
    site.ready().catch(failed);
  };
  document.addEventListener("click", (event) => event.target.closest?.("[data-search-open]") && open(event));
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest?.("input:not([type=radio]), textarea, select, [contenteditable]");
    const slash = event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey;
    if (slash || (event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey))) open(event);
  });

  const eachPage = () => {
    const wanted = document.querySelector("[data-search-page]") || new URLSearchParams(location.search).has("q");
    if (wanted) site.ready().catch(failed);
  };
  if (window.document$) window.document$.subscribe(eachPage);
  else eachPage();
})();
