"""Growth: time of each stage at n, 2n and 4n characters of the shapes that break parsers, and the most memory held.

    PYTHONPATH=hooks .venv/bin/python bench/growth.py [--size N] [--shapes NAME ...] [--stages N] [--seconds S]
    PYTHONPATH=hooks .venv/bin/python bench/growth.py --repeated [--slice K/N]
A report of one thing repeated (REPEATED) is a shape too, its pages included, and what MkDocs makes of them; of these
the K-th of N slices may be run alone.
Prints for each shape and stage the seconds at n and the ratios at 2n and 4n: 2 and 4 are linear, 4 and 16 quadratic.
Then the peak of resident memory of the whole at 4n, in bytes a character of the input. Each size runs in a process of
its own, and is stopped after S seconds.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

from baogao.figures.figures import find_figures
from baogao.figures.indicators import with_indicators
from baogao.model import ReportError
from baogao.outline.themes import with_themes
from baogao.outline.tree import outline
from baogao.publication.consistency import consistency_findings
from baogao.publication.publication import understand
from baogao.readers.source import read
from baogao.relations.links import links
from baogao.site import pages
from baogao.site.page import File, converted
from mkdocs.utils.meta import get_data

HEAD = "某某市清河区2023年度法治政府建设情况报告\n2023年,全区认真开展法治政府建设各项工作。现报告如下:\n"
PROSE = "全年受理行政复议案件1234件，同比增长12.5%，审结1180件，办结率达95.6%。"


def filled(unit: str, n: int) -> str:
    return (unit * (n // len(unit) + 1))[:n]


def numbered(form: str, n: int) -> str:
    """Headings 一、 to 九十九、, over and over."""
    digits = "一二三四五六七八九"
    numerals = [(digits[t - 1] if t > 1 else "") + ("十" if t else "") + (digits[o - 1] if o else "")
                for t in range(10) for o in range(10)][1:]  # fmt: skip
    return filled("".join(form.format(numeral) for numeral in numerals), n)


SHAPES: dict[str, Callable[[int], str]] = {
    "prose": lambda n: filled(f"一、工作成效\n（一）依法行政\n{PROSE * 3}\n", n),
    "one line without stops": lambda n: "一、甲\n" + filled("推进依法行政工作，健全制度体系，", n),
    "one line without marks": lambda n: "一、甲\n" + filled("推进依法行政工作健全制度体系", n),
    "one line with stops": lambda n: "一、甲\n" + filled(PROSE, n),
    "digits": lambda n: "一、甲\n" + filled("1234567890", n),
    "numerals": lambda n: "一、甲\n" + filled("一二三四五六七八九十百千万亿", n),
    "opening brackets": lambda n: "一、甲\n" + filled("（《“(", n),
    "closing brackets": lambda n: "一、甲\n" + filled("（", n // 2) + filled("》）", n // 2),
    "nested brackets": lambda n: "一、甲\n" + filled("（", n // 2) + filled("）", n // 2),
    "quoted stops": lambda n: "一、甲\n" + filled("“甲。乙；”", n),
    "spaces": lambda n: "一、甲\n" + filled("甲  \u3000\t", 50) + " " * n + "乙",
    "marks": lambda n: "一、甲\n" + filled("。；：！？!?", n),
    "blank lines": lambda n: "一、甲\n" + "\n" * n + "乙。",
    "control characters": lambda n: "一、甲\n" + filled("甲乙丙丁戊己庚辛壬癸\x07子丑\n", n),
    "sections": lambda n: numbered("{}、工作\n办理3件。\n", n),
    "one numeral": lambda n: filled("一、工作\n", n),
    "nested numerals": lambda n: filled("一、甲\n（一）乙\n1.丙。丁。\n（1）戊。己。\n", n),
    "items in a line": lambda n: "一、甲\n" + numbered("{}是加强监督；", n),
    "bodies": lambda n: filled("某某市司法局\n", n),
    "fields": lambda n: filled("来源:某某市 ", n),
    "table": lambda n: "一、甲\n" + filled("某某区\t12件\t98.5%\n", n),
    "cells": lambda n: "一、甲\n某某区\t1件\n" + filled("二、外交支出\n", n) + "乙\t2件\n",
    "figures": lambda n: "一、甲\n" + filled("办理案件12件，", n),
    "one indicator": lambda n: "一、甲\n" + filled("全年受理行政复议案件12件。", n),
    "attachments": lambda n: "一、甲\n" + filled("附件：\n", n) + "\n二、乙\n丙。",
    "instruments": lambda n: "一、甲\n" + filled("落实《法治政府建设实施纲要》和《办法》要求。", n),
}  # fmt: skip
# One thing repeated: of each the time a person waits for a report of it, or the limit that refuses it in one line. In
# lines of the length given, of which 25,000 characters are within the limit of a line.
REPEATED = (
    *"。、，；：“《（<*#[`\\_|&{$09一万亿%年月的-—…!~=>/",
    *[
        "和1件",
        "1%",
        "、其中1件",
        "由3件增至5件",
        "分别为1件、2件和3件，",
        "同比增长1%，",
        "《办法》",
        "落实《条例》，",
        "[1]",
        "2023年1月2日",
    ],
    *[
        "一是甲；",
        "（甲",
        "“甲《乙",
        "行政复议，",
        "办理行政复议案件12件。",
        "将推进行政复议工作。",
        "存在执法力量薄弱问题；",
        "三分之二、",
    ],
    *(f"{line}\n" for line in ["一、甲", "（一）甲。", "1.甲。", "附件：", "名词解释", "某某市司法局", "2024年1月2日"]),
    "12\t",
    "甲区\t12件\t98.5%\n",
)
SHAPES |= {
    f"{unit!r} in lines of {wide:,}": (lambda n, unit=unit, wide=wide: "一、甲\n" + _lines(unit, wide, n))
    for unit in REPEATED
    for wide in (60, 25_000)
}


def _lines(unit: str, wide: int, n: int) -> str:
    text = filled(unit, n)
    return text if "\n" in unit else "\n".join(text[at : at + wide] for at in range(0, n, wide))


STAGES = ("read", "outline", "themes", "figures", "consistency", "links", "pages", "conversion")


def _converted(file: File) -> str:
    return converted(get_data(file.content.decode())[0]) if file.path.endswith(".md") and not file.as_it_is else ""


def times(text: str, stages: int) -> dict[str, float]:
    """Seconds of each stage."""
    taken: dict[str, float] = {}

    def timed(name: str, work: Callable[[], Any]) -> Any:
        begin = time.process_time()
        made = work()
        taken[name] = time.process_time() - begin
        return made

    list(pages.files([understand("a.txt", (HEAD + SHAPES["prose"](500)).encode())]))  # rules are read once a process
    data = (HEAD + text).encode()
    try:
        source = timed("read", lambda: read("a.txt", data))
        report = timed("outline", lambda: outline(source))
        report = timed("themes", lambda: with_themes(report))
        timed("figures", lambda: with_indicators(find_figures(report, "2023"), source.text))
        if stages > 4:
            publication = understand("a.txt", data)
            timed("consistency", lambda: list(consistency_findings(publication)))
            timed("links", lambda: links([publication]))
        if stages > 6:
            made = timed("pages", lambda: list(pages.files([publication])))
            timed("conversion", lambda: [_converted(file) for file in made])
    except ReportError as error:
        print(error, file=sys.stderr)
    return taken


def measured(shape: str, n: int, stages: int, seconds: int) -> tuple[dict[str, float], int]:
    """Seconds of each stage and bytes of memory, from a process of its own; what was reached where it was stopped."""
    command = [sys.executable, __file__, "--one", shape, "--size", str(n), "--stages", str(stages)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=seconds, check=True)
    except subprocess.TimeoutExpired:
        return {}, 0
    except subprocess.CalledProcessError as error:
        print(error.stderr.splitlines()[-1:], file=sys.stderr)
        return {}, 0
    taken, memory = json.loads(done.stdout)
    return taken, memory


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", type=int, default=20_000, help="n, in characters")
    parser.add_argument("--shapes", nargs="*", default=list(SHAPES)[: -2 * len(REPEATED)], choices=list(SHAPES))
    parser.add_argument("--stages", type=int, default=len(STAGES), help="only the first so many")
    parser.add_argument("--seconds", type=int, default=120)
    parser.add_argument("--one", choices=list(SHAPES), help=argparse.SUPPRESS)
    parser.add_argument(
        "--repeated", action="store_true", help="of what is repeated: the seconds of 100,000 characters"
    )
    parser.add_argument("--slice", default="1/1", metavar="K/N", help="of what is repeated")
    asked = parser.parse_args()
    if asked.one:
        taken = times(SHAPES[asked.one](asked.size), asked.stages)
        print(json.dumps([taken, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024]))
        return
    if asked.repeated:
        number, of = map(int, asked.slice.split("/"))
        for shape in list(SHAPES)[-2 * len(REPEATED) :][number - 1 :: of]:
            taken, memory = measured(shape, 100_000, len(STAGES), asked.seconds)
            said = (
                f"{sum(taken.values()):.1f} s" + ("" if "conversion" in taken else ", refused") if taken else "stopped"
            )
            print(f"{shape:<40}", said, f"{memory / 1e6:.0f} MB", sep="\t", flush=True)
        return
    print(f"n = {asked.size:,} characters; seconds at n, ratio at 2n, at 4n", *STAGES[: asked.stages], sep="\t")
    for shape in asked.shapes:
        runs = [measured(shape, asked.size * times, asked.stages, asked.seconds) for times in (1, 2, 4)]
        cells = []
        for stage in STAGES[: asked.stages]:
            first, second, fourth = (taken.get(stage) for taken, _ in runs)
            if first is None or second is None or fourth is None:
                cells.append("stopped")
            else:
                # below a hundredth of a second the clock tells nothing
                ratios = f"x{second / first:.1f} x{fourth / first:.1f}" if fourth > 0.1 else ""
                cells.append(f"{first:.2f} {ratios}".strip())
        print(f"{shape:<24}", *cells, f"{runs[2][1] / (4 * asked.size):.0f} B", sep="\t", flush=True)


if __name__ == "__main__":
    main()
