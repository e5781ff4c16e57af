"""What ``checker analyze`` prints: each answer with its norms, its cases and what is found on them."""

import json
from collections.abc import Iterator, Mapping, Sequence

from checker.drafting.analysis.results import Expected, Named, Result, Shown
from checker.drafting.analysis.running import Kind
from checker.drafting.analysis.waivers import Reviewed
from checker.explain.values import value_text
from checker.model.case import Event
from checker.model.diagnostic import Diagnostic, Level
from checker.model.finding import VERDICT_NAMES
from checker.model.place import Place
from checker.reports.colours import BOLD, painted
from checker.reports.layout import wrap

Kinds = Mapping[str, Kind]


def text_lines(found: Reviewed, kinds: Kinds, colour: bool) -> Iterator[str]:
    """By kind; what must be mended before what is only worth knowing."""
    for name, kind in _ordered(kinds):
        mine = [one for one in found.left if one.kind == name]
        if not mine:
            continue
        yield from painted([f"【{kind.TITLE}】{len(mine)} 项{'' if kind.IS_GRAVE else '（提示）'}"], BOLD, colour)
        for number, result in enumerate(mine, 1):
            yield from _result(number, result)
    yield from summary_lines(found, kinds)


def _result(number: int, result: Result) -> Iterator[str]:
    yield from wrap(f"{number}. {result.claim}", "", "   ")
    for norm in result.norms:
        yield from wrap(_place(norm), "   ", "     ")
        for line in norm.text.splitlines():
            yield from wrap(line.strip(), "     │ ", "     │ ")
    for one in result.shown:
        yield from wrap(f"案件：{one.says}；截至 {one.as_of}", "   ", "     ")
        for line in case_lines(one):
            yield from wrap(line, "     ", "       ")
    if result.proof:
        yield from wrap(f"证明：{result.proof}", "   ", "     ")
    if result.open:
        yield from wrap(f"未能判定：{result.open}。", "   ", "     ")
    yield ""


def case_lines(one: Shown) -> Iterator[str]:
    """The case, event by event, then what is found."""
    given = [f"类型 {one.case.kind}"] if one.case.kind else []
    given += [f"{name} {value_text(value)}" for name, value in one.case.attributes.items()]
    if one.case.extent is not None:
        given.append(f"起止 {one.case.extent.first} 至 {one.case.extent.last or '今'}")
    if given:
        yield f"案件的 {'，'.join(given)}"
    for event in one.case.events:
        yield event_text(event)
    for answer in one.case.answers:
        yield f"认定 {answer.norm}（{answer.event}）：{'是' if answer.answer else '否'}"
    for expected in one.expect:
        yield f"→ {_verdict(expected)}"


def event_text(event: Event) -> str:
    """``e1 2025-03-05 政法委 交办：来源 领导批示``."""
    words = [event.id, str(event.date or "日期不明"), *("、".join(event.actors or ()).split()), event.act]
    said = [f"{name} {value_text(value)}" for name, value in event.attributes.items()]
    said += [f"文书 {'、'.join(event.document) or '无'}"] if event.document is not None else []
    return " ".join(words) + (f"：{'，'.join(said)}" if said else "")


def _verdict(expected: Expected) -> str:
    where = f"（{expected.anchor}）" if expected.anchor else ""
    if expected.verdict is None:
        return f"「{expected.norm}」{where}没有结论"
    return f"「{expected.norm}」{where}{VERDICT_NAMES[expected.verdict]}"


def _place(norm: Named) -> str:
    if norm.span is None:
        return f"「{norm.norm}」"
    return f"{norm.span.file}:{norm.span.line}:{norm.span.column} 「{norm.norm}」（{norm.version}）"


def annotated(results: Sequence[Result], kinds: Kinds) -> Iterator[Diagnostic]:
    """The answers as diagnostics at the first norm they are about; what could not be decided is only told."""
    for one in results:
        level = Level.NOTE if one.is_open else Level.ERROR if kinds[one.kind].IS_GRAVE else Level.WARNING
        message = f"未能判定：{one.claim}（{one.open}）" if one.is_open else one.claim
        spans = [norm.span for norm in one.norms if norm.span is not None]
        at = Place(file=spans[0].file, line=spans[0].line, column=spans[0].column) if spans else None
        yield Diagnostic(code=one.kind, level=level, message=message, at=at)


def _ordered(kinds: Kinds) -> list[tuple[str, Kind]]:
    return sorted(kinds.items(), key=lambda item: not item[1].IS_GRAVE)


def summary_lines(found: Reviewed, kinds: Kinds) -> Iterator[str]:
    """The sums; what could not be decided is never among what is clean."""
    settled = [one for one in found.left if not one.is_open]
    grave = sum(kinds[one.kind].IS_GRAVE for one in settled)
    yield from wrap(
        f"须改正 {grave} 项，提示 {len(settled) - grave} 项，未能判定 {len(found.left) - len(settled)} 项，"
        f"已复核 {len(found.waived)} 项。"
    )


def json_lines(found: Reviewed, kinds: Kinds) -> Iterator[str]:
    """One object an answer, waived ones too."""
    waived = {id(result): waiver for result, waiver in found.waived}
    for result in (*found.left, *(result for result, _ in found.waived)):
        waiver = waived.get(id(result))
        head = {
            "kind": result.kind,
            "title": kinds[result.kind].TITLE,
            "level": "error" if kinds[result.kind].IS_GRAVE else "note",
            "state": "undecided" if result.is_open else "proved" if not result.shown else "shown",
            "waived": None if waiver is None else {"reason": waiver.reason, "by": waiver.by},
        }
        yield json.dumps(head | _body(result), ensure_ascii=False, separators=(",", ":"))


def _body(result: Result) -> dict[str, object]:
    return {
        "claim": result.claim,
        "about": result.about,
        "norms": [one.model_dump(mode="json") for one in result.norms],
        "shown": [one.model_dump(mode="json", exclude_defaults=True) for one in result.shown],
        "proof": result.proof,
        "undecided": result.open,
    }


def markdown_lines(found: Reviewed, kinds: Kinds) -> Iterator[str]:
    """A page for a merge request."""
    yield "# 规则分析"
    yield ""
    yield from summary_lines(found, kinds)
    for name, kind in _ordered(kinds):
        mine = [one for one in found.left if one.kind == name]
        if mine:
            yield from ("", f"## {kind.TITLE}（{len(mine)}）", "")
        for result in mine:
            yield from _markdown(result)


def _markdown(result: Result) -> Iterator[str]:
    yield f"- {result.claim}"
    for norm in result.norms:
        yield f"    - `{_place(norm)}`"
    for one in result.shown:
        yield f"    - {one.says}（截至 {one.as_of}）"
        yield from (f"        - {line}" for line in case_lines(one))
    if result.proof:
        yield f"    - 证明：{result.proof}"
    if result.open:
        yield f"    - 未能判定：{result.open}"


def grave(results: Sequence[Result], kinds: Kinds, strict: bool) -> bool:
    """Whether something stands that must be mended; strictly, anything at all."""
    return any(strict or (kinds[one.kind].IS_GRAVE and not one.is_open) for one in results)
