"""Reports of as many districts as are wanted, each a practice report under another name: invented, like those."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count, islice, product
from pathlib import Path

PRACTICE = sorted((Path(__file__).parent / "fixtures/practice/texts").glob("*.txt"))
_FIRST, _SECOND = "云岚柳桥湖溪松柏桐槐枫梅兰竹菊荷莲桂榆杉", "川清临沅安宁平昌丰兴泰和康顺福瑞祥嘉德仁"
_OF_DISTRICT = ("清河区", "临沅县")  # the places whose reports these are


def composed(number: int, start: int = 0) -> dict[str, bytes]:
    """So many reports by the names of their files, from the start-th on: the same each time."""
    return dict(islice(_all(), start, start + number))


def _all() -> Iterator[tuple[str, bytes]]:
    texts = [path.read_text("utf-8") for path in PRACTICE if path.name < "06"]
    names = (f"{a}{b}{c}" for c in ("", *_SECOND) for a, b in product(_FIRST, _SECOND))
    for number, both in zip(count(), (pair for pair in zip(names, names, strict=False) for _ in texts), strict=False):
        text = texts[number % len(texts)]
        for old, name in zip(_OF_DISTRICT, both, strict=True):
            text = text.replace(old, name + old[-1]).replace(old[:-1], name)
        yield f"{number:06}.txt", text.encode()
