"""Whether a person has compared with the scan what was read off it: until then every figure in it is doubtful.

The sidecar names the text that was compared. Where another version of the reader reads another text, it is no longer
the one that somebody saw.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ..model import Doubt, Figure, Finding, Source
from .sidecar import Sidecar

_DIGITS = 16  # of the SHA-256 of a text, enough to know it again


def to_proofread(source: Source, sidecar: Sidecar) -> str:
    """What the sidecar is to say once the text was compared with the scan; empty where there is nothing to compare, or
    it was."""
    said = source.text_sha256[:_DIGITS]
    return said if source.scanned and sidecar.proofread != said else ""


def scanned(figures: Sequence[Figure], source: Source, sidecar: Sidecar) -> tuple[Figure, ...]:
    """The figures, those read off a scan that nobody compared doubtful."""
    if not to_proofread(source, sidecar):
        return tuple(figures)
    return tuple(
        replace(one, doubt=Doubt.SCANNED) if not one.doubt and source.is_scanned(one.start) else one for one in figures
    )


def unread(source: Source, sidecar: Sidecar) -> Iterator[Finding]:
    """Notes: that a text was read off a scan, and that it is not the one that was compared."""
    said = to_proofread(source, sidecar)
    if said and sidecar.proofread:
        yield Finding("proofread-other", sidecar.path, dict(sidecar.lines)[sidecar.proofread], sidecar.proofread, said)
    elif said:
        yield Finding("scan-read", source.path, 0, said)
