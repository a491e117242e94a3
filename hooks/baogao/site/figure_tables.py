"""Figures -> the finished rows, groups and pictures of a page: its words and links. The templates only print."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from markupsafe import Markup

from ..figures.comparisons import Bar, Comparison, ComparisonKind, comparisons
from ..figures.computed import Computed, Rule, computed
from ..figures.indicators import indicators
from ..ids import node_of, page_of, row_of
from ..model import Bound, Doubt, Figure, Kind, Status
from ..rules import load
from ..wording import addresses
from ..wording.marks import Mark, attribute, escape, mark
from ..wording.names import Names, Said
from ..wording.words import bound_key, value_words
from .views import Filter, Group, Inference, Picture, PictureBar, Row

_THOUSAND = 1000  # the width of a picture's scale


def rows(names: Names, figures: Iterable[Figure], page: str = "", opened: bool = False) -> list[Row]:
    """Rows that lead to the sentence on its own page, or on the page given; if asked, each opens its sentence."""
    return [_row(names, figure, page or page_of(node_of(figure.sentence)), opened) for figure in figures]


def _row(names: Names, figure: Figure, page: str, opened: bool) -> Row:
    return Row(
        id=row_of(figure.id),
        value=value_words(figure.value),
        sign=names.words(f"sign_{bound_key(figure)}"),
        bound=names.words(f"bound_{bound_key(figure)}"),
        unit=names.unit_of(figure),
        name=names.subject(figure, short=True),
        kind=_kind(names, figure),
        about=_about(names, figure),
        place=names.place(figure.sentence),
        link=names.link(page, figure.id),
        page=names.page_link(page, figure.id),
        filters=" ".join(_filters_of(figure)),
        said=_said(names, figure) if opened else None,
        facts=tuple(_facts(names, figure)) if opened else (),
    )


def _said(names: Names, figure: Figure) -> Said:
    """The sentence or heading of a figure, with that one figure marked."""
    start, end = names.spans[figure.sentence]
    english = names.translation.english(figure.sentence, names.text[start:end])
    if english:
        span = names.figures_in_english(figure.sentence, english).get(figure.id)
        return Said(mark(english, [Mark(*span, "shown")] if span else []))
    return Said(mark(names.text[start:end], [Mark(figure.start - start, figure.end - start, "shown")]), names.lang)


def _kind(names: Names, figure: Figure) -> str:
    kind = names.words(f"kind_{figure.kind}")
    return f"{kind} · {names.words(f'direction_{figure.direction}')}" if figure.direction else kind


def _about(names: Names, figure: Figure) -> str:
    """What a reader must know before comparing: a target, a period other than the report's year, a base, a doubt."""
    said = [names.words("target")] if figure.status is Status.TARGET else []
    if not names.lang and figure.unit not in figure.quote and not any(map(str.isdecimal, figure.quote)):
        said.append(f"“{figure.quote}”")  # in words: 翻三番, given as 8 倍
    if figure.period and figure.period != names.publication.year_reviewed:
        said.append(figure.period.replace("/", "–"))
    if figure.base and not names.lang:
        said.append(figure.base)
    elif figure.base_year:
        said.append(names.words("against", year=figure.base_year))
    if figure.doubt:
        said.append(names.words("doubtful"))
    return " · ".join(said)


def _facts(names: Names, figure: Figure) -> Iterator[tuple[str, Said]]:
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
        yield words("fact_scope"), names.own(figure.scope)
    if figure.base and names.lang:
        yield words("fact_base"), names.own(figure.base)
    if figure.base_year:
        yield words("fact_base_year"), _plain(figure.base_year)
    if figure.indicator:
        indicator = indicators()[figure.indicator]
        said = words("indicator_says", name=indicator.names[names.language], says=indicator.says[names.language])
        yield words("fact_indicator"), _plain(said)
        if figure.indicator in names.indicator_pages:
            page = addresses.link(names.here, addresses.indicator(names.language, figure.indicator))
            yield "", Said(Markup("<a{}>{}</a>").format(attribute("href", page), escape(words("indicator_page"))))
    if figure.doubt:
        yield words("fact_doubt"), _plain(words(f"doubt_{figure.doubt}"))
    if figure.corrected:
        yield words("fact_corrected"), _plain(words("corrected_says"))


def _plain(text: str) -> Said:
    return Said(escape(text))


# ---- groups and filters


def groups(names: Names) -> list[Group]:
    """All figures by theme, in the order of the themes; those of none last; inside each in reading order."""
    found = []
    for row in [*load("themes")["themes"], None]:
        theme = row["theme"] if row else None
        figures = [figure for figure in names.publication.figures if figure.theme == theme]
        if figures:
            title = row[names.language] if row else names.words("theme_none")
            count = names.words.count("count_figures", len(figures))
            found.append(Group(f"theme-{theme or 'none'}", title, count, tuple(rows(names, figures, opened=True))))
    return found


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


# ---- computed


def inferences(names: Names) -> list[Inference]:
    """What this site computed, in the order of the report."""
    by_id = {figure.id: figure for figure in names.publication.figures}
    return [
        _inference(names, one, by_id[one.premises[0 if one.rule is Rule.SUM else -1]])
        for one in computed(names.publication.figures, names.text)
    ]


def _inference(names: Names, one: Computed, figure: Figure) -> Inference:
    rule = one.rule.replace("-", "_")
    bound = "at_most" if one.bound is Bound.UNDER else "exact" if one.exact else "about"
    return Inference(
        id=one.id,
        sign=names.words(f"sign_{bound}"),
        bound=names.words(f"bound_{bound}"),
        value=value_words(one.value),
        unit=names.measured_in(one.unit),
        subject=_subject_of(names, one),
        rule=names.words(f"rule_{rule}"),
        formula=one.formula,
        differs=_differs(names, one),
        place=names.place(figure.sentence),
        link=names.link(page_of(node_of(figure.sentence)), figure.id),
    )


def _subject_of(names: Names, one: Computed) -> Said:
    """In English the subjects of the figures it is about: the level, the part, all parts of a sum."""
    by_id = {figure.id: figure for figure in names.publication.figures}
    about = (
        one.premises[1:] if one.rule is Rule.SUM else one.premises[-1:] if one.rule is Rule.SHARE else one.premises[:1]
    )
    subjects = [names.subject(by_id[id_]) for id_ in about]
    if not names.lang or any(subject.lang for subject in subjects):
        return names.own(one.subject)
    return Said(Markup(", ").join(subject.text for subject in subjects))


def _differs(names: Names, one: Computed) -> str:
    """How a sum stands to the total that the report prints."""
    if one.printed is None:
        return ""
    if one.printed == one.value:
        return names.words("sum_agrees")
    return names.words("sum_differs", printed=value_words(one.printed), by=value_words(abs(one.printed - one.value)))


# ---- pictures


def pictures(names: Names) -> list[Picture]:
    """What is compared, drawn."""
    return [_picture(names, one) for one in comparisons(names.publication.figures, names.text)]


def _picture(names: Names, one: Comparison) -> Picture:
    at, bars = 0, []
    for bar in one.bars:
        width = max(2, int(_THOUSAND * bar.value / one.full))
        bars.append(_bar(names, one, bar, at if one.sort is ComparisonKind.PARTS else 0, width))
        at += width
    figure, unit = one.bars[0].figure, names.measured_in(one.unit)
    says = "，" if not names.lang else ", "
    return Picture(
        id=f"p{figure.id[1:]}",
        sort=str(one.sort),
        title=names.subject(one.bars[-1].figure) if one.sort is ComparisonKind.BEFORE else names.own(one.subject),
        says=says.join(f"{bar.label.text.unescape()} {bar.value} {unit.text.unescape()}".strip() for bar in bars),
        bars=tuple(bars),
        unit=unit,
        place=names.place(figure.sentence),
        link=names.page_link(page_of(node_of(figure.sentence)), figure.id),
    )


def _bar(names: Names, one: Comparison, bar: Bar, start: int, width: int) -> PictureBar:
    if one.sort is ComparisonKind.PARTS:
        label = names.subject(bar.figure, short=True)
    elif one.bars[0].computed and names.publication.year_reviewed:
        label = _plain(str(int(names.publication.year_reviewed) - bar.before))
    else:
        label = _plain(names.words("bar_before" if bar.before else "bar_now"))
    about = names.words("sign_about") if bar.computed and not bar.computed.exact else ""
    share = f"{100 * bar.value / one.full:.1f}%" if one.sort is ComparisonKind.PARTS else ""
    return PictureBar(label, about + value_words(bar.value), share, start, width, bool(bar.computed))
