/* A number as people write it -> a plain number and its unit: 百分之九十八点五 -> 98.5 %, 一万零五百二十五人 -> 10525 人. */
(() => {
  "use strict";
  const site = window.baogaoSearch;
  const each = (rows) => Object.fromEntries(rows.flatMap(([written, value]) => [...written].map((c) => [c, value])));
  const DIGIT = each(["零〇", "一壹", "二两贰", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖"].map((written, n) => [written, n]));
  const TIMES = each([["十拾", 10], ["百佰", 100], ["千仟", 1000], ["万萬", 1e4], ["亿億", 1e8]]);
  const LATIN = { thousand: 1e3, million: 1e6, billion: 1e9 };
  const HAN = `[${Object.keys(DIGIT).join("")}]`, ONE = `(?:[零〇]?\\d+(?:\\.\\d+)?|${HAN}*[点點]${HAN}+|${HAN}+)`, SIZE = `[${Object.keys(TIMES).join("")}]`;
  const NUMBER = new RegExp(`^[超近约逾]?([百千]分之)?(${ONE}?(?:${SIZE}${ONE}?)+|${ONE})\\s*(${Object.keys(LATIN).join("|")})?[余多]?\\s*(.*)$`);
  const PIECES = new RegExp(`${ONE}|${SIZE}`, "g");

  /* Digits without a size among them: 1.05, 二〇二三, 一点零五. */
  const plain = (written) => Number([...written].map((c) => DIGIT[c] ?? (/[点點]/.test(c) ? "." : c)).join(""));

  /* 一万零五百二十五, 3亿2000万, 1.2万亿, 三千五 -> its value; undefined where sizes do not go down. A size multiplies all
     that stands before it and is less: 十二亿; a last digit without a size is of the next one down: 三千五 is 3500. */
  const valueOf = (written) => {
    const parts = []; // from the largest down
    let digits, last;
    for (const piece of written.match(PIECES)) {
      const size = TIMES[piece];
      if (!size) {
        digits = piece;
        continue;
      }
      let below = digits === undefined ? undefined : plain(digits);
      while (parts.length && parts.at(-1) < size) below = (below ?? 0) + parts.pop();
      if (below === undefined && size > 1000) return undefined; // 万 alone; but 十 is 一十
      parts.push((below ?? 1) * size);
      if (parts.length > 1 && parts.at(-1) >= parts.at(-2)) return undefined;
      [digits, last] = [undefined, size];
    }
    if (digits !== undefined) parts.push(plain(digits) * (last > 10 && digits.length === 1 ? last / 10 : 1));
    return parts.reduce((sum, part) => sum + part, 0);
  };

  /* A folded term -> { value, unit }; undefined where it is no number. A unit may be left out, and is begun or whole. */
  site.numberIn = (term) => {
    const tenths = new RegExp(`^(${ONE})成(${HAN})?$`).exec(term);
    if (tenths) return { value: plain(tenths[1]) * 10 + (tenths[2] ? DIGIT[tenths[2]] : 0), unit: "%" };
    const [, share, written, latin, rest] = NUMBER.exec(term) ?? [];
    if (written === undefined || /\d/.test(rest) || rest.length > 6) return undefined;
    const value = valueOf(written);
    if (value === undefined) return undefined;
    return { value: Number((value * (LATIN[latin] ?? 1)).toPrecision(15)), unit: share ? { 百: "%", 千: "‰" }[share[0]] : rest };
  };
})();
