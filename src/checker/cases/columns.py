"""How an event table's columns are named: the layout, given on a command line or in a mapping file."""

from collections.abc import Mapping, Sequence
from typing import Final

from checker.cases.problems import Refusal, nearest
from checker.model.diagnostic import DataError, Diagnostic
from checker.model.node import Node

ROLES: Final = {
    "case": "案件",
    "act": "行为",
    "date": "日期",
    "time": "时刻",
    "actor": "主体",
    "kind": "类型",
    "id": "编号",
}
REQUIRED: Final = ("case", "act", "date")


class Layout(Node):
    """One row an event; which column plays which role, and how cells are written.

    ``columns``: role (see :data:`ROLES`) to column; a required role left out is the column that bears its name.
    ``attributes``: column to attribute of the row's act; None takes the columns that bear a declared attribute's name.
    ``case_attributes``: column to attribute of the case. ``acts``: what stands in the act column to the declared act;
    None takes it as written. ``ignore``: activities whose rows are dropped. ``covers``: see the case record; default
    the acts that ``acts`` leads to. ``date_format`` is for ``strptime``; ``time_zone`` the IANA zone whose calendar
    instants with an offset are read in; ``dates_only`` drops times of day. ``grouped``: the rows of a case stand
    together, so that cases stream; otherwise the table is regrouped in memory.
    """

    columns: Mapping[str, str] = {}
    attributes: Mapping[str, str] | None = None
    case_attributes: Mapping[str, str] = {}
    acts: Mapping[str, str] | None = None
    ignore: frozenset[str] = frozenset()
    covers: tuple[str, ...] | None = None
    date_format: str | None = None
    time_zone: str | None = None
    dates_only: bool = False
    encoding: str = "utf-8-sig"
    delimiter: str = ","
    grouped: bool = False
    ordered: bool = True


def parse_columns(text: str) -> Layout:
    """The layout that ``case=案号,act=环节,date=日期`` says; other names on the left are attributes.

    Raises DataError where the text is not of that form.
    """
    names = {name: role for role, alias in ROLES.items() for name in (role, alias)}
    columns: dict[str, str] = {}
    attributes: dict[str, str] = {}
    for piece in text.replace("，", ",").split(","):
        left, sign, right = (part.strip() for part in piece.replace("＝", "=").partition("="))
        if not (left and sign and right):
            raise bad_layout(f"「{piece.strip()}」不是「名称=列名」的写法", "case=案号,act=环节,date=日期")
        role = names.get(left)
        target, key, value = (attributes, right, left) if role is None else (columns, role, right)
        if key in target:
            raise bad_layout(f"「{left}」写了两次", "每项一次")
        target[key] = value
    return Layout(columns=columns, attributes=attributes or None)


def bad_layout(message: str, expected: str = "") -> DataError:
    """The error for column options that cannot be used."""
    return DataError((Diagnostic(code="bad-columns", message=message, expected=expected),))


def roles_in(header: Sequence[str], layout: Layout) -> dict[str, int] | Refusal:
    """Role to the position of its column. With no role named at all, every column that bears a role's name plays it."""
    found: dict[str, int] = {}
    for role, alias in ROLES.items():
        wanted = layout.columns.get(role)
        if wanted is not None:
            if wanted not in header:
                return unknown_column(wanted, header)
            found[role] = header.index(wanted)
        elif role in REQUIRED or not layout.columns:
            name = next((name for name in (role, alias) if name in header), None)
            if name is not None:
                found[role] = header.index(name)
    lacking = [role for role in REQUIRED if role not in found]
    if not lacking:
        return found
    said = "、".join(f"{role}（{ROLES[role]}）" for role in lacking)
    help_text = f"说明列名，如 case=案号,act=环节,date=日期；表头有：{'、'.join(header[:20])}"
    return Refusal("missing-column", f"表头里找不到 {said} 一列", help=help_text)


def unknown_column(name: str, header: Sequence[str]) -> Refusal:
    """The refusal of a column that the table does not have."""
    near = nearest(name, header)
    help_text = f"是不是「{near}」？" if near else f"表头有：{'、'.join(header[:20])}"
    return Refusal("unknown-column", f"表头里没有「{name}」这一列", help=help_text)
