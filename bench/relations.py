"""Links of 100, 1,000 and 10,000 reports of 5,000 characters, then rows, tensions, themes: CPU seconds, memory, ratio.

The reports are composed of sentences of the practice reports and, where they lie beside the checkout, of
../shared/reports: the counts of words are those of real text. Every tenth is the next year's of the one before. Each
size has a process of its own; its memory is told apart from that of the reports themselves, which a site holds anyway.
Other sizes: bench/relations.py 300 3000
"""

from __future__ import annotations

import random
import re
import resource
import sys
from dataclasses import replace
from multiprocessing import Pipe, get_context
from multiprocessing.connection import Connection
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "hooks"))
from baogao.outline.themes import with_themes  # noqa: E402
from baogao.outline.tree import outline  # noqa: E402
from baogao.publication.publication import Publication  # noqa: E402
from baogao.publication.sidecar import Sidecar  # noqa: E402
from baogao.readers.source import read  # noqa: E402
from baogao.relations.links import Link, links  # noqa: E402
from baogao.relations.matters import matters  # noqa: E402
from baogao.relations.tensions import tensions  # noqa: E402
from baogao.relations.themes import by_theme  # noqa: E402

SIZES = (100, 1_000, 10_000)
LENGTH = 5_000
PARTS = (("一、主要成效", 0.65), ("二、存在的不足", 0.05), ("三、下一年度工作安排", 0.3))


def sentences() -> list[str]:
    """What reports are composed of."""
    paths = [*(ROOT / "tests/fixtures/practice/texts").glob("*.txt"), *(ROOT.parent / "shared/reports").glob("*.txt")]
    texts = (path.read_text("utf-8", errors="replace") for path in sorted(paths))
    return sorted({one for text in texts for one in re.findall("[^。\n]{12,120}。", text)})


def composed(number: int, pool: list[str]) -> Publication:
    """A report of its own place; of ten, two are of one place in two years."""
    rng = random.Random(number)
    body = [f"测试{number - (number % 10 == 1)}县人民政府关于{2023 + (number % 10 == 1)}年度法治政府建设情况的报告"]
    for heading, share in PARTS:
        body.append(heading)
        length = 0
        while length < LENGTH * share:
            body.append(rng.choice(pool))
            length += len(body[-1])
    report = with_themes(outline(read(f"{number}.txt", "\n".join(body).encode())))
    return Publication(f"r{number}", report, (), (), Sidecar(), ())


def cpu() -> float:
    """Seconds of all processes so far: a machine with other work on it tells nothing by the clock."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def peak() -> float:
    """The most memory this process had so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measured(size: int, telling: Connection) -> None:
    """Tells the seconds of links, and a line."""
    pool = sentences()
    reports = [composed(number, pool) for number in range(size)]
    held, start = peak(), cpu()
    found = links(reports)
    took, more = cpu() - start, peak() - held
    by_report: dict[str, list[Link]] = {one.id: [] for one in reports}
    for link in found:
        by_report[link.from_.publication].append(link)
    for one in reports:
        alone = replace(one)  # whose layout is not kept
        matters(alone, by_report[one.id])
        tensions(alone)
        by_theme(alone)
    rows = cpu() - start - took
    memory = f"reports {held:6.0f} MB, links {more:5.0f} MB more, rows {peak() - held - more:4.0f} MB more"
    telling.send((took, f"{len(found):8} links {took:7.1f} s, rows {rows:6.1f} s; {memory}"))


def main() -> None:
    """Prints a line a size."""
    before: tuple[int, float] | None = None
    for size in [int(one) for one in sys.argv[1:]] or SIZES:
        here, there = Pipe(duplex=False)
        process = get_context("fork").Process(target=measured, args=(size, there))
        process.start()
        there.close()
        took, told = here.recv()
        process.join()
        ratio = f"; {took / before[1]:.1f} times the time of {before[0]}" if before else ""
        print(f"{size:6} reports: {told}{ratio}", flush=True)
        before = size, took


if __name__ == "__main__":
    main()
