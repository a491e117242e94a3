"""OFD files as converters of office programs write them: each line of a page an object of text at its place."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

_NAMES = 'xmlns:ofd="http://www.ofdspec.org/2016"'
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
SIZE = 5.6  # millimetres, 16 points as in documents of authorities
LEFT, TOP, PITCH = 28.0, 37.0, 10.0
ACROSS, DOWN = 28, 22  # characters of a line, lines of a page (GB/T 9704-2012, 5.2.3)


def text(said: str, x: float, y: float, size: float = SIZE, more: str = "", code: str = "") -> str:
    """An object of text whose characters stand one size apart, its upper left corner at x, y."""
    steps = f'DeltaX="g {len(said) - 1} {size}"' if len(said) > 1 and not code else code
    box = f"{x} {y} {size * max(1, len(said)):.2f} {size * 1.2:.2f}"
    return (
        f'<ofd:TextObject ID="9" Boundary="{box}" Font="1" Size="{size}"{more}>'
        f'<ofd:TextCode X="0" Y="{size * 0.86:.3f}" {steps}>{escape(said)}</ofd:TextCode></ofd:TextObject>'
    )


def stroke(x: float, y: float, wide: float, high: float) -> str:
    """A level or upright line."""
    return (
        f'<ofd:PathObject ID="9" Boundary="{x} {y} {wide + 0.1} {high + 0.1}" LineWidth="0.2">'
        f"<ofd:AbbreviatedData>M 0 0 L {wide} {high}</ofd:AbbreviatedData></ofd:PathObject>"
    )


def table(rows: Sequence[Sequence[str]], x: float, y: float, wide: float = 40.0, high: float = 8.0) -> str:
    """A table with all its rules; what a cell has no room for stands on further lines in it."""
    room = int(wide // 4) - 1
    heights = [high * max(1, *(-(-len(cell) // room) for cell in row)) for row in rows]
    tops = [y + sum(heights[:n]) for n in range(len(rows) + 1)]
    columns = max(map(len, rows))
    drawn = [stroke(x, top, wide * columns, 0) for top in tops]
    drawn += [stroke(x + n * wide, y, 0, tops[-1] - y) for n in range(columns + 1)]
    for row, top in zip(rows, tops, strict=False):
        for n, cell in enumerate(row):
            lines = [cell[i : i + room] for i in range(0, len(cell), room)]
            drawn += [text(line, x + n * wide + 2, top + 1.5 + k * 6, 4.0) for k, line in enumerate(lines)]
    return "".join(drawn)


@dataclass
class Typesetter:
    """Puts paragraphs into lines and lines onto pages: first lines indented by two characters, titles in the middle."""

    paragraphs: Sequence[str]

    def pages(self) -> list[str]:
        lines = [line for paragraph in self.paragraphs for line in self._lines(paragraph)]
        sheets = [lines[i : i + DOWN] for i in range(0, len(lines), DOWN)]
        return ["".join(text(said, x, TOP + n * PITCH) for n, (said, x) in enumerate(sheet)) for sheet in sheets]

    def _lines(self, paragraph: str) -> Iterator[tuple[str, float]]:
        if paragraph.endswith("报告") and len(paragraph) < ACROSS:
            yield paragraph, LEFT + (ACROSS - len(paragraph)) / 2 * SIZE
            return
        yield paragraph[: ACROSS - 2], LEFT + 2 * SIZE
        for start in range(ACROSS - 2, len(paragraph), ACROSS):
            yield paragraph[start : start + ACROSS], LEFT


def ofd(
    pages: Sequence[str],
    template: str = "",
    annotation: str = "",
    parts: Mapping[str, str] | None = None,
    packing: int = zipfile.ZIP_DEFLATED,
) -> bytes:
    """Pages of objects as a package; `template` is drawn on each, `parts` are entries written instead or beside."""
    listed = "".join(f'<ofd:Page ID="{n}" BaseLoc="Pages/Page_{n}/Content.xml"/>' for n in range(len(pages)))
    box = "<ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>"
    behind = '<ofd:TemplatePage ID="77" BaseLoc="Tpls/Tpl_0/Content.xml"/>' if template else ""
    beside = "<ofd:Annotations>Annots/Annotations.xml</ofd:Annotations>" if annotation else ""
    used = '<ofd:Template TemplateID="77"/>' if template else ""
    entries = {
        "OFD.xml": f'{_HEAD}<ofd:OFD {_NAMES} Version="1.0"><ofd:DocBody><ofd:DocInfo/><ofd:DocRoot>Doc_0/Document.xml'
        "</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f"{_HEAD}<ofd:Document {_NAMES}><ofd:CommonData>{box}{behind}</ofd:CommonData>"
        f"<ofd:Pages>{listed}</ofd:Pages>{beside}</ofd:Document>",
    }
    for n, drawn in enumerate(pages):
        entries[f"Doc_0/Pages/Page_{n}/Content.xml"] = _page(drawn, used)
    if template:
        entries["Doc_0/Tpls/Tpl_0/Content.xml"] = _page(template)
    if annotation:
        entries["Doc_0/Annots/Annotations.xml"] = (
            f'{_HEAD}<ofd:Annotations {_NAMES}><ofd:Page PageID="0"><ofd:FileLoc>Page_0/Annotation.xml</ofd:FileLoc>'
            "</ofd:Page></ofd:Annotations>"
        )
        entries["Doc_0/Annots/Page_0/Annotation.xml"] = (
            f"{_HEAD}<ofd:PageAnnot {_NAMES}><ofd:Annot><ofd:Appearance>{text(annotation, 0, 0)}</ofd:Appearance>"
            "</ofd:Annot></ofd:PageAnnot>"
        )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", packing) as package:
        for name, said in (entries | dict(parts or {})).items():
            package.writestr(name, said)
    return out.getvalue()


def _page(drawn: str, used: str = "") -> str:
    return (
        f'{_HEAD}<ofd:Page {_NAMES}>{used}<ofd:Content><ofd:Layer ID="2">{drawn}</ofd:Layer></ofd:Content></ofd:Page>'
    )
