"""English beside Chinese: how often pairs taken as right alarm, and how many seeded errors are caught.

    PYTHONPATH=hooks .venv/bin/python bench/agreement.py PAIRS.jsonl [--alarms] [--missed]
A line of PAIRS is {"zh": ..., "en": ...}. False alarms: pairs with a disagreement, of all. Seeded: 500 pairs with
digits in the English (seed 2); one number in digits, found by a pattern of this file that knows nothing of
numbers.py, gets another digit or ten times its size, or is dropped with its scale and rate. Years, dates, ordinals
and digits in names are no such numbers; the numbers of items ("2. We") are left in, though no figures. Last, every
"more than", "nearly"... before digits is dropped, one at a time. Caught: a disagreement that the unchanged pair had
not. Our rules were made with the official pairs at hand: the rates tell what is left, not what another translator's
text would give.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from collections import Counter
from pathlib import Path

from baogao.translation.agreement import Disagreement, disagreements

NUMBER = re.compile(
    r"(?<![A-Za-z0-9.,/+-])(?P<digits>[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?)(?![0-9A-Za-z:/+]|st\b|nd\b|rd\b|th\b|-1)"
    r"(?P<rest>(?: (?:hundred|thousand|million|billion|trillion))*(?: ?%| percent(?:age points?)?)?)"
)
YEAR = re.compile(r"(?:19|20)[0-9]{2}")
DATE = re.compile(r"(?:January|February|March|April|May|June|July|August|September|October|November|December|No\.) $")

BOUND = re.compile(
    r"\b(?:more than|at least|less than|nearly|around|about|over|approximately) "
    r"(?=[0-9])(?!(?:19|20)[0-9]{2}(?![0-9,]))"
)


def _numbers(text: str) -> list[re.Match[str]]:
    return [
        match
        for match in NUMBER.finditer(text)
        if not (YEAR.fullmatch(match["digits"]) and not match["rest"]) and not DATE.search(text[: match.start()])
    ]


def _digit(digits: str, rng: random.Random) -> str:
    """Another digit in one place, never a nought in front."""
    places = [n for n, c in enumerate(digits) if c.isdigit()]
    place = rng.choice(places)
    others = [d for d in "123456789" if d != digits[place]]
    return digits[:place] + rng.choice(others) + digits[place + 1 :]


def _tenfold(digits: str, rng: random.Random) -> str:
    whole, point, part = digits.replace(",", "").partition(".")
    if not point:
        return f"{int(whole) * 10:,}"
    moved = f"{whole}{part[0]}" + (f".{part[1:]}" if part[1:] else "")
    return re.sub("^0+(?=[0-9])", "", moved)


def _spoil(text: str, rng: random.Random) -> tuple[str, str]:
    """One number of the text changed, and how."""
    match = rng.choice(_numbers(text))
    kind = rng.choice(["digit", "tenfold", "dropped"])
    if kind == "dropped":
        new, end = "", match.end()
    else:
        new, end = (_digit if kind == "digit" else _tenfold)(match["digits"], rng), match.end("digits")
    return text[: match.start()] + new + text[end:], kind


def _unbound(pairs: list[dict[str, str]], before: list[tuple[Disagreement, ...]]) -> tuple[int, int]:
    """Bounds dropped one at a time, in every pair that has one; how many of them are caught."""
    tried = caught = 0
    for pair, known in zip(pairs, before, strict=True):
        for match in BOUND.finditer(pair["en"]):
            tried += 1
            spoiled = pair["en"][: match.start()] + pair["en"][match.end() :]
            caught += bool(set(disagreements(pair["zh"], spoiled)) - set(known))
    return caught, tried


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("pairs", type=Path)
    parser.add_argument("--alarms", action="store_true", help="print the pairs that alarm")
    parser.add_argument("--missed", action="store_true", help="print the errors that are not caught")
    options = parser.parse_args()
    pairs = [json.loads(line) for line in options.pairs.read_text("utf-8").splitlines()]
    before = [disagreements(pair["zh"], pair["en"]) for pair in pairs]
    alarms = sum(bool(found) for found in before)
    kinds = Counter(kind for found in before for kind in {d.kind.value for d in found})
    rng = random.Random(2)
    able = [n for n, pair in enumerate(pairs) if _numbers(pair["en"])]
    tried: Counter[str] = Counter()
    caught: Counter[str] = Counter()
    for n in rng.sample(able, min(500, len(able))):
        spoiled, kind = _spoil(pairs[n]["en"], rng)
        tried[kind] += 1
        if set(disagreements(pairs[n]["zh"], spoiled)) - set(before[n]):
            caught[kind] += 1
        elif options.missed:
            print(f"missed ({kind})\n  {pairs[n]['zh']}\n  {pairs[n]['en']}\n  {spoiled}")
    for pair, found in zip(pairs, before, strict=True):
        if found and options.alarms:
            shown = "; ".join(f"{d.kind}: {d.quote} [{d.expected}]" for d in found)
            print(f"alarm  {shown}\n  {pair['zh']}\n  {pair['en']}")
    share, sorts = 100 * alarms / len(pairs), ", ".join(f"{kind} {n}" for kind, n in kinds.items())
    print(f"false alarms: {alarms} of {len(pairs)} pairs, {share:.2f} % ({sorts})")
    total = sum(tried.values())
    each = ", ".join(f"{kind} {caught[kind]}/{tried[kind]}" for kind in sorted(tried))
    print(
        f"seeded errors caught: {sum(caught.values())} of {total}, {100 * sum(caught.values()) / total:.1f} % ({each})"
    )
    dropped, bounds = _unbound(pairs, before)
    print(f"bounds dropped and caught: {dropped} of {bounds}, {100 * dropped / bounds:.1f} %")


if __name__ == "__main__":
    main()
