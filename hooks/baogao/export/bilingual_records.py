"""Report and its English -> what translators' tools take: CSV and TMX."""

from __future__ import annotations

import csv
import io
from xml.etree import ElementTree

from .. import __version__
from ..folding import in_xml
from ..publication.publication import Publication

# ---- English


def bilingual_csv(publication: Publication) -> str:
    """Every unit with its Chinese, its English and how far that is; lines end in CRLF (RFC 4180)."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(("id", "zh", "en", "state"))
    for unit in publication.units():
        state = publication.translation.state(unit.id, unit.text)
        writer.writerow((unit.id, unit.text, publication.translation.english(unit.id, unit.text), state))
    return out.getvalue()


def tmx(publication: Publication) -> str:
    """The units that have English as TMX 1.4b, tuid their ids (https://www.gala-global.org/tmx-14b)."""
    root = ElementTree.Element("tmx", version="1.4")
    about = {
        "creationtool": "baogao",
        "creationtoolversion": __version__,
        "segtype": "sentence",
        "o-tmf": "PO",
        "adminlang": "en",
        "srclang": "zh-Hans",
        "datatype": "plaintext",
    }
    ElementTree.SubElement(root, "header", about)
    body = ElementTree.SubElement(root, "body")
    for unit in publication.units():
        english = publication.translation.english(unit.id, unit.text)
        if english:
            one = ElementTree.SubElement(body, "tu", tuid=unit.id)
            for language, said in (("zh-Hans", unit.text), ("en", english)):
                variant = ElementTree.SubElement(one, "tuv", {"xml:lang": language})
                ElementTree.SubElement(variant, "seg").text = in_xml(said)
    ElementTree.indent(root, " ")
    return ElementTree.tostring(root, encoding="unicode", xml_declaration=True) + "\n"
