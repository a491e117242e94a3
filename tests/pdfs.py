"""A small writer of PDFs: text, rules and pictures put at places of a sheet. The same bytes each time."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field

_PADDING = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")


@dataclass
class Sheet:
    """A page of A4. Points from its lower left corner."""

    width: float = 595.0
    height: float = 842.0
    turned: int = 0  # /Rotate
    drawn: list[str] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)  # annotations: the keys of each, what it draws
    forms: list[tuple[bool, str]] = field(default_factory=list)  # each drawn as a whole, on a layer: is it shown, what

    def text(self, x: float, y: float, said: str, size: float = 12, turn: str = "1 0 0 1", mode: int = 0) -> Sheet:
        code = said.encode("utf-16-be").hex()
        self.drawn.append(f"BT /F {size} Tf {mode} Tr {turn} {x} {y} Tm <{code}> Tj ET")
        return self

    def lines(self, x: float, y: float, *said: str, size: float = 12, pitch: float = 20) -> Sheet:
        """Lines below each other; a full-width space at their start is an indent."""
        for i, line in enumerate(said):
            bare = line.lstrip("\u3000")
            self.text(x + (len(line) - len(bare)) * size, y - i * pitch, bare, size)
        return self

    def prose(self, x: float, y: float, said: str, size: float = 12, wide: float = 34, pitch: float = 20) -> float:
        """A paragraph on lines of so many characters, its first indented by two; where the next line would stand."""
        lines, left = [""], wide - 2
        for c in said:
            taken = 0.5 if ord(c) < 0x2E80 else 1
            if left < taken:
                lines.append("")
                left = wide
            lines[-1], left = lines[-1] + c, left - taken
        self.lines(x, y, "\u3000\u3000" + lines[0], *lines[1:], size=size, pitch=pitch)
        return y - len(lines) * pitch

    def rule(self, x: float, y: float, to_x: float, to_y: float) -> Sheet:
        self.drawn.append(f"0.5 w {x} {y} m {to_x} {to_y} l S")
        return self

    def grid(self, xs: Sequence[float], ys: Sequence[float]) -> Sheet:
        """All rules of a table: from ys[0], its head, down to ys[-1]."""
        for x in xs:
            self.rule(x, ys[0], x, ys[-1])
        for y in ys:
            self.rule(xs[0], y, xs[-1], y)
        return self

    def note(
        self, kind: str, said: str = "", drawn: str = "", box: str = "400 600 540 620", size: float = 12, more: str = ""
    ) -> Sheet:
        """An annotation of a kind (Text, FreeText, Stamp), what it says and what it draws; more keys of it."""
        contents = f"/Contents<{_hex(said)}>" if said else ""
        text = f"BT /F {size} Tf 2 5 Td <{drawn.encode('utf-16-be').hex()}> Tj ET" if drawn else ""
        self.notes.append((f"/Subtype/{kind}/Rect[{box}]{contents}{more}", text))
        return self

    def value(self, name: str, said: str, box: str, drawn: bool = True, hidden: bool = False) -> Sheet:
        """A field of a form with its value; drawn, as most programs leave it, or not."""
        more = f"/FT/Tx/T({name})/V<{_hex(said)}>/DA(/F 12 Tf 0 g)/F {2 if hidden else 4}"
        return self.note("Widget", drawn=said if drawn else "", box=box, more=more)

    def layer(self, shown: bool, *drawn: str) -> Sheet:
        """What stands on a layer that is shown, or on one that is not."""
        self.drawn += [f"/OC /{'Shown' if shown else 'Hidden'} BDC", *drawn, "EMC"]
        return self

    def form(self, shown: bool, *drawn: str) -> Sheet:
        """The same, as a form (ISO 32000-1, 8.10) that is on such a layer."""
        self.drawn.append(f"/X{len(self.forms)} Do")
        self.forms.append((shown, "\n".join(drawn)))
        return self

    def picture(self, x: float, y: float, width: float, height: float) -> Sheet:
        self.drawn.append(f"q {width} 0 0 {height} {x} {y} cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x80 EI Q")
        return self


def pdf(*sheets: Sheet, password: str | None = None, content: bytes | None = None) -> bytes:
    """A file of some pages. With a password it is locked (RC4, 40 bits); an empty one opens of itself. `content` stands
    for that of each page, packed already."""
    count = len(sheets)
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Count {count}/Kids[{' '.join(f'{5 + 2 * i} 0 R' for i in range(count))}]>>".encode(),
        b"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[4 0 R]>>",
        b"<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/DW 1000/W[1 95 500 814 907 500]"
        b"/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>/FontDescriptor<</Type/FontDescriptor"
        b"/FontName/STSong-Light/Flags 4/FontBBox[0 -120 1000 880]/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 700"
        b"/StemV 80>>>>",
    ]
    layers = 5 + 2 * count  # one that is shown, one that is not; behind them annotations
    later = [b"<</Type/OCG/Name(shown)>>", b"<</Type/OCG/Name(hidden)>>"]
    key, locked = _locked(password) if password is not None else (b"", b"")
    fields = list[str]()
    for i, sheet in enumerate(sheets):
        rotate = f"/Rotate {sheet.turned}" if sheet.turned else ""
        notes = list[str]()
        for keys, drawn in sheet.notes:
            if drawn:
                later.append(_form(keys, drawn))
                keys += f"/AP<</N {layers + len(later) - 1} 0 R>>"
            later.append(f"<</Type/Annot{keys}>>".encode())
            notes.append(f"{layers + len(later) - 1} 0 R")
            fields += [notes[-1]] if "/Widget" in keys else []
        forms = ""
        for k, (shown, drawn) in enumerate(sheet.forms):
            later.append(_form(f"/Rect[0 0 {sheet.width} {sheet.height}]", drawn, f"/OC {layers + 1 - shown} 0 R"))
            forms += f"/X{k} {layers + len(later) - 1} 0 R"
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {sheet.width} {sheet.height}]{rotate}/Annots[{' '.join(notes)}]"
            f"/Resources<</Font<</F 3 0 R>>/XObject<<{forms}>>/Properties<</Shown {layers} 0 R/Hidden {layers + 1} 0 R>>>>"
            f"/Contents {6 + 2 * i} 0 R>>".encode()
        )
        packed = zlib.compress("\n".join(sheet.drawn).encode("latin-1")) if content is None else content
        packed = _rc4(hashlib.md5(key + bytes([6 + 2 * i, 0, 0, 0, 0])).digest()[:10], packed) if key else packed
        objects.append(b"<</Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (len(packed), packed))
    groups = f"/OCProperties<</OCGs[{layers} 0 R {layers + 1} 0 R]/D<</OFF[{layers + 1} 0 R]>>>>"
    form = f"/AcroForm<</Fields[{' '.join(fields)}]/DR<</Font<</F 3 0 R>>>>/DA(/F 12 Tf 0 g)>>" if fields else ""
    objects[0] = f"<</Type/Catalog/Pages 2 0 R{groups}{form}>>".encode()
    objects += later
    out, places = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", []
    for number, said in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, said)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    trailer = b"<</Size %d/Root 1 0 R%s>>" % (len(objects) + 1, locked)
    end = b"xref\n0 %d\n0000000000 65535 f \n%strailer\n%s\nstartxref\n%d\n%%%%EOF\n"
    return out + end % (len(objects) + 1, table, trailer, len(out))


def _hex(said: str) -> str:
    """Text outside of what is drawn, as its bytes are written."""
    return "feff" + said.encode("utf-16-be").hex()


def _form(keys: str, drawn: str, more: str = "") -> bytes:
    """What an annotation draws, in its box."""
    left, bottom, right, top = map(float, keys.split("/Rect[")[1].split("]")[0].split())
    box = f"[0 0 {right - left:g} {top - bottom:g}]"
    head = f"<</Type/XObject/Subtype/Form{more}/BBox{box}/Resources<</Font<</F 3 0 R>>>>/Length {len(drawn)}>>"
    return f"{head}stream\n{drawn}\nendstream".encode()


def _locked(password: str) -> tuple[bytes, bytes]:
    """The key of a file (ISO 32000-1, 7.6.3), and what its trailer says of it."""
    padded = (password.encode("latin-1") + _PADDING)[:32]
    owner = _rc4(hashlib.md5(padded).digest()[:5], padded)
    key = hashlib.md5(padded + owner + (0xFFFFFFFC).to_bytes(4, "little") + b"0123456789abcdef").digest()[:5]
    user = _rc4(key, _PADDING)
    said = b"/ID[<%s><%s>]/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<%s>/U<%s>>>"
    name = b"0123456789abcdef".hex().encode()
    return key, said % (name, name, owner.hex().encode(), user.hex().encode())


def _rc4(key: bytes, data: bytes) -> bytes:
    box, j = list(range(256)), 0
    for i in range(256):
        j = (j + box[i] + key[i % len(key)]) % 256
        box[i], box[j] = box[j], box[i]
    out, i, j = bytearray(), 0, 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + box[i]) % 256
        box[i], box[j] = box[j], box[i]
        out.append(byte ^ box[(box[i] + box[j]) % 256])
    return bytes(out)
