"""Figures -> the finished rows, groups and pictures of a page: its words and links. The templates only print."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace

from markupsafe import Markup

from ..figures.comparisons import Bar, Comparison, ComparisonKind, comparisons
from ..figures.computed import Computed, Rule
from ..figures.indicators import indicators, not_found
from ..ids import FIGURES, kind_of, row_of
from ..model import Bound, Doubt, Figure, Kind, Status
from ..outline.layout import PageBlocks
from ..rules import load
from ..wording import addresses
from ..wording.here import Here
from ..wording.marks import Mark, attribute, escape, mark
from ..wording.names import Names, Said
from ..wording.words import bound_key, value_words
from .linked import checked_by

_ROUND = 500  # characters on either side of a figure; the longest sentences of reports have 400
_THOUSAND = 1000  # the width of a picture's scale


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A figure in a table."""

    id: str  # r1-2-3-4-17
    value: str  # to its last digit
    bound: str  # the word before its digits: at least; none in Chinese
    sign: str  # that word as a sign
    unit: Said  # what follows it
    exact: str  # the number in full, where the value does not say it
    sort: str
    name: Said
    kind: str
    about: str  # period, base, target, doubt
    compared: Markup  # in HTML: what it is compared with, and what this site computed of it
    place: str
    link: Markup  # to its sentence, in Markdown
    page: Markup  # the same in HTML
    filters: str  # the keys of the filters that keep it
    said: Said | None  # its sentence with the figure marked, where the row opens it
    facts: tuple[tuple[str, Said], ...]  # what else the opened row tells, each with its name


@dataclass(frozen=True, slots=True)
class Group:
    """The figures of a theme."""

    id: str
    title: str
    count: str
    rows: tuple[FigureRow, ...]


@dataclass(frozen=True, slots=True)
class Filter:
    """A button that leaves only some rows."""

    key: str  # empty: all
    name: str
    count: int


@dataclass(frozen=True, slots=True)
class Inference:
    """A value this site computed, in its own table."""

    id: str
    sign: str
    bound: str
    value: str
    unit: Said
    subject: Said
    rule: str  # what it is: the year before, at most...
    formula: str
    differs: str  # how a sum stands to the total printed
    place: str
    link: Markup


@dataclass(frozen=True, slots=True)
class PictureBar:
    """A bar of a picture, in thousandths of its width."""

    label: Said
    value: str
    share: str  # of the whole, where it is a part
    start: int
    width: int
    computed: Markup | None  # where this site computed it: in HTML, to how


@dataclass(frozen=True, slots=True)
class Picture:
    """A comparison drawn."""

    id: str
    sort: str  # before or parts
    title: Said
    bars: tuple[PictureBar, ...]
    unit: Said
    place: str
    link: Markup  # in HTML
    shows: frozenset[str]  # the ids of its figures, as pictures have them


def rows(names: Names, here: Here, figures: Iterable[Figure], drawn: Collection[str] = ()) -> list[FigureRow]:
    """Rows that lead to the sentence. `drawn`: the ids of those beside which a picture shows the number before."""
    return [_row(names, here, figure, names.home(figure.sentence), figure.id in drawn) for figure in figures]


def figures_on(names: Names, page: PageBlocks) -> list[Figure]:
    """The figures that the headings, sentences and rows of a page state."""
    inside = {piece.id for piece in page.pieces}
    return [figure for figure in names.publication.figures if figure.sentence in inside]


def rows_on(names: Names, here: Here, page: PageBlocks) -> list[FigureRow]:
    """The rows of those."""
    return rows(names, here, figures_on(names, page))


def _row(names: Names, here: Here, figure: Figure, page: str, drawn: bool = False) -> FigureRow:
    value = names.written(figure)
    return FigureRow(
        id=row_of(figure.id),
        value=value.digits,
        bound=names.words(f"bound_{bound_key(figure)}") if names.lang else "",
        sign=names.words(f"sign_{bound_key(figure)}"),
        unit=_plain(value.unit),
        exact=value.exact,
        sort=f"{value.sort:f}",
        name=names.subject(figure, short=True),
        kind=names.kind_of(figure),
        about=_about(names, figure),
        compared=_compared(names, here, figure, drawn),
        place=names.place(figure.sentence),
        link=here.link(names, page, figure.id),
        page=here.page_link(names, page, figure.id),
        filters=" ".join(_filters_of(figure)),
        said=None,
        facts=(),
    )


def _opened(names: Names, here: Here, figure: Figure, indicator_pages: Collection[str]) -> FigureRow:
    """A row that opens its sentence."""
    row = _row(names, here, figure, names.home(figure.sentence))
    return replace(row, said=_said(names, figure), facts=tuple(_facts(names, here, figure, indicator_pages)))


def _said(names: Names, figure: Figure) -> Said:
    """The sentence or heading of a figure, with that one figure marked; of a very long one what stands round it, as
    each of its figures shows it."""
    piece = names.pieces[figure.sentence]
    english = names.translation.english(piece.id, piece.text)
    if english:
        span = names.figures_in_english(piece.id, english).get(figure.id)
        marks = [*names.titles(piece.id, english), *([Mark(*span, "shown")] if span else [])]
        return Said(mark(english, marks))
    at, end = figure.start - piece.start, figure.end - piece.start
    whole = len(piece.text) <= 2 * _ROUND
    first, last = (0, len(piece.text)) if whole else (max(0, at - _ROUND), min(len(piece.text), end + _ROUND))
    left, right = "…" * (first > 0), "…" * (last < len(piece.text))
    shown = Mark(at - first + len(left), end - first + len(left), "shown")
    return Said(mark(f"{left}{piece.text[first:last]}{right}", [shown]), names.lang)


def _about(names: Names, figure: Figure) -> str:
    """What a reader must know before comparing: a target, a period other than the report's year, a base, a doubt."""
    said = [names.words("target")] if figure.status is Status.TARGET else []
    if not names.lang and figure.unit not in figure.quote and not any(map(str.isdecimal, figure.quote)):
        said.append(names.words("amounts_to", value=names.written(figure).exact))  # in words: 翻三番, 8 倍
    if figure.period and figure.period != names.publication.year_reviewed:
        said.append(figure.period.replace("/", "–"))
    if figure.base and not names.lang:
        said.append(figure.base)
    elif figure.base_year:
        said.append(names.words("against", year=figure.base_year))
    if figure.doubt:
        said.append(names.words("doubtful"))
    return " · ".join(said)


def _compared(names: Names, here: Here, figure: Figure, drawn: bool) -> Markup:
    """↑7个百分点，上年 91.5%（本站计算）: what stands beside it in the report, then what follows and how; the number
    before not where it is drawn."""
    beside = names.against.get(figure.id)
    said = []
    if beside and beside.before and not drawn:
        said.append(escape(f"{names.words('bar_before')} {names.written(beside.before).text}"))
    if beside and beside.change:
        said.append(escape(names.moved(beside.change) + _base(names, beside.change)))
    told = [one for one in names.computed_of.get(figure.id, []) if is_told(one)]
    said += [_inferred(names, here, one) for one in told if not drawn or one.rule is not Rule.YEAR_BEFORE]
    return escape(names.words("against_and")).join(said)


def _base(names: Names, change: Figure) -> str:
    """What a change is measured against, where that is not the year before."""
    reviewed = names.publication.year_reviewed
    if not change.base_year or not reviewed or int(change.base_year) == int(reviewed) - 1:
        return ""
    return f" {names.words('against', year=change.base_year)}"


def is_told(one: Computed) -> bool:
    """Whether it stands beside its figure: a bound far from any value only in the table of what was computed."""
    return one.rule is not Rule.AT_MOST


def _inferred(names: Names, here: Here, one: Computed) -> Markup:
    """A value this site computed, marked as such, with a link to how."""
    link = here.page_link(names, FIGURES, one.id)
    return Markup("<a{}>{}</a>").format(
        attribute("href", link), escape(names.words("this_site", value=names.inferred(one)))
    )


def _facts(names: Names, here: Here, figure: Figure, indicator_pages: Collection[str]) -> Iterator[tuple[str, Said]]:
    """What the opened row adds: its name, and what it says."""
    words = names.words
    full, own = names.subject(figure), figure.subject
    if full.text != names.subject(figure, short=True).text:
        yield words("fact_subject"), full
    elif names.lang and not full.lang:
        yield words("fact_in_chinese"), names.own(own)
    if figure.subjects:
        yield words("fact_subjects"), names.own("；".join(figure.subjects))
    if figure.scope:
        yield words("fact_scope"), names.termed(figure.scope)
    if figure.base and names.lang:
        yield words("fact_base"), names.termed(figure.base)
    if figure.base_year:
        yield words("fact_base_year"), _plain(figure.base_year)
    if figure.indicator:
        indicator = indicators()[figure.indicator]
        said = words("indicator_says", name=indicator.names[names.language], says=indicator.says[names.language])
        yield words("fact_indicator"), _plain(said)
        if figure.indicator in indicator_pages:
            page = here.to(addresses.indicator(names.language, figure.indicator))
            yield "", Said(Markup("<a{}>{}</a>").format(attribute("href", page), escape(words("indicator_page"))))
    if figure.doubt:
        yield words("fact_doubt"), _plain(words(f"doubt_{figure.doubt}"))
    if figure.corrected and not all_checked(names):
        yield words("fact_corrected"), checked_by(names) or _plain(words("corrected_says"))


def all_checked(names: Names) -> bool:
    """Whether a person has read every name: then the page says so once."""
    return all(figure.corrected for figure in names.publication.figures)


def _plain(text: str) -> Said:
    return Said(escape(text))


# ---- groups and filters


def themes(names: Names) -> Iterator[tuple[str, str, list[Figure]]]:
    """The id, the title and the figures of each theme that has any, in the order of the themes; those of none last;
    inside each in reading order."""
    for row in [*load("themes")["themes"], None]:
        theme = row["theme"] if row else None
        figures = [figure for figure in names.publication.figures if figure.theme == theme]
        if figures:
            yield f"theme-{theme or 'none'}", row[names.language] if row else names.words("theme_none"), figures


def groups(names: Names, here: Here, indicator_pages: Collection[str]) -> list[Group]:
    """All figures by theme; `indicator_pages`: the codes of indicators that have a page."""
    return [
        Group(
            id_,
            title,
            names.words.count("count_figures", len(figures)),
            tuple(_opened(names, here, figure, indicator_pages) for figure in figures),
        )
        for id_, title, figures in themes(names)
    ]


def _filters_of(figure: Figure) -> list[str]:
    return [str(figure.kind), *(["doubtful"] if figure.doubt else []), *(["target"] if _is_target(figure) else [])]


def _is_target(figure: Figure) -> bool:
    return figure.status is Status.TARGET


def filters(names: Names) -> list[Filter]:
    """All, then each kind there is, targets and doubtful ones, with the number of its figures."""
    counts = Counter(key for figure in names.publication.figures for key in _filters_of(figure))
    keys = [*(str(kind) for kind in Kind), "target", "doubtful"]
    words = {key: names.words(f"kind_{key}") for key in map(str, Kind)}
    words |= {"target": names.words("target"), "doubtful": names.words("doubtful")}
    every = Filter("", names.words("all"), len(names.publication.figures))
    return [every, *(Filter(key, words[key], counts[key]) for key in keys if counts[key])]


def doubts(names: Names) -> list[str]:
    """What the doubts of this report's figures mean."""
    there = {figure.doubt for figure in names.publication.figures}
    return [names.words(f"doubt_{doubt}") for doubt in Doubt if doubt in there]


# ---- what is not there


def lacking(names: Names, here: Here) -> list[tuple[str, Markup]]:
    """What such reports are asked and the program did not find in this one: its name, and a search in HTML."""
    found = not_found(kind_of(names.report)["code"], names.publication.figures)
    return [
        (indicator.names[names.language], here.search(names, search[names.language])) for indicator, search in found
    ]


# ---- computed


def inferences(names: Names, here: Here) -> list[Inference]:
    """What this site computed, in the order of the report."""
    by_id = {figure.id: figure for figure in names.publication.figures}
    return [_inference(names, here, one, by_id[one.of]) for one in names.computed]


def _inference(names: Names, here: Here, one: Computed, figure: Figure) -> Inference:
    rule = one.rule.replace("-", "_")
    bound = "at_most" if one.bound is Bound.UNDER else "exact" if one.exact else "about"
    return Inference(
        id=one.id,
        sign=names.words(f"sign_{bound}"),
        bound=names.words(f"bound_{bound}"),
        value=value_words(one.value),
        unit=names.measured_in(one.unit),
        subject=names.inferred_subject(one),
        rule=names.words(f"rule_{rule}"),
        formula=one.formula,
        differs=_differs(names, one),
        place=names.place(figure.sentence),
        link=here.link(names, names.home(figure.sentence), figure.id),
    )


def _differs(names: Names, one: Computed) -> str:
    """How a sum stands to the total that the report prints."""
    if one.printed is None:
        return ""
    if one.printed == one.value:
        return names.words("sum_agrees")
    return names.words("sum_differs", printed=value_words(one.printed), by=value_words(abs(one.printed - one.value)))


# ---- pictures


def pictures(names: Names, here: Here) -> list[Picture]:
    """What is compared, drawn."""
    return [_picture(names, here, one) for one in comparisons(names.publication.figures, names.text)]


def _picture(names: Names, here: Here, one: Comparison) -> Picture:
    at, bars = 0, []
    for bar in one.bars:
        width = max(2, int(_THOUSAND * bar.value / one.full))
        bars.append(_bar(names, here, one, bar, at if one.sort is ComparisonKind.PARTS else 0, width))
        at += width
    figure, unit = one.bars[0].figure, names.measured_in(one.unit)
    return Picture(
        id=f"p{figure.id[1:]}",
        sort=str(one.sort),
        title=names.subject(one.bars[-1].figure) if one.sort is ComparisonKind.BEFORE else names.own(one.subject),
        bars=tuple(bars),
        unit=unit,
        place=names.place(figure.sentence),
        link=here.page_link(names, names.home(figure.sentence), figure.id),
        shows=frozenset(f"p{bar.figure.id[1:]}" for bar in one.bars),
    )


def _bar(names: Names, here: Here, one: Comparison, bar: Bar, start: int, width: int) -> PictureBar:
    if one.sort is ComparisonKind.PARTS:
        label = names.subject(bar.figure, short=True)
    elif one.bars[0].computed and names.publication.year_reviewed:
        label = _plain(str(int(names.publication.year_reviewed) - bar.before))
    else:
        label = _plain(names.words("bar_before" if bar.before else "bar_now"))
    about = names.words("sign_about") if bar.computed and not bar.computed.exact else ""
    share = f"{100 * bar.value / one.full:.1f}%" if one.sort is ComparisonKind.PARTS else ""
    how = here.page_link(names, FIGURES, bar.computed.id) if bar.computed else None
    return PictureBar(label, about + value_words(bar.value), share, start, width, how)
