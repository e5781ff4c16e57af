"""Compiled rule sets kept between runs are the ones that compiling gives, and no change goes unnoticed."""

import pytest

from checker.language import kept
from checker.language.compile import compile_packs
from checker.language.packs import load_packs, shipped_folder
from checker.language.site import Site
from checker.language.texts import load_texts

RULES = """规程 《某规程》
  标识 mou
  效力 示范
  施行 2020-01-01
  参数 期限 = 30日 「示范取值」

词汇
  机关 法院
  行为 交办、办结

规范 按期办结
  依据 《某条例》第一条「三十日内」
  当 交办
  应当 办结，自 交办 起 期限 内
"""
TEXT = "# 名称：某条例\n# 标识：m\n# 效力：法律\n# 状态：现行\n# 文本：已核对\n# 来源：测试\n\n第一条 三十日内办结。\n"


@pytest.fixture
def pack(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    for name in ("mou", "ling"):
        (tmp_path / "rules" / name / "text").mkdir(parents=True)
    (tmp_path / "rules" / "mou" / "mou.norm").write_text(RULES, encoding="utf-8")
    (tmp_path / "rules" / "mou" / "text" / "m.txt").write_text("\ufeff# 见：ling/m.txt\n", encoding="utf-8")
    (tmp_path / "rules" / "ling" / "text" / "m.txt").write_text(TEXT, encoding="utf-8")
    return tmp_path


def compiled(place, site=None):
    return kept.compile_kept(load_packs([place / "rules" / "mou"]), site)


def count(monkeypatch):
    calls = []
    monkeypatch.setattr(kept, "compile_packs", lambda *args: calls.append(1) or compile_packs(*args))
    return calls


def test_the_second_time_nothing_is_compiled_and_nothing_differs(pack, monkeypatch):
    first = compiled(pack)
    calls = count(monkeypatch)
    assert compiled(pack) == first
    assert calls == []


@pytest.mark.parametrize(
    ("file", "before", "after"),
    [("mou/mou.norm", "30日", "31日"), ("ling/text/m.txt", "第一条 三十日内", "第一条 三十一日内")],
)
def test_a_change_in_any_file_is_seen(pack, monkeypatch, file, before, after):
    first, _ = compiled(pack)
    path = pack / "rules" / file
    path.write_text(path.read_text(encoding="utf-8").replace(before, after), encoding="utf-8")
    calls = count(monkeypatch)
    second, _ = compiled(pack)
    assert calls == [1]
    assert second != first


def test_a_site_has_a_rule_set_of_its_own(pack, monkeypatch):
    compiled(pack)
    calls = count(monkeypatch)
    rules, _ = compiled(pack, Site(organs={"甲法院": "法院"}))
    assert calls == [1]
    assert "甲法院" in rules.vocabulary.organs


def test_warnings_are_told_again(pack):
    path = pack / "rules" / "mou" / "mou.norm"
    path.write_text(RULES.replace("「三十日内」", "「六十日内」"), encoding="utf-8")
    for _ in range(2):
        assert [d.code for d in compiled(pack)[1]] == ["stale-quote"]


@pytest.mark.parametrize("spoiled", ["", "[]", "[]\n{}", "nonsense\n{}"])
def test_a_spoiled_file_is_made_anew(pack, spoiled):
    first = compiled(pack)
    (file,) = (pack / "cache" / "checker").glob("rules-*")
    file.write_text(spoiled, encoding="utf-8")
    assert compiled(pack) == first
    assert file.read_text(encoding="utf-8") != spoiled


def test_only_so_many_are_kept(pack, monkeypatch):
    monkeypatch.setattr(kept, "_MOST", 2)
    for name in ("甲", "乙", "丙"):
        compiled(pack, Site(organs={name: "法院"}))
    assert len(list((pack / "cache" / "checker").glob("rules-*"))) == 2


def test_rules_that_do_not_compile_are_not_kept(pack):
    (pack / "rules" / "mou" / "mou.norm").write_text(RULES.replace("当 交办", "当 交般"), encoding="utf-8")
    assert compiled(pack)[0] is None
    assert list((pack / "cache" / "checker").glob("rules-*")) == []


def test_the_shipped_packs_survive_the_cache_unchanged(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    sources = load_packs([shipped_folder()])
    fresh, _ = compile_packs(sources, None, True, load_texts(sources))
    kept.compile_kept(sources)
    assert kept.compile_kept(sources)[0] == fresh
