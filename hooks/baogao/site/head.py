"""What the head of a page tells machines: Highwire and Dublin Core tags, a description, JSON-LD.

Highwire tags as reference managers read them: with citation_technical_report_institution the translator of Zotero named
Embedded Metadata saves a report (its source, github.com/zotero/translators, was read). It takes an author with a
comma for a person, so that a body's name with one stands as the institution alone. Vocabulary of JSON-LD: schema.org.
"""

from __future__ import annotations

from typing import Any

from ..translation.terms import Term
from ..wording import addresses
from ..wording.here import Here
from ..wording.names import Names

Tags = list[tuple[str, str]]


def report_tags(names: Names) -> Tags:
    """Highwire and Dublin Core tags of the report a page belongs to; what is not known is left out."""
    issuer, language = names.told("issuer"), "zh" if not names.lang else "en"
    day, place = names.publication.published, names.told("place")
    tags = [
        ("citation_title", names.title()),
        ("citation_technical_report_institution", issuer),
        ("citation_author", "" if "," in issuer else issuer),
        ("citation_publication_date", day.replace("-", "/")),
        ("citation_language", language),
        ("DC.title", names.title()),
        ("DC.creator", issuer),
        ("DC.publisher", issuer),
        ("DC.date", day),
        ("DC.language", language),
        ("DC.type", "Text.Report"),
        ("DC.coverage", place),
        ("DC.source", names.publication.sidecar.url),
    ]
    return [(name, content) for name, content in tags if content]


def report_data(names: Names) -> dict[str, Any]:
    """A Report, as schema.org has it."""
    publication = names.publication
    return _known(
        {
            "@context": "https://schema.org",
            "@type": "Report",
            "name": names.title(),
            "inLanguage": "zh-Hans" if not names.lang else "en",
            "datePublished": publication.published,
            "temporalCoverage": publication.year_reviewed,
            "author": _organization(names.told("issuer")),
            "publisher": _organization(names.told("issuer")),
            "spatialCoverage": names.told("place"),
            "isBasedOn": publication.sidecar.url,
            "translationOfWork": {"@type": "Report", "name": publication.given("title")} if names.lang else None,
        }
    )


def figures_data(names: Names, here: Here) -> dict[str, Any]:
    """The figures of a report as a Dataset with its downloads, whose addresses are relative to the page."""
    files = {"text/csv": "figures.csv", "application/json": "figures.json"}
    return _known(
        {
            "@context": "https://schema.org",
            "@type": "Dataset",
            "name": f"{names.title()}: {names.words('figures')}",
            "description": names.words("dataset_says", n=len(names.publication.figures), title=names.title()),
            "license": "https://creativecommons.org/publicdomain/zero/1.0/",
            "temporalCoverage": names.publication.year_reviewed,
            "spatialCoverage": names.told("place"),
            "distribution": [
                {
                    "@type": "DataDownload",
                    "encodingFormat": kind,
                    "contentUrl": here.to(addresses.data_file(names.publication.id, file)),
                }
                for kind, file in files.items()
            ],
        }
    )


def term_data(term: Term, language: str) -> dict[str, Any]:
    """A term of the glossary as a DefinedTerm."""
    return _known(
        {
            "@context": "https://schema.org",
            "@type": "DefinedTerm",
            "name": term.zh if language == "zh" else term.en,
            "alternateName": [term.en if language == "zh" else term.zh, *term.variants],
            "description": term.definition_zh if language == "zh" else term.definition_en,
        }
    )


def _organization(name: str) -> dict[str, str] | None:
    return {"@type": "GovernmentOrganization", "name": name} if name else None


def _known(data: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in data.items() if value}
