/* A number as people write it -> a plain number and its unit: 百分之九十八点五 -> 98.5 %, 340万人次 -> 3400000 人次. */
(() => {
  "use strict";
  const site = window.baogaoSearch;
  const DIGIT = Object.fromEntries([..."零一二三四五六七八九"].map((c, n) => [c, n]).concat([["〇", 0], ["两", 2]]));
  const TIMES = { 十: 10, 百: 100, 千: 1000 };
  const SIZE = { 万: 1e4, 亿: 1e8, thousand: 1e3, million: 1e6, billion: 1e9 };
  const HAN = "[零〇一二两三四五六七八九十百千]+(?:点[零〇一二三四五六七八九]+)?";
  const NUMBER = new RegExp(`^[超近约逾]?(百分之)?(\\d+(?:\\.\\d+)?|${HAN})\\s*(万亿|亿|万|thousand|million|billion)?\\s*(.*)$`);

  /* 一百二十三点五 -> 123.5; 二〇二三 -> 2023. */
  const ofHan = (written) => {
    const [whole, behind] = written.split("点");
    let sum = 0, digit;
    if (/[十百千]/.test(whole)) {
      for (const c of whole)
        if (c in DIGIT) digit = DIGIT[c];
        else {
          sum += (digit ?? 1) * TIMES[c];
          digit = undefined;
        }
      sum += digit ?? 0;
    } else for (const c of whole) sum = sum * 10 + DIGIT[c];
    return behind ? Number(`${sum}.${[...behind].map((c) => DIGIT[c]).join("")}`) : sum;
  };

  /* A folded term -> { value, unit }; undefined where it is no number. A unit may be left out, and is begun or whole. */
  site.numberIn = (term) => {
    const tenths = /^([一二两三四五六七八九])成$/.exec(term);
    if (tenths) return { value: DIGIT[tenths[1]] * 10, unit: "%" };
    const found = NUMBER.exec(term);
    if (!found || /\d/.test(found[4]) || found[4].length > 6) return undefined;
    const [, percent, written, size, rest] = found;
    const plain = /^\d/.test(written) ? Number(written) : ofHan(written);
    const times = size === "万亿" ? 1e12 : (SIZE[size] ?? 1);
    return { value: Number((plain * times).toPrecision(15)), unit: percent ? "%" : rest };
  };
})();
