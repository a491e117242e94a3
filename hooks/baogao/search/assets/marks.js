/* Half-width marks of Chinese, drawn in full width: the rules of hooks/baogao/rules/marks.yml, as wording/marks.py reads
   them. What is copied stays as it was. */
(() => {
  "use strict";
  const site = (window.baogaoSearch ??= {}), rules = site.marks;

  const half = new Set(Object.values(rules.wide).join("")), isClosing = new Set(rules.wide.closing), isCentred = new Set(rules.wide.centred);
  const opening = new Set(rules.full.opening), closing = new Set(rules.full.closing), both = new Set([...opening, ...closing]), closed = new Set([...both, ...rules.quotes]);
  const spans = rules.chinese.map((ends) => ends.map((code) => parseInt(code, 16))), beside = new Set(rules.beside);
  const chinese = (c) => c !== undefined && (beside.has(c) || spans.some(([first, last]) => first <= c.charCodeAt(0) && c.charCodeAt(0) <= last));

  /* The offsets of the marks that belong to Chinese, in order; of two brackets both do, or none. */
  const wideMarks = (text) => {
    const places = [...Array(text.length).keys()], found = new Set(places.filter((i) => half.has(text[i]) && (chinese(text[i - 1]) || chinese(text[i + 1])))), opened = [];
    for (const i of found.size ? places : [])
      if (text[i] === "(") opened.push(i);
      else if (text[i] === ")" && opened.length) {
        const pair = [opened.pop(), i];
        if (pair.some((one) => found.has(one))) for (const one of pair) found.add(one);
      }
    return new Set([...found].sort((a, b) => a - b));
  };

  /* Two marks that stand together take one and a half ems. */
  const classes = (text, i, wide) => {
    const closes = isClosing.has(text[i]), after = text[i + 1], before = text[i - 1];
    if (isCentred.has(text[i])) return "wide";
    const behind = (closes ? closed : opening).has(after) || (closes && wide.has(i + 1));
    const ahead = !wide.has(i - 1) && (closes ? closing : both).has(before);
    return ["wide", behind && "after", ahead && "before"].filter(Boolean).join(" ");
  };

  const drawn = (mark, said) => {
    const made = document.createElement("span");
    made.className = said;
    made.textContent = mark;
    return made;
  };

  /* text -> (start, end) -> what stands there, as strings and elements. Behind a mark a line may end before a digit. */
  site.printed = (text) => {
    const wide = wideMarks(text);
    return (start, end) => {
      const made = [];
      let at = start;
      for (const i of wide) {
        if (i < start || i >= end) continue;
        made.push(text.slice(at, i), drawn(text[i], classes(text, i, wide)));
        if (text[i] !== "(" && /^[0-9A-Za-z]$/.test(text[i + 1] ?? "")) made.push(document.createElement("wbr"));
        at = i + 1;
      }
      return [...made, text.slice(at, end)];
    };
  };
})();
