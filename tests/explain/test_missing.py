"""Every code of a finding's ``missing`` says what is lacking and what would mend it."""

import datetime as dt

import pytest

from checker.calendars.shipped import shipped_calendar
from checker.explain.context import context_of
from checker.explain.missing import missing_reasons, missing_text
from checker.model.case import Case
from checker.model.norm import RuleSet
from checker.model.vocabulary import Vocabulary
from explain.making import PACK, event


@pytest.fixture
def context():
    events = (event(1, "交办"), event(2, "办结", "2026-06-01"), event(3, "归档").model_copy(update={"id": "e1.1"}))
    rules = RuleSet(packs=(PACK,), norms=(), vocabulary=Vocabulary(), strata=())
    return context_of(rules, shipped_calendar(), Case(id="案", events=events), dt.date(2026, 7, 1), ())


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("e1.来源", "e1 的「来源」；补录后可判定"),
        ("e1.主体", "e1 的主体；补录后可判定"),
        ("e1.日期", "e1 的日期；补录后可判定"),
        ("e2.日期", "e2 的时刻；补录后可判定"),
        ("e1.文书", "e1 的文书内容清单；补录后可判定"),
        ("e1.1.来源", "e1.1 的「来源」；补录后可判定"),
        ("2024Q1.来源", "2024Q1 的「来源」；补录后可判定"),
        ("案件.来源", "案件的「来源」；补录后可判定"),
        ("案件.类型", "案件的类型；补录后可判定"),
        ("案件.起止", "案件的台账起止日期；补录后可判定"),
        ("行为.办结", "「办结」的记录；记录没有说明涵盖「办结」，未见不等于没有；写明已经涵盖，或者补录后可判定"),
        ("先后.e1.e1.1", "e1 与 e1.1 的先后；补录时刻，或者按先后登记后可判定"),
        ("先后.e1.1.e2", "e1.1 与 e2 的先后；补录时刻，或者按先后登记后可判定"),
        ("未见.立案", "「立案」的记录；补录后可判定"),
        ("期满.p/甲", "「p/甲」的届满日；该条可以算出后可判定"),
        ("违反.p/甲", "「p/甲」的结论；该条判定后可判定"),
        ("优先.p/甲", "「p/甲」是否优先适用的结论；该条判定后可判定"),
        ("历法.2027", "2027 年的放假调休安排；工作日表补入该年后可判定"),
        ("日期超出范围", "9999-12-31 以内的日期；核对记录中的日期和期间后可判定"),
    ],
)
def test_code(context, code, text):
    assert [reason.text for reason in missing_reasons(context, (code,))] == [text]


def test_several_codes_as_one_phrase(context):
    assert missing_text(context, frozenset({"e1.来源", "e1.主体"})) == "，缺少 e1 的主体、e1 的「来源」"
    assert missing_text(context, frozenset()) == ""
