"""The package of a Word file of another kind (template, with macros, Strict) -> the usual one."""

from __future__ import annotations

import io
import re
import zipfile

from ..rules import load

_MAIN = re.compile(rb"application/vnd[^\"']*?\.(?:template|macroEnabled[a-zA-Z]*)\.main\+xml")
_USUAL = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def as_usual(data: bytes) -> bytes:
    """A template (.dotx), a file with macros, or one in Strict Open XML as the transitional .docx that libraries read.

    Macros are run by nothing here. The names of Strict (ISO/IEC 29500-1) and of Transitional (29500-4) stand in
    rules/word.yml.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        types = package.read("[Content_Types].xml")
        strict = b"purl.oclc.org/ooxml" in package.read("_rels/.rels")
        if not strict and not _MAIN.search(types):
            return data
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as usual:
            for entry in package.infolist():
                part = package.read(entry)
                if entry.filename.lower().endswith((".xml", ".rels")):
                    part = _MAIN.sub(_USUAL, _transitional(part) if strict else part)
                usual.writestr(entry.filename, part)
    return out.getvalue()


def _transitional(part: bytes) -> bytes:
    for name, usual in load("word")["strict"].items():
        part = part.replace(
            f"http://purl.oclc.org/ooxml/{name}".encode(), f"http://schemas.openxmlformats.org/{usual}".encode()
        )
    return part
