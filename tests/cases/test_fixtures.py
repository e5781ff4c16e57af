import datetime as dt

import pytest

from checker.cases.fixtures import read_fixtures
from checker.model.case import Fixture
from checker.model.finding import Verdict
from checker.model.norm import Category

TEXT = """\
case: F-1
events:
  - {date: 2024-03-05, act: 登记}
截至: 2024-07-01
期望:
  - {规范: duban/按期办结, 结论: 逾期未履行, 到期: 2024-06-05, breached_on: 2024-06-06, 天数: 26}
  - {norm: duban/书面报告要件, verdict: breached, category: 越权, due: null, evidence: [e1], provisional: 否}
  - {norm: duban/传唤, due: 2024-06-05T10:20}
"""


def fixtures(tmp_path, vocabulary, text):
    path = tmp_path / "f.yaml"
    path.write_text(text, encoding="utf-8")
    return list(read_fixtures(str(path), vocabulary))


def test_a_fixture_keeps_the_keys_that_were_given(tmp_path, vocabulary):
    (fixture,) = fixtures(tmp_path, vocabulary, TEXT)
    assert isinstance(fixture, Fixture)
    assert fixture.as_of == dt.date(2024, 7, 1)
    assert [line.norm for line in fixture.expect] == ["duban/按期办结", "duban/书面报告要件", "duban/传唤"]
    assert [line.place.line for line in fixture.expect] == [6, 7, 8]
    assert fixture.expect[0].values == {
        "verdict": Verdict.OVERDUE,
        "due": dt.date(2024, 6, 5),
        "breached_on": dt.date(2024, 6, 6),
        "days": 26,
    }
    assert fixture.expect[1].values == {
        "verdict": Verdict.BREACHED,
        "category": Category.OVERREACH,
        "due": None,
        "evidence": ("e1",),
        "provisional": False,
    }
    assert fixture.expect[2].values == {"due": dt.datetime(2024, 6, 5, 10, 20)}


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("截至: 2024-07-01\n", "", "missing-as-of@1"),
        ("截至: 2024-07-01", "截至: 七月", "bad-date@4"),
        ("act: 登记", "act: 登己", "unknown-act@3"),
        ("verdict: breached", "verdict: breach", "unknown-value@7"),
        ("verdict: breached", "verdct: breached", "unknown-key@7"),
        ("category: 越权", "category: 越界", "unknown-value@7"),
        ("天数: 26", "天数: 廿六", "wrong-type@6"),
        ("provisional: 否", "provisional: no", "wrong-type@7"),
        ("到期: 2024-06-05", "到期: 2024-06-31", "impossible-date@6"),
        ("norm: duban/传唤, ", "", "missing-key@8"),
        ("{norm: duban/传唤, due: 2024-06-05T10:20}", "duban/传唤", "wrong-shape@8"),
    ],
)
def test_mistakes_in_fixtures(tmp_path, vocabulary, old, new, code):
    (bad,) = fixtures(tmp_path, vocabulary, TEXT.replace(old, new))
    assert [f"{d.code}@{d.at.line}" for d in bad.diagnostics] == [code]


def test_fixture_keys_do_no_harm_in_a_plain_reading(read):
    assert [case.id for case in read(TEXT).cases] == ["F-1"]
