"""Every quotation stands in the text it names, and no pack claims a rank that its sources do not have."""

import re
from itertools import pairwise
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKS = sorted({path.parent.name for path in (ROOT / "rules").glob("*/*.norm")})
TEXTS = sorted(path for pack in PACKS for path in (ROOT / "rules" / pack / "text").glob("*.txt"))
SEED = "种子报告"
ARTICLE = r"第[一二三四五六七八九十百零]+条"
PART = r"[第款项一二三四五六七八九十]*"
REFERENCE = re.compile(rf"(?:参照)?《(?P<title>[^》]+)》(?P<article>{ARTICLE}){PART}$")
QUOTED = re.compile(rf"(《[^》]+》{ARTICLE}{PART})[^“》]*“([^”]+)”")
HEADER = ("# 名称：", "# 性质与状态：", "# 来源：", "# 摘录：")
RANKS = {"nosub": ("党内法规",), "nosub-law": ("宪法", "法律")}


def header_of(path, key):
    lines = path.read_text(encoding="utf-8").splitlines()
    return next(line.removeprefix(f"# {key}：") for line in lines if line.startswith(f"# {key}："))


def body_of(path):
    lines = path.read_text(encoding="utf-8").splitlines()
    return "\n".join(line for line in lines if not line.startswith("#"))


def article_of(body, name):
    """The stored words of one article, its number included: up to the next article."""
    starts = [m.start() for m in re.finditer(f"^{ARTICLE}", body, re.M)] + [len(body)]
    return "\n".join(body[a:b] for a, b in pairwise(starts) if body[a:b].startswith(name))


def words_named_by(pack, reference):
    """The text that a reference points to; a quotation must stand in it."""
    folder = ROOT / "rules" / pack / "text"
    if reference == SEED:
        return body_of(folder / "seed-report.txt")
    match = REFERENCE.match(reference)
    assert match, f"{reference} names no title and article"
    found = [path for path in folder.glob("*.txt") if header_of(path, "名称") == match["title"]]
    assert len(found) == 1, f"{reference}: {len(found)} texts"
    return article_of(body_of(found[0]), match["article"])


def quoted_sources(rules, pack):
    for norm in rules.norms:
        if norm.pack == pack:
            for source in norm.sources:
                yield norm, source


@pytest.mark.parametrize("pack", PACKS)
def test_every_quotation_stands_in_the_article_it_names(rules, pack):
    wrong = [
        (norm.id, source.reference, source.quote)
        for norm, source in quoted_sources(rules, pack)
        if source.quote and source.quote not in words_named_by(pack, source.reference)
    ]
    assert wrong == []


@pytest.mark.parametrize("pack", PACKS)
def test_every_norm_quotes_at_least_one_text(rules, pack):
    assert [n.id for n in rules.norms if n.pack == pack and not any(s.quote for s in n.sources)] == []


@pytest.mark.parametrize("pack", PACKS)
def test_every_parameter_quotes_a_text_or_says_that_it_is_only_a_template(rules, pack):
    for parameter in rules.pack(pack).parameters.values():
        text = parameter.source.reference + parameter.source.quote
        named = QUOTED.findall(text)
        wrong = [quote for reference, quote in named if quote not in words_named_by(pack, reference)]
        assert wrong == []
        assert named or "示范取值" in text, parameter.name


@pytest.mark.parametrize("path", TEXTS, ids=lambda p: f"{p.parts[-3]}/{p.name}")
def test_every_text_states_where_it_comes_from(path):
    text = path.read_text(encoding="utf-8")
    assert [key for key in HEADER if key not in text] == []
    assert "回忆" not in text


def test_the_report_of_the_seed_is_quoted_only_in_template_packs(rules):
    quoting = {norm.pack for norm in rules.norms for source in norm.sources if source.reference == SEED}
    assert {rules.pack(pack).rank.value for pack in quoting} == {"示范"}
    for path in TEXTS:
        if path.name == "seed-report.txt":
            assert "不是法源" in header_of(path, "性质与状态")


@pytest.mark.parametrize("pack", sorted(RANKS))
def test_a_pack_of_a_rank_rests_on_texts_of_that_rank(rules, pack):
    assert rules.pack(pack).rank.value == RANKS[pack][-1]
    states = {header_of(path, "性质与状态") for path in TEXTS if path.parts[-3] == pack}
    assert [state for state in states if not state.startswith(RANKS[pack])] == []
