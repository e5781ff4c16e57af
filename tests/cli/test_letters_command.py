"""``checker letters``, and letters written by ``checker check``."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from checker.cli.main import program
from checker.reports.letters.fields import FIELDS
from checker.reports.letters.kinds import Kind

CASES = str(Path(__file__).parents[1] / "reports" / "letters" / "cases.yaml")


def run(*args):
    return CliRunner().invoke(program, args)


def check(*args):
    return run("check", CASES, "--rules", "duban", "--as-of", "2026-11-25", "--format", "docx", *args)


def test_the_kinds_and_the_fields_are_listed():
    found = run("letters")
    assert found.exit_code == 0
    assert [kind for kind in Kind if kind.value not in found.stdout] == []
    found = run("letters", "--fields")
    assert found.exit_code == 0
    assert [field.name for field in FIELDS if field.name not in found.stdout] == []
    assert "{%tr for 项 in 逾期事项 %}" in found.stdout


def test_templates_are_copied_once(tmp_path):
    folder = tmp_path / "模板"
    found = run("letters", "--copy", str(folder))
    assert found.exit_code == 0
    assert sorted(path.name for path in folder.iterdir()) == sorted(f"{kind.value}.docx" for kind in Kind)
    (folder / "催办函.docx").write_bytes(b"edited")
    found = run("letters", "--copy", str(folder))
    assert found.exit_code == 2
    assert "不改写" in found.stderr
    assert (folder / "催办函.docx").read_bytes() == b"edited"
    assert run("letters", "--copy", str(folder), "--fields").exit_code == 2


def test_a_copied_folder_of_templates_gives_the_same_letters(tmp_path):
    run("letters", "--copy", str(tmp_path / "模板"))
    assert check("--output", str(tmp_path / "一")).exit_code == 2  # one case is unread
    assert check("--output", str(tmp_path / "二"), "--letter", str(tmp_path / "模板")).exit_code == 2
    written = [{path.name: path.read_bytes() for path in (tmp_path / name).iterdir()} for name in ("一", "二")]
    assert written[0] == written[1]
    assert len(written[0]) == 15


def test_letters_stand_in_a_folder_with_a_list_and_others_are_told(tmp_path):
    folder = tmp_path / "催办函"
    folder.mkdir()
    (folder / "旧的.docx").write_bytes(b"old")
    found = check("--letter", "催办函", "--output", str(folder))
    assert sorted(path.name for path in folder.iterdir()) == [
        "催办函-公安机关.docx",
        "催办函-政法委.docx",
        "催办函-法院.docx",
        "催办函-责任机关待核.docx",
        "文书清单.txt",
        "旧的.docx",
    ]
    assert (folder / "旧的.docx").read_bytes() == b"old"
    assert "另有 1个 docx 文件不是这次写的" in found.stderr
    assert "文书 4份；催办函：结论 10项；" in found.stderr


@pytest.mark.parametrize(("letter", "code"), [("评查报告", 2), ("表扬信", 2), ("催办函", 2)])
def test_one_letter_may_be_a_file(tmp_path, letter, code):
    target = tmp_path / "一.docx"
    found = check("--letter", letter, "--output", str(target))
    assert found.exit_code == code
    assert target.exists() == (letter == "评查报告")
    assert ("共有 4个文件" in found.stderr) == (letter == "催办函")
    assert not list(tmp_path.glob("*.txt"))


def test_nothing_to_write_is_said_and_changes_no_exit_code(tmp_path):
    case = tmp_path / "一.yaml"
    case.write_text("case: 一\nkind: 督办\nevents: []\n", encoding="utf-8")
    args = ("check", str(case), "--rules", "duban", "--as-of", "2026-11-25", "--format", "docx")
    for output in (tmp_path / "函.docx", tmp_path / "函"):
        found = run(*args, "--letter", "催办函", "--output", str(output))
        assert found.exit_code == 0
        assert "没有需要写的催办函" in found.stderr
    assert not (tmp_path / "函.docx").exists()
    assert [path.name for path in (tmp_path / "函").iterdir()] == ["文书清单.txt"]
    found = run(*args, "--letter", "评查报告", "--output", str(tmp_path / "报告.docx"))
    assert found.exit_code == 0
    assert (tmp_path / "报告.docx").stat().st_size > 1000


def test_where_to_write_must_be_said_and_must_not_be_a_file(tmp_path):
    found = check()
    assert found.exit_code == 2
    assert "须用「--output」写明文件夹" in found.stderr
    (tmp_path / "文件").write_bytes(b"mine")
    found = check("--output", str(tmp_path / "文件"))
    assert found.exit_code == 2
    assert (tmp_path / "文件").read_bytes() == b"mine"


def test_a_broken_template_leaves_what_was_there(tmp_path):
    from reports.letters.making import template

    (tmp_path / "我的.docx").write_bytes(template("{{ 没有 }}"))
    target = tmp_path / "函.docx"
    target.write_bytes(b"mine")
    found = check("--letter", str(tmp_path / "我的.docx"), "--output", str(target))
    assert found.exit_code == 2
    assert "用了没有的字段「没有」，所在的段落是「{{ 没有 }}」" in found.stderr
    assert target.read_bytes() == b"mine"


@pytest.mark.parametrize(
    ("letter", "output"), [("模板", "模板"), ("模板/评查报告.docx", "模板"), ("模板/评查报告.docx",) * 2]
)
def test_no_template_is_replaced_by_a_letter(tmp_path, letter, output):
    run("letters", "--copy", str(tmp_path / "模板"))
    before = {path: path.read_bytes() for path in (tmp_path / "模板").iterdir()}
    found = check("--letter", str(tmp_path / letter), "--output", str(tmp_path / output))
    assert found.exit_code == 2
    assert "换一个地方写结果" in found.stderr
    assert {path: path.read_bytes() for path in (tmp_path / "模板").iterdir()} == before


def test_a_template_is_looked_at_before_any_case(tmp_path):
    (tmp_path / "我的.docx").write_bytes(b"no document")
    found = check("--letter", str(tmp_path / "我的.docx"), "--output", str(tmp_path / "函"))
    assert found.exit_code == 2
    assert "不是 Word 文件" in found.stderr
    assert "没有的行为" not in found.stderr  # the complaint about the fifth case
