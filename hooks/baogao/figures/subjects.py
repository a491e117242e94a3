"""text and its Quantities -> what each of them measures, named from the report's own words.

The subject is made of the clause the number stands in, and where the clause only acts (受理79件), names a bare
rate (合格率100%) or compares (同比增长1.2%), of what it carries on from: the thing counted before, or the matter the
passage is about (rules/matters.yml). A word of measure is put behind where the unit calls for one (占比, 次数).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from ..model import Doubt, Kind, Quantity
from ..patterns import FOOTNOTE_MARK, HAN, HAN_CHARACTER, IN_PHRASE, ORDINAL
from ..rules import load
from .clauses import Spot, spots


@dataclass(frozen=True, slots=True)
class Name:
    """What a number measures."""

    subject: str  # stands alone
    things: tuple[str, ...] = ()  # each of those one number is stated for, where there are several
    doubt: Doubt | None = None

    @property
    def short(self) -> str:
        """For tables: without an action that only holds or handles, and of a long one the end, from an action on."""
        subject = _holding().sub("", self.subject)
        if len(subject) <= _LONG:
            return subject
        ends = (found.start() for found in _action().finditer(subject))
        cuts = [at for at in ends if _SHORT < len(subject) - at <= _LONG and _is_whole(subject[at:])]
        return subject[cuts[0] :] if cuts else subject


_LIST_MARK = re.compile("^[、,，和及与\\s]+|[、\\s]+$")
_FOOTNOTE = re.compile(f"{FOOTNOTE_MARK}|[（(][0-9]{{1,2}}[）)]$")
_COMPARED = re.compile(f"(?:较|比|同比|环比|与){IN_PHRASE}{{0,16}}$")
_NO_COUNT = frozenset({"multiple", "time", "score", "ratio", "times", "sessions"})
WAS = "原"  # before the subject of the number that was
_LONG = 14  # so many characters fit a line of a table
_SHORT = 4  # so few characters are an action or a bare rate, and need the topic before them
_BARE_RATE = 5  # with so many characters before 率, a rate needs what it is the rate of: 按期办结率
_BARE = 2  # other measures: 播放量, 参考人数


@cache
def _edges() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """What is taken off the left end, off the right end, and the actions at the left end."""
    rules = load("subjects")
    before, after = rules["opening_kept"], rules["closing_kept"]
    opening = (re.escape(w) + (f"(?![{before[w]}])" if w in before else "") for w in _longest(rules["opening"]))
    closing = ((f"(?<![{after[w]}])" if w in after else "") + re.escape(w) for w in _longest(rules["closing"]))
    number = f"[（(]?{ORDINAL}(?:[是要、]|[)）])|[（(][0-9]{{1,2}}[)）]|[0-9]{{1,2}}[.．、](?![0-9])"
    return (
        re.compile(f"^(?:{number}|{'|'.join(opening)})+"),
        re.compile(f"(?:{'|'.join(closing)})+$"),
        re.compile(f"^(?:{'|'.join(map(re.escape, _longest(rules['actions'])))})+"),
    )


@cache
def _way() -> re.Pattern[str]:
    """The words that say how or by what something was done, up to the action: 通过公开招考增配."""
    rules = load("subjects")
    return re.compile(
        f"^(?:{'|'.join(rules['ways'])}){IN_PHRASE}*(?=(?:{'|'.join(_longest(rules['actions']))}){IN_PHRASE}{{3}})"
    )


def _is_whole(phrase: str) -> bool:
    """Whether no quotation or bracket is cut."""
    return all(phrase.count(left) == phrase.count(right) for left, right in ("“”", "（）", "()"))


@cache
def _action() -> re.Pattern[str]:
    """An action of two characters or more anywhere."""
    return re.compile("|".join(word for word in _longest(load("subjects")["actions"]) if len(word) > 1))


@cache
def _holding() -> re.Pattern[str]:
    """The actions that only hold an event: the number counts the event, 举办宣讲5场 is 宣讲场次."""
    return re.compile(f"^(?:{'|'.join(_longest(load('subjects')['holding']))})+(?=[^，,]{{4}})")


def _longest(words: Iterable[str]) -> list[str]:
    return sorted(words, key=len, reverse=True)


def _trim(words: str) -> str:
    """Without list marks, pointers and the words that lead to the number."""
    opening, closing, _ = _edges()
    words = _FOOTNOTE.sub("", words)
    words = _LIST_MARK.sub("", words).strip()
    words = _LIST_MARK.sub("", closing.sub("", opening.sub("", words)).strip())
    return _way().sub("", words)


def _noun(words: str) -> str:
    """What is left of a subject without its action: 受理矛盾纠纷 -> 矛盾纠纷."""
    rest = _edges()[2].sub("", words)
    return rest if len(rest) > 1 and rest[0] not in "、和或" else words


@cache
def _matters() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((row["name"], re.compile(row["match"])) for row in load("matters")["matters"])


def _mentions(text: str) -> list[tuple[int, str]]:
    """The end of each mention of a matter and its name, in order; of two that end together the first in the table."""
    found: dict[int, str] = {}
    for name, pattern in _matters():
        for match in pattern.finditer(text):
            found.setdefault(match.end(), name)
    return sorted(found.items())


@lru_cache(4096)
def matter_of(text: str) -> str:
    """The matter a text names last, empty where it names none."""
    mentions = _mentions(text)
    return mentions[-1][1] if mentions else ""


def _joined(base: str, own: str) -> str:
    """A matter before what is said of it, what they share said once: 人民调解, 调解成功 -> 人民调解成功."""
    shared = next((n for n in range(min(len(base), len(own)), 1, -1) if base.endswith(own[:n])), 0)
    return base + own[shared:]


_RATE = re.compile("(?:率|比|占比|比例|比重|度|额|金额|得分|平均分|用时)$")
_PROPORTION = re.compile("率$|比$|比例$|比重$|占|度$|幅$|达标$|覆盖$|成$")
_ITEM = re.compile("[、和及与]")
_RESPECTIVELY = re.compile("(.+?)(?:分别|依次)[^、]{0,6}$")
_EXAMPLES = re.compile(f"^(?P<named>[^的]*[^平高中初同相优上下])等(?![级次候待同到于])(?P<kind>{IN_PHRASE}*)$")
_MEASURE = re.compile("(?:率|人数|次数|数量|总量|金额|额|量|得分|平均分|用时|度)$")
_SCOPE = re.compile("^(?:全|我|本)[国省市区县镇乡州局](?!域)")
_PREDICATE = re.compile("^(?:全部|全数|均|都|已|获|受到|取得|参加|参考|通过|达到|合格)")
_ALL = re.compile("(?<![平人])[均都](?:为|达到?|是|在)*$")
# what is said of all of them: 12件文件均备案
_REACHED = re.compile(f"(?<=[{HAN}]{{4}})(?<![平人])[均都](?!衡|等|质|市)")
_FOR = re.compile("[为对向给与同]$")  # 邀请专家为300名执法人员授课: the thing counted is behind
_TOWARDS = re.compile("^(?:并|还|再)?[对向]")  # 对7个领域，开展监督: what was done is in the clause behind
_OUT_OF = re.compile("(?:仅|约|已)?占([^，,。；;占]{2,})$")


@dataclass(slots=True)
class Topic:
    """What the sentences of a node have been speaking of."""

    matter: str = ""  # what the passage is about, named last
    topic: str = ""  # the thing counted last, without its action
    last: str = ""  # the subject before
    fresh: bool = False  # the topic was named after the matter
    sentence: int = 0  # counted from 1
    matter_in: int = 0  # the sentence that named it; 0 for a heading
    topic_in: int = 0
    last_in: int = 0
    carried: bool = False  # the subject being made leans on an earlier sentence

    def name(self, text: str, quantities: tuple[Quantity, ...]) -> list[Name]:
        """The names of the quantities of one sentence."""
        all_spots = spots(text, quantities)
        listed = dict(_respectively(all_spots))
        mentions = _mentions(text) if quantities else []
        names: list[Name] = []
        read, self.sentence = 0, self.sentence + 1
        for n, spot in enumerate(all_spots):
            while read < len(mentions) and mentions[read][0] <= spot.end:
                self.matter, self.matter_in, self.fresh = mentions[read][1], self.sentence, False
                read += 1
            self.carried = False
            name = self._name(spot, listed.get(n, ""), names)
            noun = _noun(name.subject)
            if self._is_thing(spot.quantity, noun) and not self._is_part(spot, noun):
                self.topic, self.topic_in, self.fresh = noun, self.sentence, not self._of_matter(name.subject)
            if spot.quantity.kind is not Kind.CHANGE or not name.subject.startswith(self.last):
                self.last, self.last_in = name.subject.removeprefix(WAS), self.sentence
            names.append(name)
        return names

    def _name(self, spot: Spot, listed: str, before: list[Name]) -> Name:
        head = _without_examples(spot.head, spot.tail)
        tail = _without_examples(_REACHED.split(spot.tail)[0], "")
        if _ALL.search(head) and not listed:
            shared = self._shared(spot.quantity, head, before)
            if shared:
                return shared
        subject = listed or self._subject(spot, head, tail)
        if not subject:
            return Name(spot.quote, doubt=Doubt.UNNAMED)
        subject = _measured(subject, spot.quantity, _trim(tail))
        return Name((WAS if spot.former else "") + subject, doubt=Doubt.CARRIED if self.carried else None)

    def _lean(self, words: str, named_in: int) -> str:
        """Words of before, noting whether they come from an earlier sentence."""
        self.carried |= bool(words) and 0 < named_in < self.sentence
        return words

    def _the_matter(self) -> str:
        """The matter; that of the sentence just before is no guess yet."""
        return self._lean(self.matter, self.matter_in and self.matter_in + 1)

    def _shared(self, quantity: Quantity, head: str, before: list[Name]) -> Name | None:
        """办理建议63件，提案68件，办结率和满意率均为100%: one number for each rate of each thing."""
        rates = [_trim(one) for one in _ITEM.split(_trim(head))]
        if quantity.kind is not Kind.SHARE or not all(map(_is_bare_measure, rates)):
            return None
        counted = [name.subject for name in before[-2:]] if len(before) > 1 else [self._lean(self.last, self.last_in)]
        bases = [_noun(subject) for subject in counted]
        if any(_RATE.search(base) for base in bases):
            return None
        things = tuple(_joined(base, rate) for base in bases for rate in rates)
        return Name("、".join(bases) + _trim(head), things if len(things) > 1 else ())

    def _is_thing(self, quantity: Quantity, noun: str) -> bool:
        """Something counted that what follows may be said of; not a length of time, not an action alone."""
        counted = quantity.kind is Kind.LEVEL and quantity.dimension not in _NO_COUNT
        return counted and len(HAN_CHARACTER.findall(noun)) >= _SHORT and not _edges()[2].match(noun)

    def _needs_matter(self, own: str) -> bool:
        """A short action that says nothing of the matter: 提出修改意见. Of an earlier sentence it must be shorter."""
        if not self.matter or self.fresh or not _edges()[2].match(own) or matter_of(own):
            return False
        return self.matter_in in (0, self.sentence) or len(HAN_CHARACTER.findall(_noun(own))) < _SHORT

    def _of_matter(self, subject: str) -> bool:
        return bool(self.matter) and (subject.startswith(self.matter) or matter_of(subject) == self.matter)

    def _is_part(self, spot: Spot, noun: str) -> bool:
        """A part of the topic does not take its place (其中维持43件), nor does the topic with an action."""
        return bool(self.topic) and (spot.inside or noun.startswith(self.topic))

    def _subject(self, spot: Spot, head: str, tail: str) -> str:
        quantity, own, rest = spot.quantity, _trim(head), _trim(tail)
        if rest and _FOR.search(head):
            own = ""
        elif not rest and _TOWARDS.search(head) and quantity.kind is Kind.LEVEL:
            own = _trim(spot.behind) or own
        if share := _OUT_OF.search(own):
            return f"{_trim(own[: share.start()]) or self._lean(self.last, self.last_in)}占{share[1]}比例"
        if quantity.kind is Kind.CHANGE and not rest and len(HAN_CHARACTER.findall(own)) <= _SHORT + 4:
            return self._changed(spot, head, own)
        if rest and not _RATE.search(own):
            return self._behind(head, own, rest)
        bare = _SCOPE.sub("", own)
        if _is_bare_measure(bare):
            return own if self._is_stale(spot) else self._measure_of(bare) or own
        length, acts = len(HAN_CHARACTER.findall(own)), bool(_edges()[2].match(own))
        if length > _SHORT + 2 or (length > _SHORT and not self._needs_matter(own)):
            return own
        if length >= _SHORT and not acts and not spot.inside and quantity.kind is Kind.LEVEL:
            return own
        if not own:
            return self._lean(self.last, self.last_in)
        if self._is_stale(spot):
            return _context(spot.before, own) + own
        if self.matter and (acts or not self.fresh):
            return _joined(self._the_matter(), own)
        return own if own in self.topic else self._lean(self.topic, self.topic_in) + own

    def _is_stale(self, spot: Spot) -> bool:
        """Whether a clause without a number has turned to something else since the matter was named."""
        return spot.turned and self.sentence not in (self.matter_in, self.topic_in)

    def _behind(self, head: str, own: str, rest: str) -> str:
        """The words behind the number, after those before it that act: 健全144个人民调解组织."""
        said = rest if head.startswith("、") else own + rest
        if not own and _PREDICATE.search(rest) and len(HAN_CHARACTER.findall(rest)) <= _SHORT + 2:
            return _joined(self._matter_or_topic(), said)
        return said if len(said) > 1 else _joined(self._matter_or_topic(), said)

    def _matter_or_topic(self) -> str:
        return self._the_matter() or self._lean(self.topic, self.topic_in)

    def _measure_of(self, measure: str) -> str:
        """A bare measure with what it measures: 播放量 of the thing counted last, 出庭率 of the matter."""
        if self.last and not _MEASURE.search(self.last) and not self.matter:
            base = _noun(self._lean(self.last, self.last_in))
        elif self.fresh:
            base = self._lean(self.topic, self.topic_in)
        else:
            base = self._matter_or_topic()
        return _joined(base, measure) if base else ""

    def _changed(self, spot: Spot, head: str, own: str) -> str:
        """案件数较上年减少; the subject before, where the clause only compares."""
        compared = _COMPARED.search(head)
        thing = _trim(head[: compared.start()]) if compared else own
        base = thing if len(thing) > 2 else self._lean(self.last, self.last_in)
        verb = _trim(_NOT_HAN.sub("", spot.lead))
        against = re.sub("分别$", "", compared[0]) if compared else ""
        return base if base.endswith(against + verb) else base + against + verb


_NOT_HAN = re.compile(f"[^{HAN}]")
_YEAR = re.compile("[0-9]{4}年$")
_CONTEXT = 12  # so many characters of the clause before may stand before a name


def _context(clause: str, own: str) -> str:
    """What the clause before names, where it is short: 开展市场准入等专场直播，点赞20万人次 -> 专场直播."""
    words = _holding().sub("", _trim(_without_examples(_trim(clause), own)))
    return words if len(HAN_CHARACTER.findall(words)) <= _CONTEXT else ""


def _is_bare_measure(words: str) -> bool:
    """Whether the words name a measure and hardly of what: 出庭率, 播放量, 参考人数."""
    measure = _MEASURE.search(words)
    if not measure or matter_of(words):
        return False
    return len(HAN_CHARACTER.findall(words, 0, measure.start())) <= (_BARE_RATE if measure[0] == "率" else _BARE)


def _without_examples(head: str, tail: str) -> str:
    """企业、工地等活动 -> 活动: what is counted, without the examples named before it; the action stays."""
    found = _EXAMPLES.match(head)
    if not found or len(HAN_CHARACTER.findall(found["kind"] + tail)) <= _SHORT:
        return head
    action = _edges()[2].match(_edges()[0].sub("", found["named"].lstrip("、,，")))
    return (action[0] if action else "") + found["kind"]


def _measured(subject: str, quantity: Quantity, tail: str) -> str:
    """With the word of measure its kind or unit calls for: 本科以上占比, 法治宣传活动场次."""
    if quantity.kind is Kind.SHARE and quantity.dimension == "percent" and not _PROPORTION.search(subject):
        return f"{subject}占比"
    measure: str = load("subjects")["measures"].get(quantity.unit, "")
    if quantity.kind is Kind.LEVEL and quantity.unit in load("subjects")["unit_nouns"]:
        return f"{subject}的{quantity.unit.removeprefix('大')}"
    if quantity.kind is not Kind.LEVEL or tail or not measure or _MEASURE.search(subject):
        return subject
    return _holding().sub("", subject) + measure


def _respectively(all_spots: Sequence[Spot]) -> Iterator[tuple[int, str]]:
    """企业、个体工商户分别为214.2万户、486.9万户: to each number its own thing, counted from the end."""
    for n, spot in enumerate(all_spots):
        found = _RESPECTIVELY.search(spot.head)
        if not found:
            continue
        chain = [n]
        while chain[-1] + 1 < len(all_spots) and all_spots[chain[-1] + 1].joined:
            chain.append(chain[-1] + 1)
        items = [_trim(item) for item in _ITEM.split(found[1]) if _trim(item)]
        if any(_YEAR.search(item) for item in items):
            continue  # 较2021年、2020年分别提高: the bases, not the things
        if 1 < len(chain) <= len(items):
            items = items[-len(chain) :]
            shared = _noun(items[-1]) if _noun(items[-1]) != items[-1] else ""
            whole = (item if item.endswith(shared) else item + shared for item in items)
            yield from zip(chain, whole, strict=True)
