"""Scans, end to end: pages drawn as pictures, askew and with noise, are read as the PDF they were; each figure doubtful.

They need the extra baogao[ocr] and a Chinese type, whose pages Pillow draws.
"""

from __future__ import annotations

import io
import re
import subprocess
from collections.abc import Callable
from typing import Any

import pytest
from baogao.model import Doubt, Form, ReportError
from baogao.publication.publication import Publication, understand
from baogao.readers import pdf as reader
from baogao.readers.extract import Extracted, extract

np = pytest.importorskip("numpy", reason="scans are not tested: pip install 'baogao[ocr]'")
pytest.importorskip("rapidocr", reason="scans are not tested: pip install 'baogao[ocr]'")
Image = pytest.importorskip("PIL.Image")
ImageDraw, ImageFont = pytest.importorskip("PIL.ImageDraw"), pytest.importorskip("PIL.ImageFont")

TITLE = "清河区2023年度法治政府建设情况报告"
FIRST = (
    "2023年，全区新收行政复议申请228件，同比增长40.7%；受理205件，审结193件，调解和解率为42.5%。"
    "行政应诉案件35件，负责人出庭应诉率为97.1%，败诉率下降6.3个百分点，追回资金1420.6万元。"
)
SECOND = "办理法律援助案件411件，接听咨询8930人次；开展普法活动86场，覆盖群众2.1万人，清理文件27件。"
ROWS = [["项目", "件数"], ["行政处罚", "1628"], ["行政许可", "20357"]]
_DOTS = 200 / 72  # a point


def _type(size: float) -> Any:
    found = subprocess.run(["fc-match", "-f", "%{file}", "Noto Serif CJK SC"], capture_output=True, text=True)
    if "CJK" not in found.stdout:
        pytest.skip("scans are not tested: apt install fonts-noto-cjk")
    return ImageFont.truetype(found.stdout, round(size * _DOTS), index=2)


def _drawn(draw: Callable[[Any, Callable[[float, float, str, float], None]], None], degrees: float = 1) -> Any:
    """A page of A4 as a scanner gives it: askew, grey, with noise."""
    sheet = Image.new("L", (round(595 * _DOTS), round(842 * _DOTS)), 255)
    pen = ImageDraw.Draw(sheet)
    draw(pen, lambda x, y, said, size: pen.text((x * _DOTS, y * _DOTS), said, 0, _type(size)))
    askew = np.asarray(sheet.rotate(degrees, resample=Image.Resampling.BICUBIC, fillcolor=250), dtype=float)
    noise = np.random.default_rng(1).normal(0, 12, askew.shape)
    return Image.fromarray(np.clip(askew * 0.85 + 20 + noise, 0, 255).astype("uint8"))


def _prose(write: Callable[[float, float, str, float], None], y: float, said: str) -> float:
    """A paragraph as offices set it: 16 points, 28 to a line, its first line indented."""
    lines, room = [""], 25.0
    for token in re.findall(r"[0-9.%]+.|.[，。；、]?", said):
        wide = sum(0.55 if c.isascii() else 1 for c in token)
        if room < wide:
            lines, room = [*lines, ""], 27.0
        lines[-1], room = lines[-1] + token, room - wide
    for n, line in enumerate(lines):
        write(80 if n else 112, y + 28 * n, line, 16)
    return y + 28 * len(lines)


def _first_page(pen: Any, write: Callable[[float, float, str, float], None]) -> None:
    write(120, 70, TITLE, 22)
    y = _prose(write, 120, "一、主要成效")
    _prose(write, y, FIRST)


def _second_page(pen: Any, write: Callable[[float, float, str, float], None]) -> None:
    y = _prose(write, 70, "二、其他工作")
    y = _prose(write, y, SECOND) + 20
    for n, (name, count) in enumerate(ROWS):
        write(110, y + 8 + 36 * n, name, 14)
        write(330, y + 8 + 36 * n, count, 14)
    for n in range(4):
        pen.line([(90 * _DOTS, (y + 36 * n) * _DOTS), (490 * _DOTS, (y + 36 * n) * _DOTS)], 0, 2)
    for x in (90, 290, 490):
        pen.line([(x * _DOTS, y * _DOTS), (x * _DOTS, (y + 108) * _DOTS)], 0, 2)


TOWNS = [["乡镇", "检查", "整改", "处罚", "罚款"], *(
    [town, str(6 + n), str(3 + n % 5), str(n % 3), f"{6.2 * (n % 3):.1f}"]
    for n, town in enumerate(("石泉镇", "柳塘镇", "白鹭镇", "竹溪乡", "云台乡", "松岗镇"))
)]  # fmt: skip


def _table_alone(pen: Any, write: Callable[[float, float, str, float], None]) -> None:
    """A page that is a table of short cells: no line of it is long."""
    for n, row in enumerate(TOWNS):
        for k, cell in enumerate(row):
            write(100 + 83 * k, 110 + 40 * n, cell, 13)
    across, down = range(85, 502, 83), range(100, 100 + 40 * len(TOWNS) + 1, 40)
    for y in down:
        pen.line([(across[0] * _DOTS, y * _DOTS), (across[-1] * _DOTS, y * _DOTS)], 0, 2)
    for x in across:
        pen.line([(x * _DOTS, down[0] * _DOTS), (x * _DOTS, down[-1] * _DOTS)], 0, 2)


def _saved(form: str, *pages: Any) -> bytes:
    held = io.BytesIO()
    several = {"save_all": True, "append_images": pages[1:]} if len(pages) > 1 else {}
    pages[0].save(held, form, resolution=200, **several)
    return held.getvalue()


@pytest.fixture(scope="module")
def pictures() -> list[Any]:
    return [_drawn(_first_page), _drawn(_second_page)]


@pytest.fixture(scope="module")
def read_off(pictures: list[Any]) -> Extracted:
    found = extract("a.pdf", _saved("PDF", *pictures))
    assert found
    return found


def _published(text: Extracted) -> Publication:
    return understand("a.pdf", b"", taking=lambda path, data: text)


def test_a_scan_is_read_as_the_pdf_it_was(read_off):
    assert read_off.form is Form.PDF and read_off.findings == ()
    table = ["\t".join(row) for row in ROWS]
    assert read_off.text.splitlines() == [TITLE, "一、主要成效", FIRST, "二、其他工作", SECOND, *table]
    (_, one), (second, two) = read_off.pages
    assert (one, two) == (1, 2) and read_off.text[second:].startswith("二、")
    assert read_off.scanned == ((0, len(read_off.text)),)


def test_every_figure_of_a_scan_is_there_doubtful_and_on_its_page(read_off):
    publication = _published(read_off)
    said = {figure.quote: figure for figure in publication.figures}
    assert {"228件", "同比增长40.7%", "97.1%", "1420.6万元", "8930人次", "2.1万人", "1628", "20357"} <= set(said)
    assert all(figure.doubt for figure in said.values()) and said["228件"].doubt is Doubt.SCANNED
    source = publication.report.source
    assert source.page_at(said["228件"].start) == 1 and source.page_at(said["1628"].start) == 2


def test_of_one_page_the_same_text_each_time_upright_or_on_its_side(pictures, read_off):
    page, (_, (second, _)) = pictures[1], read_off.pages
    for picture in (page, page.transpose(Image.Transpose.ROTATE_90)):
        found = extract("a.png", _saved("PNG", picture))
        assert found and found.form is Form.PNG and found.text == read_off.text[second:]


def test_a_table_askew_keeps_each_cell_in_its_column():
    found = extract("a.png", _saved("PNG", _drawn(_table_alone, degrees=2)))
    assert found and found.text.splitlines() == ["\t".join(row) for row in TOWNS]


@pytest.mark.parametrize(
    ("made", "code"),
    [
        (lambda: b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "scan-broken"),
        (lambda: _saved("JPEG", Image.new("L", (600, 800), 255)), "scan-empty"),
        (lambda: _saved("TIFF", Image.new("1", (8_000, 8_000), 1)), "scan-large"),
    ],
)
def test_a_picture_that_cannot_be_read_is_told(made, code):
    assert _refused(made()) == code


def test_without_the_extra_one_line_says_which(monkeypatch, pictures):
    monkeypatch.setattr(reader, "reads_scans", lambda: False)
    assert _refused(_saved("PDF", pictures[0])) == "pdf-scan"
    assert _refused(_saved("JPEG", pictures[0])) == "form-scan"


def _refused(data: bytes) -> str:
    with pytest.raises(ReportError) as raised:
        extract("a", data)
    (found,) = raised.value.findings
    return found.code
