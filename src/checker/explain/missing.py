"""What a record would have to say so that a verdict can be given: the codes of a finding in sentences."""

from collections.abc import Callable
from typing import Final, NamedTuple

from checker.explain.context import Context, Reason, Topic

_FIELDS: Final = {"主体": "主体", "日期": "日期", "文书": "文书内容清单"}


def missing_reasons(context: Context, codes: tuple[str, ...]) -> list[Reason]:
    """One sentence for each code of ``Finding.missing``: what is lacking, and what would mend it."""
    return [Reason(Topic.MISSING, "；".join(_lack(context, code))) for code in codes]


def missing_text(context: Context, codes: frozenset[str]) -> str:
    """The codes as one phrase, for a clause that is not decided: ``，缺少 e3 的「来源」``; empty without codes."""
    if not codes:
        return ""
    return "，缺少 " + "、".join(_lack(context, code).what for code in sorted(codes))


class _Lack(NamedTuple):
    what: str
    remedy: str


def _lack(context: Context, code: str) -> _Lack:
    head, dot, rest = code.partition(".")
    known = _PREFIXES.get(head)
    if code == "日期超出范围":
        return _Lack("9999-12-31 以内的日期", "核对记录中的日期和期间后可判定")
    if dot and known is not None:
        return known(context, rest)
    event, name = _split_event(context, code)
    known_event = context.events.get(event)
    if name == "日期" and known_event is not None and known_event.date is not None:
        return _Lack(f"{event} 的时刻", "补录后可判定")  # hours ask for more than the day
    return _Lack(f"{event} 的{_FIELDS.get(name, f'「{name}」')}", "补录后可判定")


def _split_event(context: Context, code: str) -> tuple[str, str]:
    """Event ids may hold dots themselves: the longest id of the case that fits is meant."""
    ids = [i for i in context.events if code.startswith(f"{i}.")]
    if ids:
        best = max(ids, key=len)
        return best, code[len(best) + 1 :]
    event, _, name = code.rpartition(".")
    return event, name


def _of_case(_: Context, name: str) -> _Lack:
    what = {"类型": "类型", "起止": "台账起止日期"}.get(name, f"「{name}」")
    return _Lack(f"案件的{what}", "补录后可判定")


def _uncovered(_: Context, act: str) -> _Lack:
    return _Lack(f"「{act}」的记录", f"记录没有说明涵盖「{act}」，未见不等于没有；写明已经涵盖，或者补录后可判定")


def _order(context: Context, ids: str) -> _Lack:
    first = next((i for i in context.events if ids.startswith(f"{i}.") and ids[len(i) + 1 :] in context.events), None)
    pair = (first, ids[len(first) + 1 :]) if first is not None else tuple(ids.split(".", 1))
    return _Lack(f"{' 与 '.join(pair)} 的先后", "补录时刻，或者按先后登记后可判定")


def _unseen(_: Context, act: str) -> _Lack:
    return _Lack(f"「{act}」的记录", "补录后可判定")


def _expiry(_: Context, norm: str) -> _Lack:
    return _Lack(f"「{norm}」的届满日", "该条可以算出后可判定")


def _breach(_: Context, norm: str) -> _Lack:
    return _Lack(f"「{norm}」的结论", "该条判定后可判定")


def _priority(_: Context, norm: str) -> _Lack:
    return _Lack(f"「{norm}」是否优先适用的结论", "该条判定后可判定")


def _year(_: Context, year: str) -> _Lack:
    return _Lack(f"{year} 年的放假调休安排", "工作日表补入该年后可判定")


_PREFIXES: Final[dict[str, Callable[[Context, str], _Lack]]] = {
    "案件": _of_case,
    "行为": _uncovered,
    "先后": _order,
    "未见": _unseen,
    "期满": _expiry,
    "违反": _breach,
    "优先": _priority,
    "历法": _year,
}
