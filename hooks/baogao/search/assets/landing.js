/* The page that a result opens: what was searched is marked on it. Then everything starts. */
(() => {
  "use strict";
  const site = window.baogaoSearch;
  const BLOCKS = ["p", "h1", "h2", "h3", "h4", "h5", "h6", "td", "th", "li", "dt", "dd", "pre"];

  const startLanding = async () => {
    const query = new URLSearchParams(location.search).get("found");
    window.CSS.highlights?.delete("found");
    if (!query || document.querySelector("[data-search-page]") || !window.Highlight) return;
    const index = await site.open(), found = await site.find(query), ranges = [];
    const written = site.readsTraditional ? await site.simplifying(true) : (text) => text; // one character for each
    const terms = found.terms.map((term) => ({ ...term, text: written(term.text) }));
    const top = document.querySelector("article, [role=main], main") ?? document.body;
    for (const block of top.querySelectorAll(BLOCKS.join())) {
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
      for (const [start, end] of site.marksIn(index, index.line(written(nodes.map((node) => node.data).join(""))), terms)) {
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
  // The theme's instant loading, where it is switched on, changes the page under this script.
  const eachPage = () => run([() => site.startPage?.(), startLanding, () => site.restoreDialog?.()]);
  if (window.document$) window.document$.subscribe(eachPage);
  else eachPage();
})();
