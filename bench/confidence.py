"""Names that people judged -> what each sign of a right one is worth: rules/confidence.yml, rules/usual_names.yml.

Run from the root of the project; needs ../shared/reports and ../shared/corpus:
    python bench/confidence.py [--aside FILE] [--least N] [--write]
The names of all reports are counted by place (2 minutes; kept in .cache/names.json, to be deleted where code changed).
Then each judged name (tests/judged_names.jsonl by readers who had not seen the program, tests/read_names.jsonl by one
who had) shows its signs, as it was judged, in its sentence as it is read today; its own place counts for nothing. Their
worth is found by logistic regression with a penalty, and rounded. What is printed was cross-validated: the points of a
name come of other files. FILE lists, one a line, names of files not to be looked at: they are kept to judge by.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import re
import sys
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "hooks"))
from baogao.figures.clauses import spots  # noqa: E402
from baogao.figures.confidence import core, ending, signs  # noqa: E402
from baogao.figures.figures import find_figures  # noqa: E402
from baogao.figures.quantity import find_quantities_on  # noqa: E402
from baogao.model import Part, Report, ReportError  # noqa: E402
from baogao.outline.topics import topics_of  # noqa: E402
from baogao.outline.tree import outline  # noqa: E402
from baogao.readers.source import read  # noqa: E402
from baogao.rules import load  # noqa: E402

RULES = ROOT / "hooks/baogao/rules"
KEPT = ROOT / ".cache/names.json"
JUDGED = (ROOT / "tests/judged_names.jsonl", ROOT / "tests/read_names.jsonl")
CLASSES = (2, 10)  # places
PENALTY = 3.0
SCALE = 10  # points for a factor of e
FOLDS = 10
ROUNDS = 30
FOLDERS = (ROOT / "seeds", ROOT / "tests/fixtures", *(ROOT.parent / "shared" / name for name in ("reports", "corpus")))
_PLAIN = re.compile("[\\w（）“”、.－-]+")


@dataclass(frozen=True, slots=True)
class Case:
    """A name that was judged."""

    file: str
    wrong: bool
    given: bool  # the program gives it still
    known: bool  # by a reader who knew the program, of reports that nobody had judged before
    signs: frozenset[str]


def place_of(file: str) -> str:
    """The place a report is of, by the name of its file: gov-city-甲市-2003.txt."""
    return re.sub("-[0-9]{4}[.].*$", "", file)


def passages(report: Report) -> Iterator[tuple[str, str, str]]:
    """Of each sentence its id, the one before in its node, and its text; no rows of tables."""
    for run in (report.preamble, *(section.sentences for section in report.walk()), report.annex):
        for before, one in zip((None, *run), run, strict=False):
            if one.part is not Part.TABLE:
                yield one.id, before.text if before and before.part is one.part else "", one.text


def read_all(aside: set[str]) -> dict[str, Any]:
    """Of each report its names; of each judged name the sentence it stands in, and what is given today."""
    wanted: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for path in JUDGED:
        for line in path.read_text("utf-8").splitlines():
            row = json.loads(line)
            wanted[row["sha256"]].append({**row, "known": path is JUDGED[1]})
    names: dict[str, list[str]] = {}
    cases: list[dict[str, Any]] = []
    for path in (one for folder in FOLDERS for one in sorted(folder.rglob("*.txt")) if one.name not in aside):
        data = path.read_bytes()
        try:
            report = outline(read(path.name, data))
        except ReportError:
            continue
        figures = {one.id: one for one in find_figures(report)}  # as the grammar alone names them
        names[path.name] = [one.subject for one in figures.values() if one.subject]
        texts = {sentence: texts for sentence, *texts in passages(report)}
        for row in wanted.get(hashlib.sha256(data).hexdigest(), []):
            figure = figures.get(row["id"])
            if figure and figure.sentence in texts and row["name"]:
                before, text = texts[figure.sentence]
                cases.append({**row, "before": before, "text": text, "given": figure.subject == row["name"]})
    return {"names": names, "cases": cases}


def counted(names: dict[str, list[str]]) -> dict[str, dict[str, set[str]]]:
    """Names and their endings -> the places whose reports have them."""
    found: dict[str, dict[str, set[str]]] = {"names": defaultdict(set), "endings": defaultdict(set)}
    for file, given in names.items():
        for bare in map(core, given):
            found["names"][bare].add(place_of(file))
            found["endings"][ending(bare)].add(place_of(file))
    return found


def case_of(row: dict[str, Any], found: dict[str, dict[str, set[str]]]) -> Case | None:
    """A judged name with its signs; none where its number is not read any more."""
    quantities = find_quantities_on(row["before"], row["text"])
    numeral = int(row["id"].rpartition("-")[2])
    n = next((n for n, one in enumerate(quantities) if one.numeral == numeral), None)
    if n is None:
        return None
    topic = topics_of(row["text"][: quantities[-1].end]).at(quantities[n].start)
    shown = {
        one
        for one in signs(row["name"], spots(row["text"], quantities)[n], topic, len(quantities))
        if "_of_1" not in one and "_of_2" not in one
    }
    bare, own = core(row["name"]), {place_of(row["file"])}
    for kind, where in (("name", found["names"][bare]), ("ending", found["endings"][ending(bare)])):
        shown |= {f"{kind}_of_{least}" for least in CLASSES if len(where - own) >= least}
    return Case(row["file"], row["verdict"] == "wrong", row["given"], row["known"], frozenset(shown))


def learned(cases: Sequence[Case], names: Sequence[str]) -> dict[str, int]:
    """What each sign is worth: one weight after the other is moved to where it fits best, until none moves."""
    weights, bias = dict.fromkeys(names, 0.0), 0.0
    shown = {name: [n for n, case in enumerate(cases) if name in case.signs] for name in names}
    odds = [0.0] * len(cases)
    for _ in range(ROUNDS):
        step = _step(cases, odds, range(len(cases)), bias, 0)
        bias, odds = bias + step, [one + step for one in odds]
        for name in names:
            step = _step(cases, odds, shown[name], weights[name], PENALTY)
            weights[name] += step
            for n in shown[name]:
                odds[n] += step
    return {name: round(SCALE * weight) for name, weight in weights.items()}


def _step(cases: Sequence[Case], odds: Sequence[float], rows: Iterable[int], weight: float, penalty: float) -> float:
    """Newton's, of the log of the odds that a name is right."""
    slope, bend = -penalty * weight, penalty + 1e-9
    for n in rows:
        likely = 1 / (1 + math.exp(-odds[n]))
        slope += (not cases[n].wrong) - likely
        bend += likely * (1 - likely)
    return slope / bend


def scored(cases: Sequence[Case], names: Sequence[str]) -> list[int]:
    """The points of each name, by what the names of other files say."""
    fold = [zlib.crc32(case.file.encode()) % FOLDS for case in cases]
    worth = [learned([case for case, at in zip(cases, fold, strict=True) if at != n], names) for n in range(FOLDS)]
    return [
        sum(worth[at][sign] for sign in case.signs if sign in worth[at]) for case, at in zip(cases, fold, strict=True)
    ]


def told(cases: Sequence[Case], points: Sequence[int]) -> Iterator[str]:
    """Line by line: with how many points at least how many names stay, and how many of these are wrong."""
    groups = {
        "as judged": [True] * len(cases),
        "still given": [case.given for case in cases],
        "reports met first": [case.known for case in cases],
    }
    yield "least  " + "".join(f"{f'{group}: {sum(mine)}':>26}" for group, mine in groups.items())
    for least in (-100, *range(-20, 16)):
        line = f"{least:5}  "
        for mine in groups.values():
            all_, stay = (
                sum(mine),
                [case.wrong for case, at, own in zip(cases, points, mine, strict=True) if own and at >= least],
            )
            line += f"{f'{len(stay) / all_:.0%} stay, {sum(stay) / max(1, len(stay)):.1%} wrong':>26}"
        yield line


def usual(found: dict[str, dict[str, set[str]]]) -> str:
    """rules/usual_names.yml."""
    lines = [
        "# Names, and last two words of names, that reports of several places have: counted by bench/confidence.py,",
        "# not written by hand. Under 2 stand those of two places or more, under 10 those of ten or more.",
        f"classes: [{', '.join(map(str, CLASSES))}]",
    ]
    for kind, words in found.items():
        lines.append(f"{kind}:")
        for least, most in zip(CLASSES, (*CLASSES[1:], math.inf), strict=True):
            listed = sorted(
                word for word, where in words.items() if least <= len(where) < most and _PLAIN.fullmatch(word)
            )
            lines.append(f"  {least}: >-\n    {' '.join(listed)}")
    return "\n".join(lines) + "\n"


def main() -> None:
    """Counts, learns, prints; writes both files with --write."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--aside", type=Path, help="names of files not to be looked at, one a line")
    parser.add_argument("--least", type=int, help="the points a name needs, to be written")
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    aside = set(asked.aside.read_text("utf-8").split()) if asked.aside else set()
    if not KEPT.exists():
        KEPT.parent.mkdir(exist_ok=True)
        KEPT.write_text(json.dumps(read_all(aside), ensure_ascii=False), "utf-8")
    kept = json.loads(KEPT.read_text("utf-8"))
    found = counted(kept["names"])
    cases = [case for row in kept["cases"] if (case := case_of(row, found))]
    names = [row["sign"] for row in load("confidence")["signs"]]
    print(f"{len(cases)} names, {sum(case.wrong for case in cases)} wrong; {sum(case.given for case in cases)} given")
    for line in told(cases, scored(cases, names)):
        print(line)
    worth = learned(cases, names)
    for name, points in sorted(worth.items(), key=lambda one: one[1]):
        mine = [case.wrong for case in cases if name in case.signs]
        print(f"{points:4}  {name:16} of {len(mine):4} names {sum(mine) / max(1, len(mine)):.0%} wrong")
    if asked.write:
        (RULES / "usual_names.yml").write_text(usual(found), "utf-8")
        path = RULES / "confidence.yml"
        rules = re.sub(
            "sign: ([a-z_0-9]+), points: -?[0-9]+",
            lambda row: f"sign: {row[1]}, points: {worth[row[1]]}",
            path.read_text("utf-8"),
        )
        path.write_text(
            re.sub("(?m)^least: .*", f"least: {asked.least}", rules) if asked.least is not None else rules, "utf-8"
        )


if __name__ == "__main__":
    main()
