"""Two texts of one norm: the smallest case that tells them apart, or a proof that none does."""

import datetime as dt
from pathlib import Path

import pytest

from checker import api
from checker.calendars.shipped import shipped_calendar
from checker.drafting.answers import Answer, Bound, Proved, Witness
from checker.drafting.proof.asking import difference
from checker.engines.run import evaluate, prepare
from checker.model.finding import Verdict
from checker.model.norm import RuleSet
from drafting.proof.packs import PREAMBLE, compiled

BOUND = Bound(first=dt.date(2025, 1, 1), events=3, days=120, seconds=60)
DUTY = "规范 按期办结\n  依据 本规程\n  当 交办\n  应当 法院 办结，自 交办 起 {period} 内\n{more}"
BAN = "规范 来源\n  依据 本规程\n  {text}\n"


def asked(folder: Path, old: str, new: str, norm: str) -> tuple[Answer, RuleSet, RuleSet]:
    one, other = compiled(folder, old, "old"), compiled(folder, new, "new")
    return difference(one, other, norm, BOUND, shipped_calendar()), one, other


DIFFERENT = {
    "a period": (DUTY.format(period="30日", more=""), DUTY.format(period="31日", more=""), 1),
    "natural and working days": (DUTY.format(period="5日", more=""), DUTY.format(period="5个工作日", more=""), 1),
    "hours, and hours that end at another hour": (
        DUTY.format(period="24小时", more=""),
        DUTY.format(period="25小时", more=""),
        1,
    ),
    "an exception": (
        DUTY.format(period="30日", more=""),
        DUTY.format(period="30日", more="  但 有 审批 且 结论 为 同意 的，不适用\n"),
        2,
    ),
    "an extension": (
        DUTY.format(period="30日", more="  但 期满前 有 延期批准 的，延长 10日，以 一次 为限\n"),
        DUTY.format(period="30日", more="  但 期满前 有 延期批准 的，延长 10日，以 两次 为限\n"),
        3,
    ),
    "an exclusion": (
        DUTY.format(period="30日", more="  但 中止 至 恢复 的期间，不计入\n"),
        DUTY.format(period="30日", more=""),
        2,
    ),
    "a value": (
        BAN.format(text="政法委 交办 限于 来源 属于 {领导批示、上级交办}"),
        BAN.format(text="政法委 交办 限于 来源 属于 {领导批示}"),
        1,
    ),
}


@pytest.mark.parametrize("name", DIFFERENT)
def test_a_smallest_case_tells_two_texts_apart(name: str, tmp_path: Path) -> None:
    old, new, events = DIFFERENT[name]
    title = "来源" if old.startswith("规范 来源") else "按期办结"
    answer, one, other = asked(tmp_path, old, new, f"demo/{title}")
    assert isinstance(answer, Witness)
    assert len(answer.case.events) == events
    findings = [evaluate(prepare(r, shipped_calendar()), answer.case, answer.as_of).findings for r in (one, other)]
    assert findings[0] != findings[1]
    assert Verdict.UNDETERMINED not in {finding.verdict for both in findings for finding in both}


EQUIVALENT = {
    "the order of values": (
        BAN.format(text="政法委 交办 限于 来源 属于 {领导批示、上级交办}"),
        BAN.format(text="政法委 交办 限于 来源 属于 {上级交办、领导批示}"),
    ),
    "two ways to say one condition": (
        BAN.format(text="政法委 不得 交办 且 来源 为 领导批示 且 来源 为 上级交办"),
        BAN.format(text="政法委 不得 函告 且 非（承办单位 为 法院 或 承办单位 不为 法院）").replace("函告", "交办"),
    ),
    "an extension that never applies": (
        DUTY.format(period="30日", more="  但 期满前 有 审批 且 结论 为 同意 且 结论 为 不同意 的，延长 10日\n"),
        DUTY.format(period="30日", more=""),
    ),
}


@pytest.mark.parametrize("name", EQUIVALENT)
def test_equivalence_is_proved_within_the_bound(name: str, tmp_path: Path) -> None:
    old, new = EQUIVALENT[name]
    title = "来源" if old.startswith("规范 来源") else "按期办结"
    answer, _, _ = asked(tmp_path, old, new, f"demo/{title}")
    assert answer == Proved(bound=BOUND)


def test_one_text_in_two_layouts_needs_no_bound(tmp_path: Path) -> None:
    text = DUTY.format(period="30日", more="")
    answer, _, _ = asked(tmp_path, text, text.replace("\n  应当", "\n\n  应当"), "demo/按期办结")
    assert answer == Proved()


def test_somebody_is_neither_a_named_organ_nor_of_its_kind(tmp_path: Path) -> None:
    """The vocabulary has no other organ: of the kind alone it would remain unknown whether it is the one named."""
    texts = [
        f"规范 催办人\n  依据 本规程\n  催办 由 虎林法院、政法委\n  违反 属 越权，情节 {grade}\n"
        for grade in ("重大", "严重")
    ]
    kin = PREAMBLE.replace("机关 法院、政法委\n", "机关 法院、政法委、虎林法院\n  虎林法院 是 法院\n")
    sides = []
    for name, text in zip(("old", "new"), texts, strict=True):
        file = tmp_path / f"{name}.norm"
        file.write_text(kin + text, encoding="utf-8")
        sides.append(api.compile_rules((str(file),))[0])
    answer = difference(sides[0], sides[1], "demo/催办人", BOUND, shipped_calendar())
    assert isinstance(answer, Witness)
