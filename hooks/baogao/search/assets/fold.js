/* How text is compared: the rules of hooks/baogao/rules/search.yml, as hooks/baogao/folding.py reads them. */
(() => {
  "use strict";
  const site = (window.baogaoSearch ??= {});

  const span = (ranges) => {
    const bounds = ranges.map(([first, last]) => [parseInt(first, 16), parseInt(last, 16)]);
    return (character) => {
      const code = character.codePointAt(0);
      return bounds.some(([first, last]) => first <= code && code <= last);
    };
  };

  const SPACE = /^[\s\u001c-\u001f\u0085]$/; // what Python calls white space

  /* rules -> { character, line, isLatin } */
  site.folding = (rules) => {
    const compatible = span(rules.compatible), lower = span(rules.lower), isLatin = span(rules.latin), cjk = span(rules.cjk);
    const closed = (c) => c !== undefined && (cjk(c) || rules.brackets.includes(c));
    const dropped = new Set(rules.dropped.map((code) => String.fromCodePoint(parseInt(code, 16))));
    const same = new Map(Object.entries(rules.same).flatMap(([one, others]) => [...others].map((other) => [other, one])));
    const known = new Map();

    const fresh = (character) => {
      if (character.codePointAt(0) > 0xffff) return "\ufffd";
      if (dropped.has(character)) return "";
      const folded = compatible(character) ? character.normalize("NFKC") : character;
      let lowered = "";
      for (const c of folded) lowered += lower(c) ? c.toLowerCase() : c;
      let said = "";
      for (const c of lowered) said += SPACE.test(c) ? " " : (same.get(c) ?? c);
      return said;
    };

    const character = (c) => {
      if (!known.has(c)) known.set(c, fresh(c));
      return known.get(c);
    };

    /* A line as it is compared: { text, from, to }; text[i] was written at from[i]..to[i] of the line. */
    const line = (written) => {
      let all = [];
      let at = 0;
      for (const c of written) {
        for (const f of character(c)) all.push([f, at, at + c.length]);
        at += c.length;
      }
      all = all.filter(([c], i) => c !== " " || (i > 0 && all[i - 1][0] !== " "));
      if (all.at(-1)?.[0] === " ") all.pop();
      if (all[0]?.[0] === " ") all.shift();
      const digit = (i) => all[i] !== undefined && all[i][0] >= "0" && all[i][0] <= "9";
      all = all.filter(([c], i) => c !== "," || !(digit(i - 1) && digit(i + 1)));
      const letter = (i) => all[i] !== undefined && isLatin(all[i][0]);
      all = all.map(([c, ...at], i) => [c === rules.hyphen && letter(i - 1) && letter(i + 1) ? " " : c, ...at]);
      all = all.filter(([c], i) => c !== " " || !(closed(all[i - 1]?.[0]) || closed(all[i + 1]?.[0])));
      return { text: all.map(([c]) => c).join(""), from: all.map((a) => a[1]), to: all.map((a) => a[2]) };
    };

    return { character, line, isLatin };
  };
})();
