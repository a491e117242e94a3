/* A query in the words that the site has for what it asks: searched beside it, and said so. */
(() => {
  "use strict";
  const site = window.baogaoSearch;

  let known; // { pattern, said by what is asked }
  const renderings = async (index) => {
    if (known || !index.renderings) return known;
    const rows = (await site.load("renderings", index.version)).map(([asked, said]) => [index.line(asked).text, said]).sort(([a], [b]) => b.length - a.length);
    const escaped = rows.map(([asked]) => asked.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
    const whole = escaped.map((asked) => (index.isLatin(asked[0]) ? `(?<!\\p{Script=Latin})${asked}(?=s?(?!\\p{Script=Latin}))` : asked));
    return (known = { pattern: new RegExp(`(${whole.join("|")})s?`, "gu"), said: new Map(rows) });
  };

  /* undefined where a query has nothing that is called otherwise, or stands in quotation marks. */
  const otherwise = async (query) => {
    const index = await site.open(), all = /["“”„＂]/.test(query) ? undefined : await renderings(index);
    const text = index.line(query).text, other = all && text.replace(all.pattern, (_, asked) => all.said.get(asked));
    return other && other !== text ? other : undefined;
  };

  Object.assign(site, { otherwise });
})();
