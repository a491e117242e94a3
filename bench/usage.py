"""Real reports -> rules/usage.yml: in how many passages a word stands. Needs ../shared/reports.

Counted are the stretches between full stops, semicolons and line ends. Left out are words of fewer than `LEAST`, those
of fewer than `PLACES` places and the names of places and people; the others stand under the lower end of their class,
each half as large again as the last.
"""

from __future__ import annotations

import math
import re
import sys
from collections import Counter, defaultdict
from pathlib import Path

import rjieba

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "hooks"))
from baogao.outline.words import Class, segmented  # noqa: E402

LEAST = 6
PLACES = 4
_OFF = (Class.ADVERB, Class.PREPOSITION, Class.PARTICLE, Class.OTHER)


def _words(text: str) -> set[str]:
    return {
        one.text
        for one in segmented(text)
        if one.sort not in _OFF and re.fullmatch("[\u3400-\u9fffA-Za-z]{2,}", one.text)
    }


def main() -> None:
    """Writes the file."""
    counts: Counter[str] = Counter()
    places: dict[str, set[str]] = defaultdict(set)
    of = 0
    for path in sorted((ROOT.parent / "shared/reports").glob("*.txt")):
        for passage in re.split("[。；;\n]", path.read_text("utf-8", errors="replace")):
            if len(passage) >= 8:
                of += 1
                found = _words(passage)
                counts.update(found)
                for word in found:
                    places[word].add(path.stem.rstrip("0123456789-"))
    halves: Counter[str] = Counter()
    for word, count in counts.items():
        for half in {word[:2], word[-2:]} if len(word) > 2 else ():
            halves[half] += count
    names = {word for word in counts if any(tag.startswith(("nr", "ns")) for _, tag in rjieba.tag(word))}
    classes: dict[int, list[str]] = {}
    for word, count in sorted(counts.items()):
        if count >= LEAST and len(places[word]) >= PLACES and word not in names:
            total = min(of, count + halves[word])
            classes.setdefault(int(LEAST * 1.5 ** int(math.log(total / LEAST, 1.5))), []).append(word)
    lines = [
        "# In how many passages of real reports a word stands: counted by bench/usage.py, not written by hand.",
        f"of: {of}",
        "words:",
        *(f"  {least}: >-\n    {' '.join(words)}" for least, words in sorted(classes.items(), reverse=True)),
    ]
    (ROOT / "hooks/baogao/rules/usage.yml").write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main()
