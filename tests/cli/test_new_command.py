"""``checker new``: what is made passes everything at once, and nothing that is there is overwritten."""

import pytest
import yaml
from click.testing import CliRunner

from checker.cli.main import program
from checker.drafting.making.skeletons import KINDS


def run(*args):
    return CliRunner().invoke(program, [str(a) for a in args])


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert run("new", "pack", "jia", "--title", "甲规程（试行）").stdout == "rules/jia/jia.norm\n"
    return tmp_path


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_made_passes_everything_at_once(here, kind):
    made = run("new", "norm", "rules/jia", "某规范", "--kind", kind)
    assert (made.exit_code, made.stdout) == (0, "rules/jia/jia.norm\n")
    made = run("new", "fixture", "某规范", "--rules", "rules/jia")
    assert (made.exit_code, made.stdout) == (0, "fixtures/jia/某规范.yaml\n")
    for args in (["fmt", "--check"], ["lint", "rules/jia"], ["test", "rules"]):
        result = run(*args)
        assert result.exit_code == 0, result.output
    documents = list(yaml.safe_load_all((here / "fixtures/jia/某规范.yaml").read_text(encoding="utf-8")))
    assert {one["case"] for one in documents} >= {"某规范-合规", "某规范-违规"}


def test_a_norm_speaks_of_what_is_declared_and_what_is_asked_for(here):
    run("new", "norm", "rules/jia", "限期催办", "--organ", "政法委", "--act", "催办", "--when", "交办")
    run("new", "norm", "rules/jia", "先批", "--kind", "precede", "--organ", "政法委", "--act", "交办", "--when", "审批")
    assert (
        (here / "rules/jia/jia.norm").read_text(encoding="utf-8").split("标识 jia\n")[1]
        == """  效力 示范
  期间 次日起算；末日遇休假日顺延；日为自然日

词汇
  机关 政法委
  行为 交办
  行为 催办

# 待办：改写依据和引文，改用本规程的机关、行为和条件。
规范 限期催办
  依据 本规程「待写：应当在五日内办理」
  当 交办
  应当 政法委 催办，自 交办 起 5日 内

词汇
  行为 审批

# 待办：改写依据和引文，改用本规程的机关、行为和条件。
规范 先批
  依据 本规程「待写：之前应当」
  交办 之前 应当 逐一 有 政法委 审批
"""
    )


def test_encoding_and_line_ends_of_the_file_stay(here):
    file = here / "rules/jia/jia.norm"
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n"))
    assert run("new", "norm", "rules/jia", "某规范").exit_code == 0
    assert file.read_bytes().startswith(b"\xef\xbb\xbf")
    assert b"\n" not in file.read_bytes().replace(b"\r\n", b"")


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["pack", "jia"], "「rules/jia」已经存在，不改写"),
        (["pack", "a/b"], "标识不能含有「/」"),
        (["pack", "a b"], "名称「a b」里不能有空格"),
        (["pack"], "写作 checker new pack ID"),
        (["norm", "rules/jia"], "写作 checker new norm PACK TITLE"),
        (["norm", "rules/jia", "甲/乙"], "不能含有「/」"),
        (["norm", "rules/没有", "甲"], "没有「rules/没有」"),
        (["norm", "rules/jia", "某", "--title", "乙"], "「--title」不能与 new norm 一起用"),
        (["norm", "rules/jia", "某", "--kind", "duties"], "不在可选的值之内"),
        (["fixture", "没有", "--rules", "rules/jia"], "没有名为「没有」的规范"),
        (["fixture", "某", "--kind", "ban"], "「--kind」不能与 new fixture 一起用"),
        (["case", "某"], "不在可选的值之内；可选：pack、norm、fixture"),
        (["norm", "rules/jia", "限期 办"], "名称「限期 办」里不能有空格"),
    ],
)
def test_wrong_arguments(here, args, message):
    before = (here / "rules/jia/jia.norm").read_bytes()
    result = run("new", *args)
    assert result.exit_code == 2
    assert message in result.stderr
    assert (here / "rules/jia/jia.norm").read_bytes() == before


def test_nothing_is_overwritten(here):
    run("new", "norm", "rules/jia", "某规范")
    result = run("new", "norm", "rules/jia", "某规范")
    assert result.exit_code == 2
    assert "已经有「某规范」，不改写" in result.stderr
    file = here / "fixtures/jia/某规范.yaml"
    file.parent.mkdir(parents=True)
    file.write_text("自己写的", encoding="utf-8")
    result = run("new", "fixture", "某规范", "--rules", "rules/jia")
    assert result.exit_code == 2
    assert "已经存在，不改写" in result.stderr
    assert file.read_text(encoding="utf-8") == "自己写的"


def test_a_fixture_can_go_elsewhere(here):
    assert here.is_dir()
    run("new", "norm", "rules/jia", "某规范")
    result = run("new", "fixture", "jia/某规范", "--rules", "rules/jia", "--output", "别处/甲.yaml")
    assert (result.exit_code, result.stdout) == (0, "别处/甲.yaml\n")
    assert run("test", "别处", "--rules", "rules/jia").exit_code == 0


def test_a_pack_beside_no_rules_folder_keeps_its_fixtures_inside(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    run("new", "pack", "yi", "--dir", ".")
    run("new", "norm", "yi", "某规范")
    assert run("new", "fixture", "某规范", "--rules", "yi").stdout == "yi/fixtures/某规范.yaml\n"
    assert run("test", "--rules", "yi").exit_code == 0
