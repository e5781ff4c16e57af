"""A working-day table from its YAML text. The format is in docs/reference/calendars.md."""

from collections.abc import Callable, Mapping
from datetime import date

import yaml

from checker.calendars.notation import HEAD_KEYS, ROW_KEYS, WEEKDAYS, Problems, compose, days, mapping, scalar, truth
from checker.calendars.table import FIRST_YEAR, LAST_YEAR, SATURDAY_SUNDAY, Table, YearRow, overlay

Bases = Mapping[str, Callable[[], Table]]
"""The tables that ``extends`` may name, each read only when it is named."""


def read_table(text: str, file: str, bases: Bases) -> Table:
    """The table a YAML text holds; ``file`` is its name in messages. DataError with every mistake found."""
    problems = Problems(file)
    root = compose(text, problems)
    head = mapping(root, HEAD_KEYS, "工作日表", problems)
    name = scalar(head.get("name"))
    if name is None:
        problems.add("calendar-no-name", "工作日表缺少名称", head.get("name", root), help="加一行「name: …」")
    base = _base(head, bases, problems)
    weekend = _weekend(head.get("weekend"), problems) if base is None else base.weekend
    all_years = truth(head.get("all_years"), False, problems)
    below = base or Table(name="", weekend=weekend)
    rows = _rows(head.get("years"), below, overlaid=base is not None, problems=problems)
    if not rows and not all_years:
        problems.add(
            "calendar-no-years", "工作日表没有任何年份", root, help="加「years:」及至少一年，或者「all_years: true」"
        )
    problems.raise_if_any()
    if base is not None:
        return overlay(base, name or "", rows)
    return Table(name=name or "", weekend=weekend, all_years=all_years, years=rows)


def _base(head: Mapping[str, yaml.Node], bases: Bases, problems: Problems) -> Table | None:
    node = head.get("extends")
    if node is None:
        return None
    for key in ("weekend", "all_years"):
        if key in head:
            message = f"叠加的工作日表不能另定「{key}」，它随被继承的表"
            problems.add("calendar-overlay-head", message, head[key], help="删去这一行")
    wanted = scalar(node)
    if wanted is not None and wanted in bases:
        return bases[wanted]()
    problems.add(
        "calendar-unknown-base", f"没有名为「{wanted or ''}」的工作日表可以继承", node, "、".join(sorted(bases))
    )
    return None


def _weekend(node: yaml.Node | None, problems: Problems) -> frozenset[int]:
    if node is None:
        return SATURDAY_SUNDAY
    items = node.value if isinstance(node, yaml.SequenceNode) else [node]
    found = set()
    for item in items:
        text = (scalar(item) or "").replace("星期", "周").replace("周天", "周日")
        if text in WEEKDAYS:
            found.add(WEEKDAYS.index(text))
        else:
            problems.add("calendar-not-weekday", f"「{scalar(item) or ''}」不是星期几", item, "、".join(WEEKDAYS))
    if len(found) == len(WEEKDAYS):
        problems.add("calendar-no-workday", "一周七天都是周末，就没有工作日了", node, help="至少留出一天上班")
    return frozenset(found)


def _rows(node: yaml.Node | None, below: Table, *, overlaid: bool, problems: Problems) -> dict[int, YearRow]:
    if node is None:
        return {}
    if not isinstance(node, yaml.MappingNode):
        problems.add("calendar-not-mapping", "「years」之下应当一年一行", node, "2026: {source: …, off: …, work: …}")
        return {}
    rows: dict[int, YearRow] = {}
    for key, value in node.value:
        year = _year(key, problems)
        if year in rows:
            problems.add("calendar-repeated-year", f"{year} 年写了两次", key, help="合为一行")
        elif year is not None:
            rows[year] = _row(year, value, below, overlaid=overlaid, problems=problems)
    return rows


def _year(key: yaml.Node, problems: Problems) -> int | None:
    text = scalar(key) or ""
    if len(text) == 4 and text.isascii() and text.isdigit() and FIRST_YEAR <= int(text) <= LAST_YEAR:
        return int(text)
    problems.add("calendar-not-year", f"「{text[:40]}」不是年份", key, f"{FIRST_YEAR} 至 {LAST_YEAR} 之间的四位数字")
    return None


def _row(year: int, node: yaml.Node, below: Table, *, overlaid: bool, problems: Problems) -> YearRow:
    values = mapping(node, ROW_KEYS, f"{year} 年", problems)
    source = scalar(values.get("source"))
    if source is None:
        problems.add(
            "calendar-no-source", f"{year} 年没有写依据", values.get("source", node), help="加「source: 通知名称」"
        )
    off = dict(days(values.get("off"), year, problems))
    work = dict(days(values.get("work"), year, problems))
    for day, where in work.items():
        if day in off:
            problems.add("calendar-both", f"{day} 既写作放假又写作上班", where, help="只留一处")
        elif below.is_workday(day):
            problems.add("calendar-needless-work", f"{day} 不写也是上班日，疑为笔误", where, "本应休息的日子")
    return YearRow(
        year=year,
        source=source or "",
        off=frozenset(day for day in off if _adds(day, below)),
        work=frozenset(work),
        complete=truth(values.get("complete"), not overlaid, problems),
    )


def _adds(day: date, below: Table) -> bool:
    # A notice names whole stretches with their weekends; only what changes a day is kept.
    return below.is_workday(day)
