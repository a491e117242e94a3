"""What was read off a scan is doubtful until a person has compared it, and says so wherever it is shown."""

from __future__ import annotations

import pytest
from baogao.export.records import report_record
from baogao.model import Doubt, Finding, Form, ReportError
from baogao.publication import folder
from baogao.publication.folder import read_file, read_folder
from baogao.publication.proof import doubtful, proof
from baogao.publication.publication import Publication, understand
from baogao.publication.sidecar import read_sidecar
from baogao.readers.attachments import Enclosure
from baogao.readers.extract import Extracted
from baogao.site import pages

HEAD = "清河区人民政府2023年法治政府建设情况报告\n一、主要成效\n"
TYPED = "全年办理行政复议案件1136件，办结率为98.5%。\n"
READ_OFF = "全年办理行政应诉案件35件，出庭率为97.1%。\n"
BOTH = Extracted(HEAD + TYPED + READ_OFF, Form.PDF, (), ((0, 1), (len(HEAD + TYPED), 2)), ((len(HEAD + TYPED), 999),))
WHOLE = Extracted(HEAD + READ_OFF, Form.PDF, (), ((0, 1),), ((0, len(HEAD + READ_OFF)),))


def published(text: Extracted, sidecar: str = "") -> Publication:
    said = read_sidecar("a.yml", sidecar.encode()) if sidecar else None
    return understand("a.pdf", b"", said, taking=lambda path, data: text)


def line_to_add(publication: Publication) -> str:
    (row,) = [row for row in proof(publication) if row.id == "proofread"]
    return row.correction


def doubts(publication: Publication) -> dict[str, Doubt | None]:
    return {figure.quote: figure.doubt for figure in publication.figures}


def codes(publication: Publication) -> set[str]:
    return {finding.code for finding in publication.findings}


def test_each_figure_read_off_a_scan_is_doubtful_and_no_other():
    found = doubts(published(BOTH))
    assert found == {"1136件": None, "98.5%": None, "35件": Doubt.SCANNED, "97.1%": Doubt.SCANNED}
    assert all(doubts(published(WHOLE)).values())


def test_a_corrected_name_says_nothing_of_the_number():
    (figure,) = [one for one in published(WHOLE).figures if one.quote == "35件"]
    named = published(WHOLE, f"figures: [{{id: {figure.id}, quote: 35件, subject: 应诉案件}}]")
    assert doubts(named)["35件"] is Doubt.SCANNED


def test_the_line_that_the_proof_sheet_gives_ends_the_doubt():
    before = published(BOTH)
    assert {"proofread", "f1-2-1-10"} & {row.id for row in doubtful(proof(before))} and "scan-read" in codes(before)
    after = published(BOTH, line_to_add(before))
    assert not any(doubts(after).values()) and "scan-read" not in codes(after)
    assert [row for row in proof(after) if row.id == "proofread"] == []


def test_a_line_about_another_text_ends_nothing_and_is_told():
    other = published(WHOLE, line_to_add(published(BOTH)))
    assert all(doubts(other).values())
    (told,) = [finding for finding in other.findings if finding.code == "proofread-other"]
    assert (told.path, told.line) == ("a.yml", 1) and told.expected in line_to_add(published(WHOLE))


@pytest.mark.parametrize("said", ["proofread: true", "proofread: 'abc'", "proofread: ABCDEF0123456789"])
def test_a_line_of_another_form_is_wrong(said):
    with pytest.raises(ReportError) as raised:
        read_sidecar("a.yml", said.encode())
    assert [(one.code, one.line) for one in raised.value.findings] == [("sidecar-type", 1)]


def test_the_data_say_what_was_read_off_and_whether_it_was_compared():
    before = published(BOTH)
    record = report_record(before)
    assert record["scanned"] == [{"start": len(HEAD + TYPED), "end": 999}] and record["proofread"] is False
    assert report_record(published(BOTH, line_to_add(before)))["proofread"] is True
    typed = report_record(understand("a.txt", (HEAD + TYPED).encode()))
    assert not {"scanned", "proofread"} & set(typed)


def test_every_page_of_the_report_says_so_at_its_head_until_it_was_compared():
    says = {"zh": "由程序从扫描件识别", "en": "read from a scan by a program"}
    before = published(WHOLE)
    for publication, there in ((before, True), (published(WHOLE, line_to_add(before)), False)):
        made = {one.path: one.content.decode() for one in pages.files([publication]) if one.path.endswith(".md")}
        for language, words in says.items():
            for name in ("index", "full", "figures", "1"):
                head = made[f"{language}/{publication.id}/{name}.md"].split("##")[0]
                assert (words in head) is there, (language, name)


def test_what_is_attached_may_be_a_scan_of_its_own():
    texts = {
        "a.pdf": Extracted(HEAD + TYPED, Form.PDF, ()),
        "b.pdf": Extracted(READ_OFF, Form.PDF, (), ((0, 1),), ((0, len(READ_OFF)),)),
    }
    enclosed = (Enclosure("b.pdf", "附表", b""),)
    found = understand("a.pdf", b"", None, enclosed, lambda path, data: texts[path])
    source = found.report.source
    ((start, end),) = source.scanned
    assert source.text[start:end] == READ_OFF


def test_what_was_read_off_is_not_read_again_when_the_sidecar_changes(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    asked = []

    def extracting(path: str, data: bytes) -> Extracted:
        asked.append(path)
        return Extracted(WHOLE.text, Form.PDF, (Finding("scan-blank", path, 0, "2"),), WHOLE.pages, WHOLE.scanned)

    monkeypatch.setattr(folder, "extract", extracting)
    report = tmp_path / "a.pdf"
    report.write_bytes(b"%PDF-1.7 a scan")
    before = read_file(report, "seeds/a.pdf")
    report.with_suffix(".yml").write_text(line_to_add(before), "utf-8")
    after = read_file(report, "seeds/b.pdf")
    assert asked == ["seeds/a.pdf"] and not any(doubts(after).values())
    assert [one.path for one in after.findings if one.code == "scan-blank"] == ["seeds/b.pdf"]


def test_of_what_was_read_off_only_that_of_files_that_are_there_is_kept(tmp_path, monkeypatch):
    def extracting(path: str, data: bytes) -> Extracted:
        asked.append(path)
        return WHOLE

    def read_again() -> int:
        asked.clear()
        read_folder(seeds, "seeds", tmp_path / "kept")
        return len([*(tmp_path / "kept/scans").iterdir()])

    asked = list[str]()
    monkeypatch.setattr(folder, "extract", extracting)
    monkeypatch.setattr(folder, "shared", lambda make, count: map(make, range(count)))
    seeds = tmp_path / "seeds"
    seeds.mkdir()
    for name in ("a", "b"):
        (seeds / f"{name}.pdf").write_bytes(f"%PDF-1.7 {name}".encode())
    assert read_again() == 2 and len(asked) == 2
    (seeds / "b.pdf").write_bytes(b"%PDF-1.7 scanned anew")
    assert read_again() == 2 and asked == ["seeds/b.pdf"]
    (seeds / "a.yml").write_text("id: other\n", "utf-8")  # a is understood anew, of what was read off it before
    assert read_again() == 2 and asked == []
    (seeds / "b.pdf").unlink()
    assert read_again() == 1 and asked == []
