"""What no shipped norm may do: count petitions or visits, rank persons, judge the merits."""

from pathlib import Path

ROOT = Path(__file__).parents[2]
COUNTING = {"count", "sum", "breach_count"}
VISITS = ("上访", "来访", "走访", "信访", "进京", "缠访", "重复访")
MERITS = {"有罪", "无罪", "量刑", "刑期", "证据充分", "事实清楚", "胜诉", "败诉"}
RANKING = ("排名", "打分", "得分", "评分", "末位", "信用分")


def nodes(value):
    if isinstance(value, dict):
        yield value
        for child in value.values():
            yield from nodes(child)
    elif isinstance(value, list | tuple):
        for child in value:
            yield from nodes(child)


def acts_in(node):
    return {act for child in nodes(node) for act in child.get("acts", ())}


def test_no_norm_counts_petitions_or_visits(rules):
    counted = {
        act
        for norm in rules.norms
        for node in nodes(norm.model_dump())
        if node.get("tag") in COUNTING
        for act in acts_in(node)
    }
    assert counted, "some shipped norm counts something, or this test looks at nothing"
    assert [act for act in counted if any(word in act for word in VISITS)] == []


def test_no_word_judges_the_merits_or_ranks_persons(rules):
    vocabulary = rules.vocabulary
    words = {*vocabulary.acts, *vocabulary.case_attributes}
    for act in vocabulary.acts.values():
        words |= {*act.attributes, *act.parts}
        words |= {choice for kind in act.attributes.values() for choice in kind.choices}
    assert words & MERITS == set()
    assert [word for word in words if any(mark in word for mark in RANKING)] == []


def test_fixtures_name_no_persons_but_roles():
    texts = [path.read_text(encoding="utf-8") for path in (ROOT / "fixtures").rglob("*.yaml")]
    assert texts
    assert [text[:40] for text in texts if "姓名" in text or "身份证" in text] == []
