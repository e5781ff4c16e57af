"""The kinds of letters, and which findings each is about."""

from enum import StrEnum
from typing import Final

from checker.model.finding import Verdict


class Kind(StrEnum):
    """A kind of letter; its value is its name, that of its template, and how its files begin."""

    HANDLE = "督办函"
    URGE = "催办函"
    VERIFY = "执法监督意见书"
    SUPPLY = "资料补充函"
    REVIEW = "评查报告"

    @property
    def is_to_unit(self) -> bool:
        """Whether one is written to each unit; else there is one of the whole run."""
        return self is not Kind.REVIEW


SOON: Final = 15
"""Days before a due date from which a 催办函 mentions it."""

MEANING: Final = {
    Kind.HANDLE: "每个单位、每件案件一份：交办、督办之后还没有见到办理或者报告记录的事项",
    Kind.URGE: f"每个单位一份：期限已过、未见办理记录的，和 {SOON}日内届满的事项",
    Kind.VERIFY: "每个单位一份：记录与规范不一致、待核实的情形，附条文、推算和反馈意见表",
    Kind.SUPPLY: "每个单位一份：哪件案件缺什么资料；没有读入的记录写在责任机关待核的一份里",
    Kind.REVIEW: "全部案件一份：数目、共性问题、各单位的情况、方法和限度",
}

VERDICTS: Final = {
    Kind.HANDLE: frozenset({Verdict.OVERDUE, Verdict.PENDING}),
    Kind.URGE: frozenset({Verdict.OVERDUE, Verdict.PENDING}),
    Kind.VERIFY: frozenset({Verdict.BREACHED, Verdict.OVERDUE, Verdict.LATE}),
    Kind.SUPPLY: frozenset({Verdict.UNDETERMINED}),
}
"""Findings of which a letter to a unit may speak; the report of the whole run speaks of all."""
