"""Sixth pass: one 规范 block to a norm of the core, clause by clause; each clause that fails is reported by itself."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from checker.language.conditions import conjunction, lower_condition
from checker.language.drafts import ANCHORS, EXCEPTIONS, REQUIREMENTS, Draft, Index
from checker.language.exceptions import lower_exception
from checker.language.heads import TimeRule, day_of, rank_of, read_counting, validity
from checker.language.hours import base_problem, clause_problem
from checker.language.lexicon import Lexicon
from checker.language.nearest import did_you_mean
from checker.language.operands import stage_of
from checker.language.patterns import lower_pattern, single_pattern
from checker.language.requirements import NEED_ANCHOR, Form, lower_permission, lower_requirement
from checker.language.scope import Scope
from checker.language.syntax import Branch, Refusal, branch, branches, complaint, names, refuse, token
from checker.model.diagnostic import Diagnostic, Level
from checker.model.expressions import All, Condition, Pattern
from checker.model.indicator import Months
from checker.model.norm import (
    Anchor,
    Breach,
    Category,
    Norm,
    OnBreach,
    OnEvent,
    OnExpiry,
    OnPeriod,
    Override,
    Relation,
    Severity,
)
from checker.model.requirements import (
    Deem,
    Defeat,
    ExceptionClause,
    Occur,
    Requirement,
    UntilClose,
    Within,
)
from checker.model.source import Rank, Source

_T = TypeVar("_T")
_MONTHS: dict[str, Months] = {"月": 1, "每月": 1, "季度": 3, "半年": 6, "年": 12, "年度": 12}


_OF_ANCHOR = ("unknown-attribute", "unknown-period", "unknown-actor")


@dataclass
class Lowered:
    """A block after lowering: a norm, or a permission for another; and every problem found on the way."""

    draft: Draft
    norm: Norm | None = None
    form: Form | None = None
    permission: tuple[str, Pattern, Condition | None] | None = None
    days: tuple[dt.date | None, dt.date | None] = (None, None)
    sources: tuple[Source, ...] = ()
    problems: list[Diagnostic] = field(default_factory=list)


@dataclass
class Work:
    """One block on its way."""

    draft: Draft
    scope: Scope
    problems: list[Diagnostic] = field(default_factory=list)

    def attempt(self, step: Callable[[], _T]) -> _T | None:
        """Take a step; a refusal is kept and the next step still taken."""
        try:
            return step()
        except Refusal as refusal:
            self.problems.append(refusal.diagnostic)
            return None

    def lines(self, *kinds: str) -> list[Branch]:
        """The clauses of these kinds."""
        return branches(self.draft.tree, *kinds)

    def single(self, *kinds: str) -> Branch | None:
        """The one clause of these kinds; a second is a problem."""
        found = self.lines(*kinds)
        for extra in found[1:]:
            self.problems.append(
                complaint(
                    self.draft.parsed.name,
                    extra,
                    "twice",
                    f"{self.draft.word}「{self.draft.title}」的这一项写了两次。",
                    help=f"只留一行，或分写两条{self.draft.word}。",
                )
            )
        return found[0] if found else None


def lower_norm(draft: Draft, lexicon: Lexicon, index: Index) -> Lowered:
    """The norm of a block; None with problems if it cannot be."""
    time = draft.head.time
    work = Work(draft, scope_of(draft, lexicon, index, time))
    if "/" in draft.title:
        message = f"规范的名称「{draft.title}」不能含有「/」。"
        work.problems.append(complaint(draft.parsed.name, draft.title, "bad-title", message))
    counting = work.single("counting")
    if counting is not None:
        time = work.attempt(lambda: read_counting(draft.parsed.name, counting, time)) or time
        work.scope = scope_of(draft, lexicon, index, time)
    permit = next(iter(work.lines("permit")), None)
    if permit is not None and branch(permit, "relief"):
        return _permission(work, permit)
    return _norm(work, time, index, lexicon)


def scope_of(draft: Draft, lexicon: Lexicon, index: Index, time: TimeRule) -> Scope:
    """The place of the block, before anything is known of its anchor."""
    pack = draft.head.id
    return Scope(file=draft.parsed.name, lexicon=lexicon, parameters=draft.head.parameters, day=time.day,
                 norm_id=lambda name: index.find(pack, name), is_adjusted=index.is_adjusted, conjoin=conjunction,
                 titles=index.titles(pack))  # fmt: skip


def _permission(work: Work, tree: Branch) -> Lowered:
    relief = branch(tree, "relief")
    assert relief is not None
    target = work.attempt(lambda: work.scope.norm(names(relief)[0]))
    found = work.attempt(lambda: lower_permission(work.scope, tree))
    sources = basis_of(work)
    for extra in work.lines(*ANCHORS, *EXCEPTIONS, "priority", "rank", "draft", "consequence"):
        message = "写「可以」的规范只解除一条禁止，不能再有触发、例外、优先、效力、草案或后果。"
        work.problems.append(
            complaint(work.draft.parsed.name, extra, "permission", message, help="删去这一行，或另写一条规范。")
        )
    days = (_day(work, work.single("start_date")), _day(work, work.single("end_date")))
    ready = (target, *found) if target and found else None
    return Lowered(work.draft, permission=ready, days=days, sources=sources, problems=work.problems)


def _norm(work: Work, time: TimeRule, index: Index, lexicon: Lexicon) -> Lowered:
    draft = work.draft
    anchor_tree, requirement_tree = work.single(*ANCHORS), work.single(*REQUIREMENTS)
    anchor = work.attempt(lambda: lower_anchor(work.scope, anchor_tree)) if anchor_tree else None
    inner = _anchored(work.scope, index.root_acts(draft, lexicon.acts))
    form = None
    if requirement_tree is None:
        _missing(work)
    elif anchor is not None or (anchor_tree is None and not _lost_anchor(draft, requirement_tree)):
        own = anchor_tree is None and requirement_tree.data not in ("deem",)
        place = work.scope if own else inner
        form = work.attempt(lambda: lower_requirement(place, requirement_tree, anchor))
    before = len(work.problems)
    exceptions = _exceptions(work, inner, form)
    if anchor is None and form is None:  # names of the anchor's event cannot be known
        work.problems[before:] = [p for p in work.problems[before:] if p.code not in _OF_ANCHOR]
    fields = _fields(work, inner)
    anchor = anchor or (form.anchor if form else None)
    if form is None or anchor is None or work.problems:
        return Lowered(draft, problems=work.problems)
    _check_form(work, form.requirement, anchor)
    first, last = fields.pop("days")
    valid = validity(first or draft.head.first, last or draft.head.end)
    version = first or draft.head.first
    norm = Norm(pack=draft.head.id, title=str(draft.title), version=version.isoformat() if version else "1",
                valid=valid, anchor=anchor, requirement=form.requirement, exceptions=exceptions, counting=time.counting,
                text=draft.text, span=draft.span, **fields)  # fmt: skip
    return Lowered(draft, norm, form, problems=work.problems)


def _lost_anchor(draft: Draft, requirement: Branch) -> bool:
    """Whether the 当 line may be the one that could not be read; its lack is then not complained of."""
    return draft.is_damaged and requirement.data in NEED_ANCHOR


def _anchored(scope: Scope, root: tuple[str, ...] | None) -> Scope:
    here = scope.at(root)
    return Scope(**{**here.__dict__, "root": root, "anchored": True})


def _missing(work: Work) -> None:
    if work.draft.is_damaged:
        return
    message = f"规范「{work.draft.title}」没有说要做什么。"
    work.problems.append(complaint(work.draft.parsed.name, work.draft.title, "no-requirement", message,
                                   help="加一行「应当 …」「甲 不得 …」或「人工认定 「问题」」。"))  # fmt: skip


def lower_anchor(scope: Scope, tree: Branch) -> Anchor:
    """当 … / 每 …."""
    match tree.data:
        case "on_event":
            return OnEvent(pattern=single_pattern(scope, branches(tree)[0]))
        case "on_breach":
            return OnBreach(norm=scope.norm(names(tree)[0]))
        case "on_expiry":
            return OnExpiry(norm=scope.norm(names(tree)[0]), extended=stage_of(scope, tree))
        case _:
            return OnPeriod(months=months_of(scope, tree))


def months_of(scope: Scope, tree: Branch) -> Months:
    """每 月/季度/半年/年."""
    word = token(tree, "NAME", "PERIOD")
    months = _MONTHS.get(str(word))
    if months is None:
        message = f"「每 {word}」不是可用的周期。"
        raise refuse(scope.file, tree, "bad-cycle", message, expected="每 月、每 季度、每 半年、每 年")
    return months


def _exceptions(work: Work, scope: Scope, form: Form | None) -> tuple[ExceptionClause, ...]:
    found: list[ExceptionClause] = []
    clauses = work.lines(*EXCEPTIONS, "unless")
    for position, tree in enumerate(clauses):
        if tree.data == "unless":
            continue
        nested = []
        for later in clauses[position + 1 :]:
            if later.data != "unless":
                break
            nested.append(later)
        text = work.draft.line_text(tree.meta.line, (nested or [tree])[-1].meta.line).strip()
        clause = work.attempt(lambda: lower_exception(scope, tree, nested, text))  # noqa: B023 - called at once
        if clause is not None:
            _check_clause(work, tree, clause, form)
            found.append(clause)
    return tuple(found)


def _check_clause(work: Work, tree: Branch, clause: ExceptionClause, form: Form | None) -> None:
    if isinstance(clause, Defeat) or form is None:
        return
    requirement = form.requirement
    if not isinstance(requirement, Occur | Deem) or not isinstance(requirement.window, Within):
        message = "这条规范没有「自 X 起 P 内」的期限，不能延长、不计入、重新计算、改期或不顺延。"
        work.problems.append(complaint(work.draft.parsed.name, tree, "no-period", message, help="只能写「不适用」。"))
    else:
        found = clause_problem(work.draft.parsed.name, tree, requirement.window.period, clause)
        work.problems += [found] if found else []


def _check_form(work: Work, requirement: Requirement, anchor: Anchor) -> None:
    title, file = work.draft.title, work.draft.parsed.name
    window = requirement.window if isinstance(requirement, Occur | Deem) else None
    if isinstance(window, UntilClose) and work.draft.head.closing is None and not work.draft.head.is_damaged:
        message = f"规范「{title}」没有期限，而规程没有说何时案结。"
        work.problems.append(
            complaint(file, title, "no-closing", message, help="在规程里加「案结 以 归档 为准」，或给它写期限。")
        )
    if isinstance(window, Within):
        found = base_problem(file, title, window.period)
        work.problems += [found] if found else []
    if isinstance(anchor, OnPeriod) and not branch(work.draft.tree, "applies") and not work.draft.head.applies:
        message = f"规范「{title}」按周期适用，却没有说适用于哪类记录。"
        work.problems.append(complaint(file, title, "no-applies", message, help="加一行「适用于 类型 为 单位台账」。"))


def _fields(work: Work, scope: Scope) -> dict[str, Any]:
    file = work.draft.parsed.name
    pivot = work.single("pivot")
    first, last = work.single("start_date"), work.single("end_date")
    relation = work.single("relation")
    breach, rank = work.single("breach"), work.single("rank")
    found = work.attempt(lambda: rank_of(file, names(rank)[0])) if rank else None
    return {
        "sources": basis_of(work),
        "rank": found or work.draft.head.rank or Rank.TEMPLATE,
        "draft": work.single("draft") is not None or work.draft.head.draft,
        "consequences": _sources(work, "consequence"),
        "pivot": work.attempt(lambda: lower_pattern(work.scope, branches(pivot)[0])) if pivot else None,
        "applies": applies_of(work),
        "correlate": _same(work, scope),
        "overrides": _priority(work),
        "relation": work.attempt(lambda: _relation(file, relation)) if relation else None,
        "breach": (work.attempt(lambda: _breach(file, breach)) if breach else None) or Breach(),
        "days": (_day(work, first), _day(work, last)),
    }


def _day(work: Work, line: Branch | None) -> dt.date | None:
    return work.attempt(lambda: day_of(work.draft.parsed.name, line)) if line else None


def _sources(work: Work, kind: str) -> tuple[Source, ...]:
    found = []
    for source in (s for line in work.lines(kind) for s in branches(line, "source")):
        reference, quote = token(source, "REFERENCE"), token(source, "QUOTE")
        found.append(Source(reference=str(reference).strip(), quote=str(quote)[1:-1] if quote else ""))
    return tuple(found)


def basis_of(work: Work) -> tuple[Source, ...]:
    """依据, which every block must have."""
    found = _sources(work, "basis")
    if not found and not work.draft.is_damaged:
        message = f"{work.draft.word}「{work.draft.title}」没有依据。"
        work.problems.append(
            complaint(
                work.draft.parsed.name,
                work.draft.title,
                "no-basis",
                message,
                help="加一行「依据 《某某规定》第几条「原文」」。",
            )
        )
    return found


def _relation(file: str, line: Branch) -> Relation:
    word = token(line, "REFERENCE")
    known = [relation.value for relation in Relation]
    if word is None or str(word) not in known:
        help = did_you_mean(str(word), known)
        raise refuse(file, line, "unknown-relation", f"没有「{word}」这种关系。", help=help, expected="；".join(known))
    return Relation(str(word))


def applies_of(work: Work) -> Condition | None:
    """适用于, of the pack and of the block together."""
    trees = [*work.draft.head.applies, *(c for line in work.lines("applies") for c in branches(line, "condition"))]
    found = [work.attempt(lambda: lower_condition(work.scope.of_case(), tree)) for tree in trees]  # noqa: B023
    parts = tuple(c for c in found if c is not None)
    return None if not parts else parts[0] if len(parts) == 1 else All(of=parts)


def _same(work: Work, scope: Scope) -> tuple[str, ...]:
    found: list[str] = []
    for name in (n for line in work.lines("same") for n in names(line)):
        if scope.attribute_of(scope.root, str(name)) is None:
            work.problems.append(scope.no_attribute(name, scope.root).diagnostic)
        found.append(str(name))
    return tuple(dict.fromkeys(found))


def _priority(work: Work) -> tuple[Override, ...]:
    return tuple(o for o in (work.attempt(lambda: _override(work, line)) for line in work.lines("priority")) if o)  # noqa: B023


def _override(work: Work, line: Branch) -> Override:
    quote = token(line, "QUOTE")
    norm = work.scope.norm(names(line)[0])
    if quote is None:
        raise refuse(
            work.draft.parsed.name, line, "no-source", "「优先于」没有出处。", help="在后面写上「某某法第几条：原文」。"
        )
    if norm == work.draft.id:
        raise refuse(work.draft.parsed.name, line, "cycle", "规范不能优先于自己。")
    reference, mark, words = str(quote)[1:-1].partition("：")
    return Override(norm=norm, source=Source(reference=reference, quote=words if mark else ""))


def _breach(file: str, line: Branch) -> Breach:
    category, severity = names(line), branch(line, "severity")
    known, grades = [c.value for c in Category], [s.value for s in Severity]
    if category and str(category[0]) not in known:
        raise refuse(
            file,
            category[0],
            "unknown-category",
            f"没有「{category[0]}」这种违反。",
            help="只有程序违规与越权两种。",
            expected="、".join(known),
        )
    grade = names(severity)[0] if severity else None
    if grade is not None and str(grade) not in grades:
        raise refuse(
            file,
            grade,
            "unknown-severity",
            f"没有「{grade}」这种情节。",
            help=did_you_mean(grade, grades),
            expected="、".join(grades),
        )
    return Breach(category=Category(str(category[0])) if category else Category.PROCEDURE,
                  severity=Severity(str(grade)) if grade else Severity.ORDINARY)  # fmt: skip


def warn(draft: Draft, code: str, message: str, help: str = "") -> Diagnostic:
    """A warning about a whole block."""
    found = complaint(draft.parsed.name, draft.title, code, message, help=help)
    return found.model_copy(update={"level": Level.WARNING})
