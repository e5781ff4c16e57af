"""Hours stand alone: they are neither added to days, dates or what a record states, nor exchanged for them."""

from collections.abc import Iterator
from itertools import chain

from lark.lexer import Token

from checker.language.syntax import Branch, complaint, refuse
from checker.model.diagnostic import Diagnostic
from checker.model.requirements import Earlier, ExceptionClause, Exclude, Extend, Fixed, Later, PeriodExpr, Replace
from checker.model.values import Period, Unit

_ALONE = "只用小时，或只用日、月、年。"


def is_hours(period: Period) -> bool:
    """Whether the period counts hours."""
    return any(part.unit is Unit.HOUR for part in period.parts)


def require_days(file: str, word: Token, period: Period) -> Period:
    """The period, refused if it is in hours where dates are counted on or back."""
    if is_hours(period):
        raise refuse(file, word, "hours", f"日期的前后推算不能用「{word}」。", help="写作日、月或年。")
    return period


def base_problem(file: str, title: Token, base: PeriodExpr) -> Diagnostic | None:
    """What is wrong with a period by itself."""
    if len(_kinds(base)) < 2:
        return None
    message = f"规范「{title}」的期限在小时与别的期限之间取较早或较晚，无法比较。"
    return complaint(file, title, "hours", message, help=_ALONE)


def clause_problem(file: str, tree: Branch, base: PeriodExpr, clause: ExceptionClause) -> Diagnostic | None:
    """What is wrong with a clause beside the period it changes."""
    if isinstance(clause, Exclude):
        return _excluded(file, tree, clause)
    own = _kinds(base)
    if len(own) > 1 or set(chain.from_iterable(map(_kinds, _periods(clause)))) <= own:
        return None
    message = (
        "这条规范的期限按小时计，这里却写了日、月、年或者记录所载的期限。"
        if own == {True}
        else "这条规范的期限不按小时计，或者可能不按小时计，这里却写了小时。"
    )
    return complaint(file, tree, "hours", message, help=_ALONE)


def _periods(clause: ExceptionClause) -> Iterator[PeriodExpr]:
    if isinstance(clause, Replace | Extend):
        yield clause.period
    if isinstance(clause, Extend) and clause.total is not None:
        yield Fixed(period=clause.total)


def _excluded(file: str, tree: Branch, clause: Exclude) -> Diagnostic | None:
    kinds = _kinds(clause.length) if clause.length is not None else set()
    if True not in kinds and not (clause.cap is not None and is_hours(clause.cap)):
        return None
    return complaint(file, tree, "hours", "不计入的是整日，不能按小时写。", help="写作日、月或年。")


def _kinds(period: PeriodExpr) -> set[bool]:
    """True for hours written out; False for all that is not, or may not be, hours."""
    if isinstance(period, Fixed):
        return {is_hours(period.period)}
    if isinstance(period, Earlier | Later):
        return set(chain.from_iterable(map(_kinds, period.of)))
    return {False}
