"""Report <-> PO: what a translator gets, and that nothing of theirs is ever lost when the Chinese changes."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from shutil import which

import pytest
from baogao.publication.folder import read_file
from baogao.publication.publication import understand
from baogao.translation.memory import Known, recalled, reviewed
from baogao.translation.po import Entry, State, Translation, merged, read_po, units, write_po
from baogao.translation.terms import general_terms
from baogao.wording.names import Names
from conftest import SEED, understood
from hypothesis import given
from hypothesis import strategies as st

HEAD = "某区2023年度法治政府建设报告\n一、成效\n"


def publication(body: str):
    return understand("a.txt", (HEAD + body + "\n").encode())


def written(body: str, old: Translation | None = None) -> Translation:
    return read_po("a.po", write_po("a", Names(publication(body), "zh").units(), old or Translation()))


def translated(body: str, **english: str) -> Translation:
    """A PO in which the units whose Chinese begins with a key of `english` have that English."""
    po = write_po("a", Names(publication(body), "zh").units(), Translation())
    for chinese, said in english.items():
        before, found, after = po.partition(f'msgid "{chinese}')
        assert found
        po = before + found + after.replace('msgstr ""', f'msgstr "{said}"', 1)
    return read_po("a.po", po)


def english(po: Translation) -> dict[str, tuple[str, State]]:
    return {id_: (entry.english, entry.state) for id_, entry in (po.entries or {}).items() if entry.english}


def test_every_sentence_heading_subject_and_field_is_one_unit_with_its_id():
    read = understood(SEED)
    found = [unit.id for unit in Names(read, "zh").units()]
    wanted = {s.id for s in read.report.sentences()} | {f.id for f in read.figures if f.subject}
    wanted |= {f"h{s.id}" for s in read.report.walk() if s.head_end > s.start}
    assert len(found) == len(set(found))
    assert set(found) - wanted == {"m-title", "m-issuer", "m-place", "m-source"} and wanted <= set(found)


def test_a_translator_sees_the_place_and_the_terms():
    read = replace(publication("一是推进行政复议。受理行政复议案件79件。"), terms=general_terms())
    po = write_po("a", Names(read, "zh").units(), Translation())
    (entry,) = [block for block in po.split("\n\n") if 'msgctxt "s1-0-1-1"' in block]
    assert "#. 一、一是第" in entry and "#. 行政复议 = administrative reconsideration" in entry


def test_writing_again_changes_no_byte():
    body = "办理案件63件。组织培训。"
    first = write_po("a", Names(publication(body), "zh").units(), translated(body, 组织="Training was held."))
    assert write_po("a", Names(publication(body), "zh").units(), read_po("a.po", first)) == first


def test_an_english_stays_with_its_sentence_when_it_moves():
    old = translated("办理案件63件。组织培训。", 组织="Training was held.")
    new = written("新的一句。办理案件63件。组织培训。", old)
    assert english(new) == {"s1-3": ("Training was held.", State.DRAFT)}


def test_when_the_chinese_changes_the_english_is_kept_with_the_old_source_and_not_shown():
    old = translated("办理案件63件。组织培训。", 组织="Training was held.")
    new = written("办理案件63件。组织专题培训。", old)
    entry = (new.entries or {})["s1-2"]
    assert (entry.english, entry.state, entry.previous) == ("Training was held.", State.CHANGED, "组织培训。")
    assert new.english("s1-2", "组织专题培训。") == ""
    assert new.state("s1-2", "组织专题培训。") is State.CHANGED
    # the Chinese changes once more: still the source it was made for
    again = written("办理案件63件。组织两次培训。", new)
    assert (again.entries or {})["s1-2"].previous == "组织培训。"


def test_english_of_text_that_is_gone_is_kept_and_comes_back():
    old = translated("办理案件63件。组织培训。", 组织="Training was held.")
    gone = written("办理案件63件。", old)
    assert [entry.english for _, entry in gone.obsolete] == ["Training was held."]
    back = written("办理案件63件。组织培训。", gone)
    assert english(back) == {"s1-2": ("Training was held.", State.DRAFT)} and not back.obsolete


def test_an_english_made_for_other_words_is_never_shown():
    po = translated("组织培训。", 组织="Training was held.")
    assert po.english("s1-1", "组织培训。") == "Training was held."
    assert po.english("s1-1", "组织演练。") == ""


def test_a_reviewed_unit_and_a_translators_comment_survive():
    po = write_po("a", Names(publication("组织培训。"), "zh").units(), Translation())
    at = po.index("#. 一第1句")
    po = po[:at] + "# 培训: training\n# reviewed\n" + po[at:].replace('msgstr ""', 'msgstr "Training was held."', 1)
    new = written("组织培训。", read_po("a.po", po))
    entry = (new.entries or {})["s1-1"]
    assert (entry.state, entry.comment) == (State.REVIEWED, "培训: training")


@pytest.mark.parametrize(
    ("po", "said"),
    [
        ('msgid "a"\nmsgstr "b"\n', "a.po:1"),
        ('msgctxt "s1"\nmsgid "a"\nmsgstr "b"\n\nmsgctxt "s1"\nmsgid "c"\nmsgstr "d"\n', "a.po:5"),
        ("msgid a", "a.po"),
    ],
)
def test_a_file_that_is_no_translation_names_the_line(po, said):
    with pytest.raises(ValueError, match=said):
        read_po("a.po", po)


SENTENCES = st.lists(st.text("甲乙丙丁戊", min_size=1, max_size=4), min_size=1, max_size=6, unique=True)


@given(SENTENCES, SENTENCES)
def test_no_english_is_lost_whatever_changes(before, after):
    old = written("".join(f"{s}。" for s in before))
    given_ = {id_: f"en {entry.source}" for id_, entry in (old.entries or {}).items() if id_.startswith("s")}
    entries = {id_: type(e)(e.source, given_.get(id_, ""), State.DRAFT) for id_, e in (old.entries or {}).items()}
    new = written("".join(f"{s}。" for s in after), Translation("a.po", entries))
    kept = [e.english for e in (new.entries or {}).values() if e.english] + [e.english for _, e in new.obsolete]
    assert sorted(kept) == sorted(given_.values())
    for id_, (said, state) in english(new).items():
        if state is State.DRAFT:
            assert said == f"en {(new.entries or {})[id_].source}"


@pytest.mark.skipif(which("msgfmt") is None, reason="gettext is not installed: apt install gettext")
def test_gettext_takes_the_file(tmp_path):
    path = SEED.with_suffix(".en.po")
    done = subprocess.run(["msgfmt", "-c", "-o", tmp_path / "a.mo", path], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_the_first_report_is_translated_whole():
    read = read_file(SEED, "seeds/a.txt")
    path = SEED.with_suffix(".en.po")
    po = read_po(path.name, path.read_text("utf-8"))
    metadata = {name: read.given(name) for name in ("title", "issuer", "place", "source")}
    lacking = [u.id for u in units(read.report, read.figures, metadata) if not po.english(u.id, u.text)]
    assert lacking == []


def test_the_file_of_the_first_report_is_as_the_program_writes_it():
    read = read_file(SEED, "seeds/a.txt")
    path = SEED.with_suffix(".en.po")
    assert write_po(read.id, Names(read, "zh").units(), read.translation) == path.read_text("utf-8")


# ---- what comes back, and what is known from before


def test_work_on_chinese_that_changed_meanwhile_comes_in_fuzzy_with_its_old_source():
    theirs = translated("办理案件63件。工作仍较薄弱。", 工作="Work is still weak.")
    now = merged(written("办理案件63件。工作仍然较薄弱。"), theirs, [])
    entry = (now.entries or {})["s1-2"]
    assert (entry.english, entry.state, entry.previous) == ("Work is still weak.", State.CHANGED, "工作仍较薄弱。")
    back = read_po("a.po", write_po("a", Names(publication("办理案件63件。工作仍然较薄弱。"), "zh").units(), now))
    assert english(back) == {"s1-2": ("Work is still weak.", State.CHANGED)}


def test_white_space_that_a_tool_put_in_makes_no_other_sentence():
    theirs = translated("比率为98.5%。")
    entries = {
        i: Entry(e.source.replace("98.5%", "98.5 %"), "It was 98.5%.", State.DRAFT) for i, e in theirs.entries.items()
    }
    now = merged(written("比率为98.5%。"), replace(theirs, entries=entries), [])
    assert now.english("s1-1", "比率为98.5%。") == "It was 98.5%."


def test_work_on_a_sentence_that_moved_goes_with_it():
    theirs = translated("办理案件63件。组织培训。", 组织="Training was held.")
    assert english(merged(written("新的一句。办理案件63件。组织培训。"), theirs, [])) == {
        "s1-3": ("Training was held.", State.DRAFT)
    }


def test_work_on_a_sentence_that_is_gone_or_was_translated_meanwhile_is_kept():
    theirs = translated("组织培训。", 组织="Training was held.")
    own = translated("组织演练。", 组织="A drill was held.")
    now = merged(own, theirs, [])
    assert english(now) == {"s1-1": ("A drill was held.", State.DRAFT)}
    assert [entry.english for _, entry in now.obsolete] == ["Training was held."]
    assert merged(now, theirs, []) == now  # once is enough


@given(SENTENCES, SENTENCES)
def test_an_import_loses_no_english_of_either_side(before, after):
    theirs = written("".join(f"{s}。" for s in before))
    entries = {
        id_: replace(entry, english=f"en {entry.source}", state=State.DRAFT)
        for id_, entry in (theirs.entries or {}).items()
        if id_.startswith("s")
    }
    now = merged(written("".join(f"{s}。" for s in after)), replace(theirs, entries=entries), [])
    kept = {entry.english for entry in (now.entries or {}).values()} | {entry.english for _, entry in now.obsolete}
    assert {entry.english for entry in entries.values()} <= kept


def known_before(body: str, **english: str) -> tuple[Known, ...]:
    old = translated(body, **english)
    entries = {i: replace(e, state=State.REVIEWED) for i, e in old.entries.items() if e.english}
    return reviewed([replace(old, entries=entries, report="a-2022")])


def test_a_new_report_begins_with_what_was_reviewed_of_the_same_words():
    memory = known_before("全年组织行政执法人员培训。", 全年="Training was held.")
    body = "全年组织行政执法人员培训。全年组织行政执法人员轮训。办理案件。"
    all_units = [*Names(publication(body), "zh").units()]
    done = recalled(all_units, written(body), memory)
    assert (done.same, done.alike) == (1, 1)
    same, alike = ((done.translation.entries or {})[id_] for id_ in ("s1-1", "s1-2"))
    assert (same.english, same.state, same.comment) == ("Training was held.", State.DRAFT, "from a-2022 s1-1")
    assert (alike.state, alike.previous) == (State.CHANGED, "全年组织行政执法人员培训。")
    assert not (done.translation.entries or {})["s1-3"].english
    again = recalled(all_units, done.translation, memory)
    assert (again.same, again.alike, again.translation) == (0, 0, done.translation)


def test_a_draft_is_not_handed_on():
    assert reviewed([translated("组织培训。", 组织="Training was held.")]) == ()
