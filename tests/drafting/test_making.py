"""First drafts compile, lint, pass; what is computed for a fixture is what the engine says when it is read back."""

import pytest

from checker import api
from checker.drafting.fixtures import compare
from checker.drafting.making.samples import samples_of, samples_text
from checker.drafting.making.skeletons import KINDS, names_of, norm_text, pack_text
from checker.language import Source, compile_packs
from checker.language.lints import lint
from checker.language.tidying import tidied
from checker.model.case import Fixture
from checker.model.diagnostic import Level

CALENDAR = api.calendar_named("cn")
DUE = {"合规", "违规", "边界之内", "边界之外", "资料不足"}


def made(kind, title="例", **names):
    text = pack_text("t", "试") + norm_text(kind, names_of(title, None, None, None)._replace(**names), ())
    source = Source("t/t.norm", text.encode())
    rules, problems = compile_packs([source])
    assert rules is not None, [p.message for p in problems]
    return source, rules


@pytest.mark.parametrize("kind", KINDS)
def test_a_first_draft_is_in_order(kind):
    source, rules = made(kind)
    assert tidied(source).data == source.data
    assert [hit.message for hit in lint(rules, [source]).hits if hit.level is not Level.NOTE] == []


@pytest.mark.parametrize("kind", KINDS)
def test_fixtures_are_computed(kind, tmp_path):
    _, rules = made(kind)
    samples = samples_of(rules, "t/例", CALENDAR)
    kinds = {one.kind for one in samples.found}
    assert kinds >= {"合规", "违规"}
    assert kinds == DUE if kind == "duty" else kinds <= DUE - {"边界之内", "边界之外"}
    assert len(samples.lacking) == ("资料不足" not in kinds) + (kind != "duty")
    file = tmp_path / "例.yaml"
    file.write_text(samples_text("t/例", samples), encoding="utf-8")
    run = api.run_fixtures(rules, [str(file)], CALENDAR)
    assert [outcome.passed for outcome in run.outcomes] == [True] * len(samples.found)
    assert run.uncovered == ()


def verdicts(rules, norm):
    return {one.kind: [str(f.verdict) for f in one.findings] for one in samples_of(rules, norm, CALENDAR).found}


def rules_of(body):
    head = (
        pack_text("t", "试") + "  案结 以 归档 为准\n\n词汇\n  机关 甲院、乙院\n  行为 归档、交办、催办、中止、恢复\n"
    )
    rules, problems = compile_packs([Source("t/t.norm", f"{head}  行为 批准：天数 期间\n\n{body}".encode())])
    assert rules is not None, [p.message for p in problems]
    return rules


LATER = "规范 办\n  依据 本规程\n  当 交办\n  应当 甲院 催办，自 交办 起 5日 内\n"


@pytest.mark.parametrize(
    ("body", "norm", "wanted"),
    [
        ("规范 催\n  依据 本规程\n  当 交办\n  应当 甲院 催办，自 交办 起 24小时 内\n", "t/催",
         {"合规": ["met"], "违规": ["overdue"], "边界之内": ["met"], "边界之外": ["late"]}),
        ("规范 催\n  依据 本规程\n  当 交办\n  应当 甲院 催办\n", "t/催",
         {"合规": ["met"], "违规": ["overdue"], "资料不足": ["undetermined"]}),
        (LATER + "\n规范 再催\n  依据 本规程\n  当 违反 办\n  应当 乙院 归档，自 违反 起 3日 内\n", "t/再催",
         {"合规": ["late", "met"], "违规": ["overdue", "overdue"]}),
    ],
    ids=["hours", "no period", "after a breach"],
)  # fmt: skip
def test_verdicts_of_the_samples(body, norm, wanted):
    found = verdicts(rules_of(body), norm)
    assert {kind: sorted(found[kind]) for kind in wanted if kind in found}.keys() == wanted.keys()
    for kind, expected in wanted.items():
        assert found[kind][-1] == expected[-1]


def test_a_violation_of_another_norm_is_expected_too():
    """A breach that opens the norm is a finding of its own, and a fixture has to name it."""
    rules = rules_of(LATER + "\n规范 再催\n  依据 本规程\n  当 违反 办\n  应当 乙院 归档，自 违反 起 3日 内\n")
    for one in samples_of(rules, "t/再催", CALENDAR).found:
        assert "t/办" in {finding.norm for finding in one.findings}


def test_both_sides_of_the_last_day_are_a_day_apart():
    _, rules = made("duty")
    found = {one.kind: one for one in samples_of(rules, "t/例", CALENDAR).found}
    days = [found[kind].candidate.case.events[-1].date for kind in ("边界之内", "边界之外")]
    assert (days[1] - days[0]).days == 1
    assert days[0] == found["边界之内"].findings[0].due


def test_what_cannot_be_made_is_said():
    _, rules = made("review")
    samples = samples_of(rules, "t/例", CALENDAR)
    text = samples_text("t/例", samples)
    assert "# 这条规范不计期限，没有边界的案件。" in text.splitlines()
    assert "# 没有造出资料不足的案件；记录不全时结论也定得下来的，不需要。" in text.splitlines()


def test_nothing_is_made_where_nothing_is_tried():
    _, rules = made("duty")
    samples = samples_of(rules, "t/例", CALENDAR, most=0)
    assert samples.found == ()
    assert len(samples.lacking) == 4


def test_shipped_norms_get_fixtures(rules):
    for norm in ("duban/按期办结", "nosub/法院职权", "record/如实记录"):
        known = {one.id for one in rules.norms}
        if norm not in known:
            continue
        samples = samples_of(api.compile_rules([norm.partition("/")[0]])[0], norm, CALENDAR)
        assert {"合规", "违规"} <= {one.kind for one in samples.found}
        for one in samples.found:
            fixture = Fixture(case=one.candidate.case, as_of=one.candidate.as_of)
            assert compare(fixture, known, [f for f in one.findings if not f.verdict.is_violation]).passed


def test_another_organ_is_handed_the_matter_and_whoever_acts_goes_on():
    head = pack_text("t", "试") + "\n词汇\n  机关 甲院、乙院\n  行为 交办：承办单位 机关\n  行为 办结、报告\n\n"
    body = (
        "规范 办\n  依据 本规程\n  当 甲院 交办\n  应当 承办单位 办结，自 交办 起 5日 内\n\n"
        "规范 报\n  依据 本规程\n  当 办结\n  应当 同一主体 报告，自 办结 起 5日 内\n"
    )
    rules, _ = compile_packs([Source("t/t.norm", (head + body).encode())])
    handed, told = ({one.kind: one for one in samples_of(rules, norm, CALENDAR).found} for norm in ("t/办", "t/报"))
    given, done = handed["合规"].candidate.case.events
    assert (given.actors, given.attributes["承办单位"], done.actors) == (("甲院",), "乙院", ("乙院",))
    assert set(told) == DUE
    assert [one.actors for one in told["合规"].candidate.case.events] == [("甲院",), ("甲院",)]
