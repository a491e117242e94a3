/* The files of the index that hooks/baogao/search/index.py writes: small scripts, asked for when something in them is.
   Works from a folder: script tags only, no fetch, module, worker. */
(() => {
  "use strict";
  const site = (window.baogaoSearch ??= {});
  const ROOT = document.currentScript.src.replace(/assets\/search\/[^/]*$/, "");
  const DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_";
  const FORMAT = 3;
  const SMALL = 24; // files

  const loading = new Map(), arrived = new Map();
  site.take = (name, content) => arrived.set(name, content);

  const script = (name, address) => {
    if (!loading.has(name))
      loading.set(
        name,
        new Promise((resolve, reject) => {
          const made = document.createElement("script");
          made.src = address;
          made.onload = () => resolve(arrived.get(name));
          made.onerror = () => {
            loading.delete(name); // another try may find it
            reject(new Error(`${address} could not be loaded`));
          };
          document.head.append(made);
        }),
      );
    return loading.get(name);
  };

  const load = async (name, version = "") => {
    const content = await script(name, `${ROOT}search/${name}.js${version && `?${version}`}`);
    if (content === undefined) throw new Error(`${name}: empty`);
    return content;
  };

  const numbers = (written, delta = true) => {
    const found = [];
    let value = 0, shift = 0, sum = 0;
    for (const character of written) {
      const digit = DIGITS.indexOf(character);
      value += (digit & 31) * 2 ** shift;
      shift += 5;
      if (digit < 32) {
        sum = delta ? sum + value : value;
        found.push(sum);
        value = shift = 0;
      }
    }
    return found;
  };

  /* The last place in a sorted list whose value is not above the one sought. */
  const place = (list, sought) => {
    let low = 0, high = list.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (list[middle] <= sought) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  };

  const pagesOf = ({ pages, ending }) => {
    let folder = "";
    return pages.split("\n").map((path) => {
      const whole = path.startsWith("/") ? folder + path : path;
      folder = whole.includes("/") ? whole.slice(0, whole.lastIndexOf("/")) : "";
      return whole + ending;
    });
  };

  const facetOf = ([name, says, [values, labels, list]]) => ({ name, says, values, labels, of: numbers(list, false) });

  /* The manifest as the other parts use it: its records with what they belong to, the rules of folding. */
  const unpacked = (read) => {
    if (read.format !== FORMAT) throw new Error(`index of format ${read.format}, this script reads ${FORMAT}: reload`);
    const [tongues, spoken] = [read.tongues[0], numbers(read.tongues[1], false)];
    const owners = numbers(read.owners, false), kinds = numbers(read.kinds, false), starts = numbers(read.starts);
    const heads = numbers(read.heads, false), codes = numbers(read.codes, false);
    const shards = read.shards?.[0] ?? [""], within = numbers(read.shards?.[1] ?? "", false);
    const groups = read.groups.map(([id, title]) => ({ id, title })), facets = read.facets.map(facetOf);
    const behind = (n) => Math.max(0, ...facets.map(({ name, values, of }) => (read.behind[name] ?? []).indexOf(values[of[n]]) + 1));
    const records = pagesOf(read).map((page, n) => ({
      n, page, group: groups[owners[n] - 1], language: tongues[spoken[n]], shard: shards[within[n] ?? 0] && `${shards[within[n]]}/`, table: Boolean(kinds[n] & 1), everywhere: Boolean(kinds[n] & 2),
      start: starts[n], text: starts[n] + heads[n], code: (starts[n + 1] ?? read.size) - (codes[n] ?? 0),
      behind: behind(n), facets: Object.fromEntries(facets.map(({ name, values, of }) => [name, values[of[n]]])),
    }));
    return {
      ...read, ...site.folding(read.fold), mean: read.size / starts.length, groups, facets, records, starts, languages: tongues.filter(Boolean),
      textStarts: numbers(read.texts), rowStarts: numbers(read.rows), cardStarts: numbers(read.cards),
      functionWords: new Set(read.fold.function_words.split(/\s+/)),
    };
  };

  let opened;
  const open = () =>
    (opened ??= load("manifest").then(unpacked).catch((error) => {
      opened = undefined;
      throw error;
    }));

  /* Made ready before the first key: the manifest, and of a small site everything. */
  const prepare = async () => {
    const index = await open();
    const files = { k: index.keys, t: index.textStarts, r: index.rowStarts };
    const names = Object.entries(files).flatMap(([kind, list]) => list.map((_, n) => kind + n));
    if (names.length <= SMALL) await Promise.all(names.map((name) => load(name, index.version)));
  };

  Object.assign(site, { root: ROOT, script, load, numbers, place, open, prepare });
})();
