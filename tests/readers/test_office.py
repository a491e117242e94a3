"""Old files: read through LibreOffice where it is installed, told of where it is not; nothing hangs, nothing is let in."""

from __future__ import annotations

import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from baogao.messages import is_error, worded
from baogao.model import Form, ReportError
from baogao.publication.folder import read_folder
from baogao.readers import office
from baogao.readers.source import read
from office_files import odt, rtf
from test_word import word_report

installed = pytest.mark.skipif(office.soffice() is None, reason="LibreOffice is not installed")
posix = pytest.mark.skipif(sys.platform == "win32", reason="the stand-in for LibreOffice is a script")
LINES = [
    "清河区2023年度法治政府建设情况报告",
    "2023年，全区推进依法行政。",
    "一、成效",
    "办理案件3件。",
    "二、不足",
    "力量不足。",
]
TEXT = "".join(f"{line}\n" for line in LINES)


def ole(*sectors: bytes) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504 + b"".join(s.ljust(512, b"\0") for s in sectors)


WORD = "WordDocument".encode("utf-16-le")
LOCKED = ole(b"\xec\xa5\xc1\0" + b"\0" * 6 + b"\0\x01", WORD)
OPEN = ole(b"\xec\xa5\xc1\0" + b"\0" * 6 + b"\0\xf2", WORD)


def refused(name: str, data: bytes) -> str:
    """The code of the one thing told, which is one line in both languages."""
    with pytest.raises(ReportError) as raised:
        read(name, data)
    (found,) = raised.value.findings
    assert all("\n" not in worded(found, language) for language in ("zh", "en"))
    return found.code


# ---- where LibreOffice is installed


@installed
def test_an_old_word_file_is_read_with_the_numerals_that_word_generates(tmp_path):
    (tmp_path / "report.docx").write_bytes(word_report())
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    office._run([office.soffice(), profile, "--headless", "--convert-to", "doc:MS Word 97", "report.docx"], tmp_path)
    found, meant = read("a.doc", (tmp_path / "report.doc").read_bytes()), read("a.docx", word_report())
    assert found.form is Form.DOC and found.text == meant.text and found.particulars == meant.particulars


class _Listener(BaseHTTPRequestHandler):
    asked: list[str] = []

    def do_GET(self):
        self.asked.append(self.path)
        self.send_error(404)

    do_HEAD = do_OPTIONS = do_PROPFIND = do_GET

    def log_message(self, *_):
        pass


_MACRO = (
    '<script:module xmlns:script="http://openoffice.org/2000/script" script:name="M" script:language="StarBasic">'
    'Sub Main\nOpen "{}" For Output As #1\nPrint #1, "ran"\nClose #1\nEnd Sub</script:module>'
)
_LIBRARY = 'xmlns:library="http://openoffice.org/2000/library"'
_STANDARD = '<library:library library:name="Standard" library:link="false"/>'


def hostile_odt(address: str, secret: Path, ran: Path) -> bytes:
    """A macro that runs when the file is opened; pictures, sections and frames that link to elsewhere."""
    link = 'xlink:type="simple" xlink:show="embed" xlink:actuate="onLoad" xlink:href'
    sections = "".join(
        f'<text:section text:name="{name}"><text:section-source {link}="{source}" text:filter-name="Text"/><text:p/></text:section>'
        for name, source in (("a", f"{address}/section.txt"), ("b", secret.as_uri()))
    )
    frames = "".join(
        f'<text:p><draw:frame svg:width="2cm" svg:height="2cm"><draw:{kind} {link}="{address}/{kind}"/></draw:frame></text:p>'
        for kind in ("image", "object-ole", "floating-frame")
    )
    events = "".join(
        f'<script:event-listener script:language="ooo:script" script:event-name="dom:{event}" xlink:type="simple" '
        'xlink:href="vnd.sun.star.script:Standard.M.Main?language=Basic&amp;location=document"/>'
        for event in ("load", "unload", "save")
    )
    head = f"<office:scripts><office:event-listeners>{events}</office:event-listeners></office:scripts>"
    parts = [
        ("Basic/script-lc.xml", f"<library:libraries {_LIBRARY}>{_STANDARD}</library:libraries>"),
        (
            "Basic/Standard/script-lb.xml",
            f'<library:library {_LIBRARY} library:name="Standard"><library:element library:name="M"/></library:library>',
        ),
        ("Basic/Standard/M.xml", _MACRO.format(ran)),
    ]
    return odt(LINES, sections + frames, head, parts)


def hostile_rtf(address: str, secret: Path, ran: Path) -> bytes:
    fields = (f'INCLUDEPICTURE "{address}/a.png" \\\\d', f'INCLUDETEXT "{secret}"', f'DDEAUTO soffice "{secret}" x')
    more = "".join(f"{{\\field{{\\*\\fldinst {field}}}{{\\fldrslt }}}}" for field in fields)
    return rtf(LINES, f"{more}{{\\*\\template {address}/a.dot}}")


@installed
@pytest.mark.parametrize("kind", ["odt", "rtf"])
def test_an_old_file_runs_nothing_and_fetches_nothing(kind, tmp_path):
    secret, ran = tmp_path / "secret.txt", tmp_path / "ran.txt"
    secret.write_text("机密", "utf-8")
    with ThreadingHTTPServer(("127.0.0.1", 0), _Listener) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        hostile = {"odt": hostile_odt, "rtf": hostile_rtf}[kind]
        found = read(f"a.{kind}", hostile(f"http://127.0.0.1:{server.server_address[1]}", secret, ran))
        server.shutdown()
    assert (found.form, found.text.strip()) == (kind, TEXT.strip())
    assert _Listener.asked == [] and not ran.exists()


DAMAGED = {
    "junk.doc": OPEN + bytes(range(256)) * 20,
    "deep.rtf": b"{\\rtf1 " + b"{" * 200_000,
}


@installed
@pytest.mark.parametrize("name", DAMAGED)
def test_a_damaged_old_file_is_told(name):
    assert refused(name, DAMAGED[name]) == "office-broken"


# ---- whether or not it is


@pytest.mark.parametrize(("data", "code"), [(OPEN, "form-doc"), (rtf(LINES), "form-rtf"), (odt(LINES), "form-odt")])
def test_without_libreoffice_one_line_says_how_to_get_it(data, code, monkeypatch):
    monkeypatch.setattr(office, "soffice", lambda: None)
    assert refused("a.txt", data) == code


def test_what_no_program_need_look_at_is_refused_at_once(monkeypatch):
    monkeypatch.setattr(office, "soffice", lambda: pytest.fail("it was looked for"))
    assert refused("a.doc", LOCKED) == "form-encrypted"
    assert (
        refused("a.odt", odt(LINES, parts=[("META-INF/manifest.xml", "<manifest:encryption-data/>")]))
        == "form-encrypted"
    )
    assert (
        refused("a.odt", odt(LINES, parts=[("styles.xml", '<!DOCTYPE a [<!ENTITY b "c">]><a/>')])) == "package-entities"
    )
    assert refused("a.odt", odt(LINES)[:-200]) == "form-cut"
    assert refused("a.odt", odt(LINES, sort="spreadsheet")) == "form-spreadsheet"


@pytest.fixture
def stand_in(tmp_path, monkeypatch):
    """Another program in the place of LibreOffice: a script, given as lines of sh; out is the folder to write to."""

    def put(lines: str) -> None:
        program = tmp_path / "bin/soffice"
        program.parent.mkdir(exist_ok=True)
        program.write_text(f'#!/bin/sh\nwhile [ "$1" != --outdir ]; do shift; done\nout=$2\n{lines}\n', "utf-8")
        program.chmod(0o755)
        monkeypatch.setenv("PATH", f"{program.parent}:/usr/bin:/bin")
        office._converted.cache_clear()

    yield put
    office._converted.cache_clear()


@posix
def test_a_program_that_hangs_is_ended_with_all_it_started(stand_in, tmp_path, monkeypatch):
    stand_in(f"sleep 60 & echo $! > {tmp_path}/child; sleep 60")
    monkeypatch.setattr(office, "LONGEST", 1)
    began = time.monotonic()
    assert refused("a.doc", OPEN) == "office-slow"
    assert time.monotonic() - began < 10
    child = int((tmp_path / "child").read_text())
    assert not Path(f"/proc/{child}").exists() or "Z" in Path(f"/proc/{child}/stat").read_text().split()[2]


@posix
def test_a_program_that_dies_is_told(stand_in):
    stand_in("kill -9 $$")
    assert refused("a.rtf", rtf(LINES)) == "office-broken"


@posix
def test_a_file_is_converted_once_however_often_the_site_is_built(stand_in, tmp_path):
    (tmp_path / "made.docx").write_bytes(word_report())
    stand_in(
        f"echo >> {tmp_path}/runs; pwd > {tmp_path}/folder; mkdir -p $out; cp {tmp_path}/made.docx $out/report.docx"
    )
    seeds = tmp_path / "seeds"
    seeds.mkdir()
    (seeds / "a.doc").write_bytes(OPEN)
    for _ in range(2):
        office._converted.cache_clear()
        shelf = read_folder(seeds, "seeds", tmp_path / "cache")
        assert [one.report.source.form for one in shelf.publications] == [Form.DOC]
    assert (tmp_path / "runs").read_text() == "\n"
    assert not Path((tmp_path / "folder").read_text().strip()).exists()
    (seeds / "a.docx").write_bytes(word_report())  # what it was saved as goes before it, and neither is wrong
    shelf = read_folder(seeds, "seeds")
    assert [one.report.source.form for one in shelf.publications] == [Form.DOCX]
    assert not [found for found in shelf.findings if is_error(found)]
