"""A report that comes in on the command line."""

import json
from html import unescape
from pathlib import Path

import pytest
import yaml
from baogao.cli import main
from baogao.model import Part
from baogao.publication.folder import read_folder
from baogao.publication.proof import Sort, proof
from baogao.publication.sidecar import read_sidecar
from baogao.readers.source import read
from baogao.site.pages import files
from baogao.translation.po import read_po
from click.testing import CliRunner
from conftest import PRACTICE, texts
from test_extract import ole

QINGHE = PRACTICE[0]
URL = "https://www.example.gov.cn/a.html"


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    (tmp_path / "mkdocs.yml").touch()  # the folder of a site
    (tmp_path / "in").mkdir()
    (tmp_path / "in/report.txt").write_bytes(QINGHE.read_bytes())
    return lambda *arguments: CliRunner().invoke(main, arguments)


def test_one_command_takes_a_report_in_and_shows_what_was_understood(run, tmp_path):
    done = run("add", "in/report.txt", "--url", URL)
    assert done.exit_code == 0, done.stderr
    seeds = tmp_path / "seeds"
    assert sorted(path.name for path in seeds.iterdir()) == ["qinghe-2021.en.po", "qinghe-2021.txt", "qinghe-2021.yml"]
    assert (seeds / "qinghe-2021.txt").read_bytes() == QINGHE.read_bytes()
    assert yaml.safe_load((seeds / "qinghe-2021.yml").read_text("utf-8")) == {"id": "qinghe-2021", "url": URL}
    assert read_po("a.po", (seeds / "qinghe-2021.en.po").read_text("utf-8")).entries
    for said in (
        "云川市清河区2021年度法治政府建设年度报告",
        "云川市清河区人民政府",
        "2022-02-16",
        URL,
        "(三)严格规范公正文明执法",
        "Administrative law enforcement",
    ):
        assert said in done.stdout
    assert run("check").exit_code == 0


def test_what_the_system_refuses_to_write_is_told_in_a_line_and_nothing_is_left(run, tmp_path, monkeypatch):
    """As in a folder that may not be written to, or on a full disk."""
    whole = Path.open

    def open_(path, *mode, **other):
        if path.suffix == ".yml" and "x" in "".join(mode):
            raise PermissionError(13, "Permission denied", str(path))
        return whole(path, *mode, **other)

    monkeypatch.setattr(Path, "open", open_)
    done = run("add", "in/report.txt")
    assert done.exit_code == 1 and not done.stdout
    assert done.stderr.startswith("seeds/qinghe-2021.yml: the system refuses this (Permission denied).")
    assert len(done.stderr.splitlines()) == 1 and list((tmp_path / "seeds").iterdir()) == []


def test_a_file_to_translate_that_nobody_has_begun_is_no_translation(run):
    run("add", "in/report.txt")
    assert "not translated" not in run("check").stdout
    (publication,) = read_folder(Path("seeds"), "seeds").publications
    made = {file.path: file.content.decode() for file in files([publication]) if file.path.endswith(".md")}
    assert not [path for path in made if "bilingual" in path]
    assert "not translated yet" in made["en/qinghe-2021/index.md"]


def test_it_speaks_chinese_where_the_machine_does(run, monkeypatch):
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    assert "行政执法" in run("add", "in/report.txt").stdout


def test_each_line_that_stands_on_no_page_is_told_with_its_words(run, tmp_path):
    above, below = "清政办〔2022〕5号", "（联系人：张某，电话：0799-1234567）"
    text = f"{above}\n{QINGHE.read_text('utf-8').rstrip()}\n{below}\n"
    (tmp_path / "in/report.txt").write_text(text, "utf-8")
    told = run("add", "in/report.txt").stdout
    assert f"qinghe-2021.txt:{len(text.splitlines())}: {below}" in told
    assert f": {above}" not in told  # it stands among the particulars
    (publication,) = read_folder(Path("seeds"), "seeds").publications
    made = {path: unescape(page) for path, page in texts(files([publication], proofs=True)).items()}
    assert below in made["zh/qinghe-2021/proof.md"] and above in made["zh/qinghe-2021/index.md"]
    source = publication.report.source
    kept = {source.text[one.start : one.end].strip() for one in source.segments if one.part is Part.CHROME}
    assert kept == {row.says for row in proof(publication) if row.sort is Sort.LEFT_OUT}


def test_what_the_text_does_not_say_is_left_to_fill_in(run, tmp_path):
    text = (tmp_path / "in/report.txt").read_text("utf-8")
    day = next(line for line in text.splitlines() if "2022-02-16" in line)
    (tmp_path / "in/report.txt").write_text(text.replace(day, ""), "utf-8")
    run("add", "in/report.txt")
    assert "# published:" in (tmp_path / "seeds/qinghe-2021.yml").read_text("utf-8")


def test_where_the_text_has_no_place_that_of_the_files_name_is_proposed_and_not_used(run, tmp_path):
    text = "2023年政府工作报告\n各位代表：\n一、2022年工作回顾\n修路3公里。\n二、2023年工作安排\n修路4公里。\n"
    (tmp_path / "in/滨溪市2023年政府工作报告.txt").write_text(text, "utf-8")
    run("add", "in/滨溪市2023年政府工作报告.txt")
    (sidecar,) = (path for path in (tmp_path / "seeds").glob("*.yml") if "place:" in path.read_text("utf-8"))
    said = sidecar.read_text("utf-8")
    assert "\n# place: 滨溪市  #" in said and "year:" not in said
    assert read_sidecar(sidecar.name, said.encode()).place == ""


def test_the_same_report_from_another_portal_is_refused_with_what_differs(run, tmp_path):
    run("add", "in/report.txt")
    text = (tmp_path / "in/report.txt").read_text("utf-8")
    sentence = next(line for line in text.splitlines() if line.startswith("一是"))
    copy = text.replace(sentence, sentence[:-1] + "，成效明显。").replace("，", ",")
    (tmp_path / "in/copy.txt").write_text("某某门户网站\n首页 > 政务公开\n" + copy, "utf-8")
    before = sorted((tmp_path / "seeds").iterdir())
    done = run("add", "in/copy.txt")
    assert done.exit_code == 1 and "seeds/qinghe-2021.txt" in done.stderr
    changed = [line for line in done.stdout.splitlines() if line[:1] in "+-" and line[:3] not in ("+++", "---")]
    assert len(changed) == 2 and changed[1].endswith("成效明显。")  # white space and width are no difference
    assert sorted((tmp_path / "seeds").iterdir()) == before


def test_the_same_file_again_is_told_to_be_the_same_and_where_its_address_goes(run, tmp_path):
    (tmp_path / "in/report.txt").write_text(QINGHE.read_text("utf-8").replace("2022-02-16 10:42", ""), "utf-8")
    assert "Published without it" in run("add", "in/report.txt").stderr
    (tmp_path / "in/copy.txt").write_bytes((tmp_path / "in/report.txt").read_bytes() + b"\n")
    for name, said in (("report", "the same file"), ("copy", "in the folder already")):
        done = run("add", f"in/{name}.txt", "--url", URL)
        assert done.exit_code == 1 and said in done.stderr and "Published" not in done.stderr
        assert len(done.stderr.splitlines()) == 1 and bool(done.stdout) == (name == "copy")
        assert all(word in done.stderr for word in ("seeds/qinghe-2021.yml", "`url:`", "`attachments:`"))


def test_the_same_report_under_another_address_is_refused_too_unless_forced(run, tmp_path):
    run("add", "in/report.txt")
    sidecar = tmp_path / "seeds/qinghe-2021.yml"
    sidecar.write_text("id: another-2021\n", "utf-8")
    assert run("add", "in/report.txt").exit_code == 1
    for path in [*(tmp_path / "seeds").iterdir()]:
        path.rename(path.with_name(path.name.replace("qinghe", "another")))
    done = run("add", "in/report.txt", "--force")
    assert done.exit_code == 0 and "seeds/another-2021.txt" in done.stderr and "seeds/qinghe-2021.txt" in done.stderr
    assert "Nothing was added" not in done.stderr and "same file" not in done.stderr
    assert (tmp_path / "seeds/qinghe-2021.txt").is_file() and (tmp_path / "seeds/another-2021.txt").is_file()


def test_a_report_of_another_place_in_the_same_words_is_another_report(run, tmp_path):
    run("add", "in/report.txt")
    (tmp_path / "in/copy.txt").write_text(QINGHE.read_text("utf-8").replace("清河区", "白石区"), "utf-8")
    assert run("add", "in/copy.txt").exit_code == 0 and (tmp_path / "seeds/baishi-2021.txt").is_file()
    # one of another place whose name sounds the same would have the same address
    (tmp_path / "in/copy.txt").write_text(QINGHE.read_text("utf-8").replace("清河区", "青河区"), "utf-8")
    done = run("add", "in/copy.txt")
    assert done.exit_code == 0 and "in/copy.txt: its address would be qinghe-2021" in done.stderr
    assert (tmp_path / "seeds/qinghe-2021-2.txt").is_file()
    assert sorted(one.id for one in read_folder(tmp_path / "seeds", "seeds").publications)[-2:] == [
        "qinghe-2021",
        "qinghe-2021-2",
    ]


def test_two_departments_whose_names_sound_the_same_are_both_taken_in(run, tmp_path):
    for name in ("水务", "税务"):
        text = (
            f"云岭县{name}局2023年度法治政府建设情况报告\n一、成效\n{name}局办理案件3件。\n二、不足\n{name}力量不足。\n"
        )
        (tmp_path / f"in/{name}.txt").write_text(text, "utf-8")
        assert run("add", f"in/{name}.txt").exit_code == 0
    assert {path.stem for path in (tmp_path / "seeds").glob("*.txt")} == {
        "yunling-shuiwuju-2023",
        "yunling-shuiwuju-2023-2",
    }
    assert run("add", "in/水务.txt").exit_code == 1  # it is here already, whatever its address


def test_what_looks_like_a_report_that_is_here_is_taken_in_by_force_at_another_address(run, tmp_path):
    run("add", "in/report.txt")
    (tmp_path / "in/copy.txt").write_text(QINGHE.read_text("utf-8") + "\n另附一句。\n", "utf-8")
    assert run("add", "in/copy.txt").exit_code == 1
    assert run("add", "in/copy.txt", "--force").exit_code == 0 and (tmp_path / "seeds/qinghe-2021-2.txt").is_file()


PAGE = "<html><body><h1>平川市云溪区2023年度法治政府建设情况报告</h1><p>一、成效</p><p>全年办理案件3件，其中调解2件。</p></body></html>"


@pytest.mark.parametrize("name", ["a.shtml", "a.aspx", "a.jsp", "a.md", "a", "a.HTM", "t3.txt"])
def test_a_file_gets_the_ending_of_what_it_is_and_is_published(run, tmp_path, name):
    text = name == "t3.txt"
    (tmp_path / "in" / name).write_text(
        "平川市云溪区2023年度法治政府建设情况报告\n一、成效\n办理案件3件。\n" if text else PAGE, "utf-8"
    )
    assert run("add", f"in/{name}").exit_code == 0
    (publication,) = read_folder(Path("seeds"), "seeds").publications
    assert publication.report.source.path == f"seeds/yunxi-2023{'.txt' if text else '.html'}"


SPOKEN = (
    "政府工作报告\n各位代表：\n现在，我代表区人民政府向大会报告工作，请予审议。\n2023年工作回顾\n全年办理案件3件。\n"
)


@pytest.mark.parametrize(("first", "second"), [(0, 1), (3, 3), (6, 0), (SPOKEN, SPOKEN), (0, SPOKEN)])
def test_two_reports_in_one_file_are_told_with_the_line_where_the_second_begins(run, tmp_path, first, second):
    above, below = (one if isinstance(one, str) else PRACTICE[one].read_text("utf-8") for one in (first, second))
    (tmp_path / "in/two.txt").write_text(f"{above.rstrip()}\n\n{below}", "utf-8")
    alone = read("a.txt", below.encode()).particulars.title
    copy = below.index(below[alone.start : alone.end])  # a page may print its title more than once
    line = above.rstrip().count("\n") + 3 + below.count("\n", 0, copy)
    assert f"in/two.txt:{line}: another report seems to begin here, “{alone.text}”" in run("check", "in/two.txt").stderr


def test_files_attached_to_a_report_come_in_with_it(run, tmp_path):
    (tmp_path / "in/a.jsp").write_text(PAGE, "utf-8")
    (tmp_path / "in/执法 统计表.txt").write_text("办理许可302件。", "utf-8")
    (tmp_path / "in/table.xls").write_bytes(ole("Workbook"))
    refused = run("add", "in/a.jsp", "--attachment", "in/table.xls")
    assert refused.exit_code == 1 and "in/table.xls: " in refused.stderr and not (tmp_path / "seeds").exists()
    twice = run("add", "in/a.jsp", *("--attachment", "in/执法 统计表.txt") * 2)
    assert twice.exit_code == 1 and "yunxi-2023.执法-统计表.txt" in twice.stderr and not (tmp_path / "seeds").exists()
    assert run("add", "in/a.jsp", "--attachment", "in/执法 统计表.txt").exit_code == 0
    assert yaml.safe_load((tmp_path / "seeds/yunxi-2023.yml").read_text("utf-8")) == {
        "id": "yunxi-2023",
        "attachments": ["yunxi-2023.执法-统计表.txt"],
    }
    (publication,) = read_folder(Path("seeds"), "seeds").publications
    assert [one.text for one in publication.report.annex] == ["附件：执法-统计表", "办理许可302件。"]


def test_a_copy_without_a_sidecar_never_takes_the_address_that_one_gives(run, tmp_path):
    run("add", "in/report.txt")
    (tmp_path / "seeds/a copy (1).txt").write_bytes(QINGHE.read_bytes())
    shelf = read_folder(Path("seeds"), "seeds")
    assert [one.report.source.path for one in shelf.publications] == ["seeds/qinghe-2021.txt"]
    told = [(one.code, one.path, one.expected) for one in shelf.findings if one.code == "duplicate-id"]
    assert told == [("duplicate-id", "seeds/a copy (1).txt", "seeds/qinghe-2021.txt")]


def test_what_programs_leave_beside_an_open_or_copied_file_is_passed_over(run, tmp_path):
    run("add", "in/report.txt")
    for name in ("~$qinghe-2021.docx", "._qinghe-2021.html", ".~lock.a.txt", "._qinghe-2021.yml", ".DS_Store"):
        (tmp_path / "seeds" / name).write_bytes(b"\0\5\x16\7")
    (tmp_path / "seeds/a.txt").mkdir()
    shelf = read_folder(Path("seeds"), "seeds")
    assert len(shelf.publications) == 1 and not [one for one in shelf.findings if "qinghe-2021.txt" not in one.path]


def test_the_next_year_of_the_same_place_is_another_report(run, tmp_path):
    run("add", "in/report.txt")
    (tmp_path / "in/next.txt").write_bytes(PRACTICE[1].read_bytes())
    assert run("add", "in/next.txt").exit_code == 0
    assert (tmp_path / "seeds/qinghe-2022.txt").is_file()


@pytest.mark.parametrize(("name", "data"), [("empty.txt", b""), ("photo.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")])
def test_what_is_no_report_leaves_nothing_behind(run, tmp_path, name, data):
    (tmp_path / "in" / name).write_bytes(data)
    done = run("add", f"in/{name}")
    assert done.exit_code == 1 and len(done.stderr.splitlines()) == 1
    assert not (tmp_path / "seeds").exists()


def test_a_wrong_address_is_told_before_anything_is_written(run, tmp_path):
    done = run("add", "in/report.txt", "--url", "www.example.gov.cn")
    assert done.exit_code == 1 and "--url: www.example.gov.cn is not the address" in done.stderr
    assert "https://" in done.stderr and "the line" not in done.stderr  # there is none that could be deleted
    assert not (tmp_path / "seeds").exists()


def test_check_gives_what_is_in_doubt_with_the_line_that_corrects_it(run, tmp_path):
    (tmp_path / "in/report.txt").write_text(
        "某某县2023年度法治政府建设情况报告\n\n一、工作\n全年办理案件3件。。近百人参加。\n", "utf-8"
    )
    said = run("check", "in/report.txt").stdout
    assert "in/report.txt:4: s1-1" in said and "repeated punctuation" in said
    assert "    - {id: f1-2-1, quote: 近百人," in said
    records = json.loads(run("check", "in/report.txt", "--format", "json").stdout)
    doubts = [one for one in records if one["severity"] == "doubt"]
    assert {"slip-doubled", "doubt-round"} <= {one["code"] for one in doubts}
    assert any(one["correction"].startswith("- {id: f1-2-1,") for one in doubts)


def test_under_github_actions_findings_are_annotations(run, tmp_path, monkeypatch):
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds/a.txt").write_bytes(b"")
    (tmp_path / "seeds/b.txt").write_bytes(QINGHE.read_bytes().replace("一是".encode(), "三是".encode(), 1))
    (tmp_path / "seeds/c.html").write_text(PAGE.replace("<p>一、", "<p>三、"), "utf-8")
    said = run("check").stderr
    assert "::error file=seeds/a.txt::" in said
    assert "::notice file=seeds/b.txt,line=" in said
    assert "::notice file=seeds/c.html::" in said and "file=seeds/c.html,line" not in said  # it has no such line
    records = json.loads(run("check", "--format", "json").stdout)
    found = {one["file"]: one["found"] for one in records if one["code"].startswith("numeral-")}
    assert found["seeds/b.txt"] is None
    assert found["seeds/c.html"] == {"begins": "三、成效", "pages": None, "attachment": ""}
