"""YAML nodes of a working-day table, taken apart with their lines; every mistake becomes a diagnostic."""

import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from difflib import get_close_matches

import yaml

from checker.calendars import shallow_yaml
from checker.model.diagnostic import DataError, Diagnostic
from checker.model.place import Place

HEAD_KEYS = {"name": "名称", "weekend": "周末", "extends": "继承", "all_years": "每年适用", "years": "年份"}
ROW_KEYS = {"source": "依据", "off": "放假", "work": "上班", "complete": "完整"}
WEEKDAYS = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")
TRUTH = {"true": True, "是": True, "false": False, "否": False}

_QUOTE = 40
_DAY = re.compile(r"(?:(\d{4})-)?(\d{1,2})-(\d{1,2})")
_DAY_EXPECTED = "01-28、2026-01-28 或者起止 02-16~02-20"


class Problems:
    """What is wrong with one file, in the order found."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.found: list[Diagnostic] = []

    def add(self, code: str, message: str, node: yaml.Node, expected: str = "", help: str = "") -> None:
        """Keep one error about a node."""
        mark = node.start_mark
        place = Place(file=self.file, line=mark.line + 1, column=mark.column + 1)
        quote = node.value[:_QUOTE] if isinstance(node, yaml.ScalarNode) else ""
        self.found.append(Diagnostic(code=code, message=message, at=place, quote=quote, expected=expected, help=help))

    def raise_if_any(self) -> None:
        """Raise all of them as one DataError."""
        if self.found:
            raise DataError(tuple(self.found))


def compose(text: str, problems: Problems) -> yaml.Node:
    """The node tree of the only document; DataError where the text is no YAML."""
    try:
        node = shallow_yaml.compose(text)
    except shallow_yaml.NotYaml as error:
        place = Place(file=problems.file, line=error.line)
        message = f"工作日表「{problems.file}」{error.reason}"
        raise DataError((Diagnostic(code="calendar-not-yaml", message=message, at=place),)) from error
    if node is None:
        message = f"工作日表「{problems.file}」是空的"
        raise DataError((Diagnostic(code="calendar-empty", message=message, at=Place(file=problems.file)),))
    return node


def mapping(node: yaml.Node, names: Mapping[str, str], what: str, problems: Problems) -> dict[str, yaml.Node]:
    """The values by English key; unknown and repeated keys are reported."""
    if not isinstance(node, yaml.MappingNode):
        problems.add("calendar-not-mapping", f"{what}应当是若干「键: 值」", node, expected=_names(names))
        return {}
    english = {alias: name for name, aliases in names.items() for alias in (name, aliases)}
    values: dict[str, yaml.Node] = {}
    for key, value in node.value:
        name = english.get(key.value) if isinstance(key, yaml.ScalarNode) else None
        if name is None:
            written = (scalar(key) or "")[:_QUOTE]
            near = get_close_matches(written, english, n=1)
            suggestion = f"改为「{near[0]}」" if near else ""
            problems.add("calendar-unknown-key", f"{what}不认得的键「{written}」", key, _names(names), suggestion)
        elif name in values:
            problems.add("calendar-repeated-key", f"{what}的「{key.value}」写了两次", key, help="只留一处")
        else:
            values[name] = value
    return values


def scalar(node: yaml.Node | None) -> str | None:
    """The text of a scalar that says something, else None."""
    if isinstance(node, yaml.ScalarNode) and node.value.strip():
        return str(node.value).strip()
    return None


def truth(node: yaml.Node | None, default: bool, problems: Problems) -> bool:
    """是/否, true/false."""
    if node is None:
        return default
    value = TRUTH.get((scalar(node) or "").lower())
    if value is None:
        problems.add("calendar-not-truth", f"「{scalar(node) or ''}」应当写 true 或 false", node, "true、false、是、否")
        return default
    return value


def days(node: yaml.Node | None, year: int, problems: Problems) -> Iterator[tuple[date, yaml.Node]]:
    """Every day that a text or a list of texts names, with the node that names it."""
    if node is None:
        return
    for item in node.value if isinstance(node, yaml.SequenceNode) else [node]:
        text = scalar(item)
        if text is None:
            problems.add("calendar-not-day", "这里应当写日期", item, _DAY_EXPECTED)
            continue
        for token in re.split(r"[\s,，、]+", text):
            yield from ((day, item) for day in _stretch(token, year, item, problems))


def _stretch(token: str, year: int, node: yaml.Node, problems: Problems) -> list[date]:
    ends = [_day(part, year, node, problems) for part in re.split("[~～至]", token, maxsplit=1)]
    first, last = ends[0], ends[-1]
    if first is None or last is None:
        return []
    if last < first:
        problems.add("calendar-reversed", f"「{token}」的止日早于起日", node, help="起日写在前面")
    return [first + timedelta(days=i) for i in range((last - first).days + 1)]


def _day(text: str, year: int, node: yaml.Node, problems: Problems) -> date | None:
    found = _DAY.fullmatch(text)
    if found is None:
        problems.add("calendar-not-day", f"「{text}」不是日期", node, _DAY_EXPECTED)
        return None
    written, month, day = found.groups()
    if written is not None and int(written) != year:
        problems.add("calendar-other-year", f"「{text}」写在 {year} 年的一行里", node, help=f"移到 {written} 年的一行")
        return None
    try:
        return date(year, int(month), int(day))
    except ValueError:
        problems.add("calendar-no-such-day", f"{year} 年没有「{text}」这一天", node, _DAY_EXPECTED)
        return None


def _names(names: Mapping[str, str]) -> str:
    return "、".join(f"{name}（{alias}）" for name, alias in names.items())
