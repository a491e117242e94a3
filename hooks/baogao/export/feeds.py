"""Publications -> Atom feeds, of the site and of each place: new reports, and corrections told of on their pages.

Format: RFC 4287. Addresses are relative to the feed, so that it works under any address; ids are UUIDs made of the
report's id, which never changes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from uuid import NAMESPACE_OID, uuid5
from xml.etree import ElementTree

from ..folding import in_xml
from ..ids import LANGUAGES
from ..publication.publication import Publication
from ..relations.series import places
from ..wording import addresses
from ..wording.names import Names
from ..wording.words import Words

_ATOM = "http://www.w3.org/2005/Atom"


def feeds(publications: Sequence[Publication]) -> Iterator[tuple[str, str]]:
    """(path, XML) of every feed: one of the site, one of each place, in the first language."""
    words = Words(LANGUAGES[0])
    yield addresses.feed(), _feed("", words("feed_title"), publications)
    for place in places(publications):
        yield addresses.feed(place.id), _feed(place.id, words("feed_of", place=place.name), place.publications)


def _feed(address: str, title: str, publications: Sequence[Publication]) -> str:
    ElementTree.register_namespace("", _ATOM)
    root = ElementTree.Element(f"{{{_ATOM}}}feed", {"xml:lang": "zh-Hans"})
    here = addresses.feed(address)
    entries = sorted(_entries(publications, here), key=lambda entry: entry[0], reverse=True)
    _add(root, "id", _id(f"feed/{address}"))
    _add(root, "title", title)
    _add(root, "updated", entries[0][0] if entries else _time(""))
    ElementTree.SubElement(root, f"{{{_ATOM}}}link", rel="self", href=addresses.link(here, here))
    for updated, name, heading, link, said, author in entries:
        entry = ElementTree.SubElement(root, f"{{{_ATOM}}}entry")
        _add(entry, "id", _id(name))
        _add(entry, "title", heading)
        _add(entry, "updated", updated)
        ElementTree.SubElement(entry, f"{{{_ATOM}}}link", rel="alternate", href=link)
        _add(ElementTree.SubElement(entry, f"{{{_ATOM}}}author"), "name", author)
        _add(entry, "summary", said)
    ElementTree.indent(root, " ")
    return ElementTree.tostring(root, encoding="unicode", xml_declaration=True) + "\n"


def _entries(publications: Sequence[Publication], here: str) -> Iterator[tuple[str, str, str, str, str, str]]:
    """(updated, id, title, link, summary, author) of each report and each correction."""
    for publication in publications:
        names = Names(publication, LANGUAGES[0])
        author = publication.given("issuer") or names.words("not_stated")
        link = addresses.link(here, names.path(ending="html"))
        said = names.words.count("count_figures", publication.stated)
        yield _time(publication.published), publication.id, names.title(), link, said, author
        for one in publication.sidecar.corrections:
            title = names.words("feed_correction" if one.now else "feed_withdrawal", title=names.title())
            summary = names.corrected(one)
            yield _time(one.date), f"{publication.id}/{one.date}/{one.id}", title, link, summary, author


def _add(parent: ElementTree.Element, name: str, text: str) -> None:
    ElementTree.SubElement(parent, f"{{{_ATOM}}}{name}").text = in_xml(text)


def _id(name: str) -> str:
    return f"urn:uuid:{uuid5(NAMESPACE_OID, f'baogao/{name}')}"


def _time(day: str) -> str:
    """RFC 3339, as Atom wants it; the day of a report without one is the first there is."""
    return f"{day if len(day) == 10 else '1970-01-01'}T00:00:00Z"
