"""Cells other than dates: what each way of writing gives, side by side."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.cases.ledger.grid import ErrorCell, Formula
from checker.cases.ledger.values.absent import is_blank
from checker.cases.ledger.values.case_numbers import is_same, look_alike, read_case_number
from checker.cases.ledger.values.organs import read_organ, read_organs, register, wrong_aliases
from checker.cases.ledger.values.periods import read_period
from checker.cases.ledger.values.texts import read_text
from checker.cases.ledger.values.truths import read_truth
from checker.cases.problems import Refusal
from checker.model.period_text import parse_period
from checker.model.values import Unit
from checker.model.vocabulary import Vocabulary


def code(answer):
    return answer.code if isinstance(answer, Refusal) else answer


COURT = "（2024）黑0381刑初12号"
PAPER = "黑政法督〔2024〕12号"
NUMBERS = [
    (COURT, COURT),
    ("(2024)黑0381刑初12号", COURT),
    ("〔2024〕黑0381刑初12号", COURT),
    ("[2024]黑0381刑初12号", COURT),
    ("［２０２４］黑０３８１刑初１２号", COURT),
    ("【2024】黑0381刑初12号", COURT),
    ("﹝2024﹞黑0381刑初12号", COURT),
    ("「2024」黑0381刑初12号", COURT),
    ("（2024)黑0381刑初12号", COURT),
    (" （ 2024 ） 黑0381 刑初 12 号 ", COURT),
    ("（2024年）黑0381刑初12号", COURT),
    ("（二〇二四）黑0381刑初12号", COURT),
    ("（2024）\u200b黑0381刑初12号\ufeff", COURT),
    ("（2024）黑0381刑初1 2号", COURT),
    ("黑政法督[2024]12号", PAPER),
    ("黑政法督（2024）12号", PAPER),
    ("黑政法督【2024】１２号", PAPER),
    ("（2024）虎刑初字第012号", "（2024）虎刑初字第012号"),
    ("（2024）虎刑初字第12号", "（2024）虎刑初字第12号"),
    ("（2024）黑0381刑初12号之一", "（2024）黑0381刑初12号之一"),
    ("DB-2024-012", "DB-2024-012"),
    ("ＤＢ－２０２４－０１２", "DB-2024-012"),
    ("DB—2024—012", "DB-2024-012"),
    ("DB——2024——012", "DB-2024-012"),
    ("DB - 2024 - 012", "DB-2024-012"),
    ("db-2024-012", "db-2024-012"),
    ("2024 012", "2024 012"),
    (20240001.0, "20240001"),
    (20240001, "20240001"),
    ("20240001.0", "20240001.0"),
    (123456789012345.0, "123456789012345"),
    (1234567890123456.0, "rounded-number"),
    ("1.23457E+14", "rounded-number"),
    (1.5, "bad-case-number"),
    (-3.0, "bad-case-number"),
    (True, "bad-case-number"),
    (dt.date(2024, 3, 1), "bad-case-number"),
    (f"{COURT}、（2024）黑0381刑初13号", "two-case-numbers"),
    (f"{COURT}\n{PAPER}", "two-case-numbers"),
    ("（2024）黑0381刑初12、13号", "two-case-numbers"),
    ("（2024）黑0381刑初12号、13号", "two-case-numbers"),
    ("（2024）黑0381刑初12至15号", "two-case-numbers"),
    ("（2010）和民初字第123号", "（2010）和民初字第123号"),
    ("DB-2024-012；DB-2024-013", "two-case-numbers"),
    ("DB-2024-012\nDB-2024-013", "two-case-numbers"),
    ("20240012\n20240013", "two-case-numbers"),
    ("（2024）黑0381刑初\n12号", COURT),
    ("DB-2024-\n012", "DB-2024-012"),
    ("（2024）黑0381刑初12-1号", "（2024）黑0381刑初12-1号"),
    ("x" * 201, "name-too-long"),
    ("", "blank"),
    (None, "blank"),
    ("无", "none"),
    ("待补", "not-yet"),
    (Formula(), "formula-without-result"),
    (ErrorCell("#N/A"), "error-cell"),
]


@pytest.mark.parametrize(("raw", "number"), NUMBERS)
def test_case_numbers(raw, number):
    assert code(read_case_number(raw)) == number


def test_the_same_number_and_one_like_it():
    assert is_same("(2024)黑0381刑初12号", "〔２０２４〕黑0381刑初12号")
    assert not is_same("（2024）虎刑初字第012号", "（2024）虎刑初字第12号")
    assert not is_same(None, None)
    assert look_alike("（2024）虎刑初字第012号") == look_alike("（2024）虎刑初12号") == "2024 虎刑初 12"
    assert look_alike("DB-2024-012") == look_alike("db-2024-12") != look_alike("DB-2024-120")


@given(st.text(alphabet="（）()〔〕[]【】0123456789０１２３黑刑初字第号-— \u200b", max_size=24))
def test_reading_twice_changes_nothing_and_digits_stay(text):
    number = read_case_number(text)
    if isinstance(number, str):
        assert read_case_number(number) == number
        wide = str.maketrans("０１２３", "0123")
        assert [c for c in number if c.isdigit()] == [c for c in text.translate(wide) if c.isdigit()]


ORGANS = Vocabulary(
    organs={
        "法院": None,
        "检察院": None,
        "虎林市人民法院": "法院",
        "鸡西市中级人民法院": "法院",
        "政法委（督查科）": None,
    }
)
ALIASES = {
    "虎法": "虎林市人民法院",
    "市中院": "鸡西市中级人民法院",
    "两院": "没有的",
    "法院 ": "检察院",
    "市 中院": "检察院",
}
KNOWN = register(ORGANS, ALIASES)


@pytest.mark.parametrize(
    ("raw", "organ"),
    [
        ("虎林市人民法院", "虎林市人民法院"),
        (" 虎林市 人民法院\u200b", "虎林市人民法院"),
        ("虎林市\n人民法院", "虎林市人民法院"),
        ("政法委(督查科)", "政法委（督查科）"),
        ("虎法", "虎林市人民法院"),
        ("市中院", "鸡西市中级人民法院"),
        ("法院", "法院"),
        ("两院", "unknown-organ"),
        ("虎林法院", "unknown-organ"),
        (12.0, "bad-organ"),
        ("待定", "not-yet"),
        (None, "blank"),
    ],
)
def test_organs(raw, organ):
    assert code(read_organ(raw, KNOWN)) == organ


def test_near_misses_are_told_and_not_taken():
    assert read_organ("虎林法院", KNOWN) == Refusal(
        "unknown-organ",
        "机关「虎林法院」没有登记",
        expected="词汇或机关登记里的名称",
        help="是不是「虎林市人民法院」或「法院」？是的话，在机关登记里加一个别名",
    )
    assert read_organ("某某公司", KNOWN).help == "在机关登记里加上它"


@pytest.mark.parametrize(
    ("raw", "organs"),
    [
        ("法院、检察院", ("法院", "检察院")),
        ("虎法；检察院", ("虎林市人民法院", "检察院")),
        ("法院\n检察院\n", ("法院", "检察院")),
        ("虎法、虎林市人民法院", ("虎林市人民法院",)),
        ("虎林市\n人民法院", ("虎林市人民法院",)),
        ("法院、虎林法院", "unknown-organ"),
        ("", "blank"),
    ],
)
def test_several_organs(raw, organs):
    assert code(read_organs(raw, KNOWN)) == organs


def test_wrong_aliases_are_named():
    assert {alias: (one.code, one.message) for alias, one in wrong_aliases(ORGANS, ALIASES).items()} == {
        "两院": ("unknown-organ", "机关「没有的」没有登记"),
        "法院 ": ("two-organs", "别名「法院 」已经指「法院」，不能又指「检察院」"),
        "市 中院": ("two-organs", "别名「市 中院」已经指「鸡西市中级人民法院」，不能又指「检察院」"),
    }


PERIODS = [
    ("30日", None, "30日"),
    ("30天", None, "30日"),
    ("３０ 日", None, "30日"),
    ("三十日", None, "30日"),
    ("30日内", None, "30日"),
    ("30日以内", None, "30日"),
    ("一个月", None, "1个月"),
    ("两个月", None, "2个月"),
    ("1个月", None, "1个月"),
    ("15个工作日", None, "15个工作日"),
    ("15 工作日", None, "15个工作日"),
    ("十五个工作日", None, "15个工作日"),
    ("1年", None, "1年"),
    ("一年半", None, "1年6个月"),
    ("半个月", None, "15日"),
    ("两周", None, "14日"),
    ("30", Unit.DAY, "30日"),
    (30.0, Unit.DAY, "30日"),
    (30, Unit.WORKDAY, "30个工作日"),
    ("三十", Unit.DAY, "30日"),
    ("30日", Unit.WORKDAY, "30日"),
    ("30", None, "no-unit"),
    (30.0, None, "no-unit"),
    ("3月", None, "month-or-months"),
    ("三月", Unit.MONTH, "month-or-months"),
    ("24小时", None, "hours"),
    (1.5, Unit.DAY, "bad-period"),
    (-3, Unit.DAY, "bad-period"),
    (True, Unit.DAY, "bad-period"),
    (dt.date(2024, 3, 30), Unit.DAY, "bad-period"),
    ("2024-3-5", Unit.DAY, "bad-period"),
    ("3-5日", None, "bad-period"),
    ("30日或60日", None, "bad-period"),
    ("尽快", None, "bad-period"),
    ("待定", Unit.DAY, "not-yet"),
    ("无", Unit.DAY, "none"),
    (None, Unit.DAY, "blank"),
    (9e9, Unit.DAY, "bad-period"),
]


@pytest.mark.parametrize(("raw", "unit", "period"), PERIODS)
def test_periods(raw, unit, period):
    answer = read_period(raw, unit)
    assert answer.code == period if isinstance(answer, Refusal) else answer == parse_period(period)


@pytest.mark.parametrize(
    ("raw", "truth"),
    [
        (True, True),
        (False, False),
        ("是", True),
        ("否", False),
        ("√", True),
        ("×", False),
        ("有", True),
        ("无", False),
        (" 是 ", True),
        ("TRUE", True),
        ("X", "bad-truth"),
        ("x", "bad-truth"),
        (1.0, "bad-truth"),
        ("1", "bad-truth"),
        ("—", "none"),
        ("", "blank"),
        ("待定", "not-yet"),
        (ErrorCell("#REF!"), "error-cell"),
    ],
)
def test_truths(raw, truth):
    assert code(read_truth(raw)) == truth


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (" 一\u200b二 ", "一二"),
        ("一\r\n 二 ", "一\n二"),
        ("待定", "待定"),
        (12.0, "12"),
        (1.5, "1.5"),
        (True, "是"),
        (dt.date(2024, 3, 5), "2024-03-05"),
        (dt.datetime(2024, 3, 5), "2024-03-05"),
        (dt.datetime(2024, 3, 5, 9, 30), "2024-03-05 09:30:00"),
        (1e16, "rounded-number"),
        ("", "blank"),
        ("\u200b", "blank"),
        (None, "blank"),
        (Formula(), "formula-without-result"),
        (ErrorCell("#N/A"), "error-cell"),
    ],
)
def test_texts(raw, text):
    assert code(read_text(raw)) == text


def test_formulas_and_errors_are_not_blank():
    assert [is_blank(one) for one in (None, "", "\u3000", Formula(), ErrorCell("#N/A"), 0.0, False)] == [True] * 3 + [
        False
    ] * 4
