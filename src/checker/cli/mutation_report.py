"""What ``checker mutate`` prints: the survivors in words, the cases that would notice them, the score."""

import json
from collections.abc import Iterator, Sequence

from checker.drafting.answers import Bound, Proved, Undecided
from checker.drafting.mutation.results import Killing, Score, Tested, score_of
from checker.drafting.mutation.writing import text_of
from checker.model.place import Span
from checker.reports.layout import wrap


def survivor_lines(tested: Sequence[Tested], killings: Sequence[Killing], shown: bool) -> Iterator[str]:
    """The survivors and the equivalent ones of one norm; with ``shown`` the lacking cases below."""
    for one in tested:
        if one.noticed_by is None:
            yield from wrap(f"{_where(one.span)}{_subject(one)}{_sentence(one, killings)}", rest="  ")
    for killing in killings if shown else ():
        yield from (f"    {line}" for line in text_of(killing).splitlines())
        yield ""


def _sentence(one: Tested, killings: Sequence[Killing]) -> str:
    if isinstance(one.answer, Proved):
        return f"{one.told}，与原文等价（{_bound(one.answer.bound)}），不计入得分"
    if one.killing is not None:
        return f"没有用例察觉 {one.told}；补上用例「{killings[one.killing].case.id}」即可察觉"
    if isinstance(one.answer, Undecided):
        return f"没有用例察觉 {one.told}；未能判定是否等价：{one.answer.reason}"
    if one.answer is None:
        return f"没有用例察觉 {one.told}"
    return f"没有用例察觉 {one.told}；见到的差别不是违反，也不在期望能写的各项里，没有找到用例能察觉的差别"


def _bound(bound: Bound | None) -> str:
    if bound is None:
        return "已证明"
    return f"已证明：自 {bound.first} 起 {bound.days}日之内、至多 {bound.events}个事件、不缺事实的案件没有差别"


def _subject(one: Tested) -> str:
    version = "" if not one.version or one.version.isdigit() else f"（{one.version}）"
    return f"规范「{one.norm}」{version}：" if "/" in one.norm else f"规程「{one.norm}」开头："


def _where(span: Span | None) -> str:
    return f"{span.file}:{span.line}：" if span is not None else ""


def total_lines(units: Sequence[tuple[str, Sequence[Tested]]]) -> Iterator[str]:
    """The score of each pack, and of all where there are several."""
    for pack, tested in units:
        yield from wrap(f"规程「{pack}」：{score_text(score_of(list(tested)))}")
    if len(units) > 1:
        yield from wrap(f"合计：{score_text(score_of([one for _, tested in units for one in tested]))}")


def score_text(score: Score) -> str:
    """The counts and the score, rounded down: 100 only where nothing is left."""
    percent = int(score.percent * 10) / 10
    return (
        f"变异 {score.total}处：察觉 {score.noticed}，等价 {score.equivalent}，"
        f"没有察觉 {score.survivors}；得分 {percent:.1f}%"
    )


def json_lines(tested: Sequence[Tested], killings: Sequence[Killing]) -> Iterator[str]:
    """One object a mutant, keys in this order."""
    for one in tested:
        row = {
            "norm": one.norm,
            "version": one.version,
            "file": one.span.file if one.span is not None else None,
            "line": one.span.line if one.span is not None else None,
            "operator": one.operator,
            "change": one.told,
            "result": _result(one),
            "noticed_by": one.noticed_by,
            "reason": one.answer.reason if isinstance(one.answer, Undecided) else None,
            "bound": _bound_row(one),
            "fixture": text_of(killings[one.killing]) if one.killing is not None else None,
        }
        yield json.dumps(row, ensure_ascii=False)


def _bound_row(one: Tested) -> dict[str, object] | None:
    bound = one.answer.bound if isinstance(one.answer, Proved) else None
    return None if bound is None else bound.model_dump(mode="json")


def _result(one: Tested) -> str:
    if one.noticed_by is not None:
        return "noticed"
    if one.is_equivalent:
        return "equivalent"
    return "undecided" if isinstance(one.answer, Undecided) else "survived"
