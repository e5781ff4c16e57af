"""What no shipped norm may do: count petitions or visits, rank persons, judge the merits."""

import re
from pathlib import Path

from checker.model.figures import Figure, IndicatorFigures, PeriodFigure
from checker.model.indicator import Indicator

ROOT = Path(__file__).parents[2]
COUNTING = {"count", "sum", "breach_count"}
VISITS = ("上访", "来访", "走访", "信访", "进京", "缠访", "重复访")
MERITS = {"有罪", "无罪", "量刑", "刑期", "证据充分", "事实清楚", "胜诉", "败诉"}
PLACES = set("省市县区镇乡村旗州")
"""Signs of an organ of one place, where only kinds of organs should stand."""
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


def measures(indicator):
    return [one for one in (indicator.measure, indicator.base) if one is not None]


def compared(indicator):
    """Names of attributes, and of actors, that anything in the indicator is narrowed by."""
    for node in nodes(indicator.model_dump()):
        if node.get("tag") == "attribute":
            yield node["name"]
        if node.get("tag") == "organ":
            yield from node["names"]
        if node.get("tag") in ("actor_of", "same", "anchor_attribute"):
            yield f"<{node['tag']}>"


def test_no_indicator_counts_visits_one_by_one(rules):
    """Petitions may be counted as cases an organ has handled, or weigh in its effort; never as visits paid."""
    assert rules.indicators
    counted = {
        act
        for indicator in rules.indicators
        for measure in measures(indicator)
        if measure.tag in ("events", "sum")
        for act in acts_in(measure.model_dump())
    }
    assert counted
    assert [act for act in counted if any(word in act for word in VISITS)] == []


def test_no_indicator_singles_out_a_person_or_a_place(rules):
    vocabulary = rules.vocabulary
    kinds = {}
    for attributes in (*(act.attributes for act in vocabulary.acts.values()), vocabulary.case_attributes):
        for name, kind in attributes.items():
            kinds.setdefault(name, set()).add(kind.name)
    asked = {name for indicator in rules.indicators for name in compared(indicator)}
    assert asked
    assert {name for name in asked if kinds.get(name, set()) & {"人员", "文本", "机关"}} == set()
    assert asked & set(vocabulary.persons) == set()
    assert {name for name in asked if name.startswith("<")} == set()
    assert {name for name in asked & set(vocabulary.organs) if set(name) & PLACES} == set()


def test_no_indicator_can_be_broken_down_or_ranked_by_anything_but_time():
    assert set(Indicator.model_fields) == {
        "pack", "title", "sources", "applies", "months", "measure", "base", "text", "span",
    }  # fmt: skip
    assert set(IndicatorFigures.model_fields) == {"indicator", "as_of", "whole", "uncovered", "missing", "periods"}
    assert set(PeriodFigure.model_fields) == {"period", "figure"}
    assert {name for name in Figure.model_fields if "rank" in name} == set()


def test_no_indicator_is_called_a_ranking(rules):
    titles = [indicator.title for indicator in rules.indicators]
    assert [title for title in titles if any(mark in title for mark in (*RANKING, *MERITS))] == []


def test_no_word_judges_the_merits_or_ranks_persons(rules):
    vocabulary = rules.vocabulary
    words = {*vocabulary.acts, *vocabulary.case_attributes}
    for act in vocabulary.acts.values():
        words |= {*act.attributes, *act.parts}
        words |= {choice for kind in act.attributes.values() for choice in kind.choices}
    assert words & MERITS == set()
    assert [word for word in words if any(mark in word for mark in RANKING)] == []


def test_fixtures_name_no_persons_but_roles():
    texts = [path.read_text(encoding="utf-8") for path in (ROOT / "fixtures").rglob("*.*")]
    assert texts
    # 「当事人姓名」 may be a part that a document must state; a name or a number itself may stand nowhere
    assert [found[0] for text in texts if (found := re.search(r"(姓名|身份证号?)[：:]|\d{17}[\dXx]", text))] == []
