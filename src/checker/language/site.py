"""What one place knows: its organs by name, and its own values for the parameters of the packs."""

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Final

from checker.model.diagnostic import Diagnostic, RulesError
from checker.model.node import Node
from checker.model.place import Span
from checker.model.source import Source

if TYPE_CHECKING:
    import yaml

_PARTS: Final = {"机关": "机关", "organs": "机关", "参数": "参数", "parameters": "参数"}
_NULLS: Final = ("", "~", "null", "Null", "NULL")
_QUOTE: Final = 40


class Setting(Node):
    """A site's value for a parameter, with the text it rests on."""

    value: str
    source: Source


class Site(Node):
    """``organs`` maps an instance to its kind (虎林市人民法院 → 法院); ``parameters`` are keyed ``pack/name``."""

    organs: Mapping[str, str] = {}
    parameters: Mapping[str, Setting] = {}


def read_site(name: str, data: bytes) -> Site:
    """A site from its YAML file.

    ::

        机关:
          虎林市人民法院: 法院
        参数:
          duban/办结期限: {值: 60日, 出处: 「市委政法委督办规定第八条：六十日内办结」}

    Raises :class:`RulesError` with every complaint.
    """
    from checker.calendars import shallow_yaml  # YAML only where there is a site file

    try:
        root = shallow_yaml.compose(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise RulesError((_complaint(name, f"现场文件「{name}」不是 UTF-8 编码。", line),)) from error
    except shallow_yaml.NotYaml as error:
        raise RulesError((_complaint(name, f"现场文件「{name}」{error.reason}。", error.line or 1),)) from error
    problems: list[Diagnostic] = []
    parts: dict[str, yaml.Node] = {}
    for key, value in _entries(name, root, f"现场文件「{name}」应有「机关」「参数」两项。", problems):
        part = _PARTS.get(key.value)
        if part is None:
            problems.append(_complaint(name, f"现场文件不认识「{key.value[:_QUOTE]}」一项。", _line(key)))
        elif part in parts:
            problems.append(_complaint(name, f"现场文件的「{key.value}」一项写了两次。", _line(key)))
        else:
            parts[part] = value
    organs = _organs(name, parts.get("机关"), problems)
    settings = _settings(name, parts.get("参数"), problems)
    if problems:
        raise RulesError(tuple(problems))
    return Site(organs=organs, parameters=settings)


def _organs(name: str, node: "yaml.Node | None", problems: list[Diagnostic]) -> dict[str, str]:
    sentence = "现场文件的「机关」应逐行写「机关名: 种类」。"
    organs: dict[str, str] = {}
    for key, value in _entries(name, node, sentence, problems):
        kind = _text(value)
        if kind is None:
            problems.append(_complaint(name, sentence, _line(key)))
        else:
            organs[key.value] = kind
    return organs


def _settings(name: str, node: "yaml.Node | None", problems: list[Diagnostic]) -> dict[str, Setting]:
    settings: dict[str, Setting] = {}
    for key, entry in _entries(name, node, "现场文件的「参数」应逐行写「规程/参数: {值: …, 出处: …}」。", problems):
        form = f"现场的参数「{key.value[:_QUOTE]}」应写作「规程/参数: {{值: 60日, 出处: 某规定第几条}}」，出处不能少。"
        count = len(problems)
        fields = {field.value: _text(value) for field, value in _entries(name, entry, form, problems)}
        value, source = fields.get("值") or fields.get("value"), fields.get("出处") or fields.get("source")
        if "/" not in key.value or value is None or source is None:
            problems[count:] = [_complaint(name, form, _line(key))]
            continue
        reference, mark, words = re.sub(r"^「(.*)」$", r"\1", source).partition("：")
        settings[key.value] = Setting(value=value, source=Source(reference=reference, quote=words if mark else ""))
    return settings


def _entries(
    name: str, node: "yaml.Node | None", sentence: str, problems: list[Diagnostic]
) -> "Iterator[tuple[yaml.ScalarNode, yaml.Node]]":
    """The entries of a mapping whose keys are texts that stand once; what is not so is complained of at its line."""
    import yaml

    if node is None or (isinstance(node, yaml.ScalarNode) and _text(node) is None):
        return
    if not isinstance(node, yaml.MappingNode):
        problems.append(_complaint(name, sentence, _line(node)))
        return
    seen: set[str] = set()
    for key, value in node.value:
        if _text(key) is None:
            problems.append(_complaint(name, sentence, _line(key)))
        elif key.value in seen:
            problems.append(_complaint(name, f"现场文件里「{key.value[:_QUOTE]}」写了两次。", _line(key)))
        else:
            seen.add(key.value)
            yield key, value


def _text(node: "yaml.Node") -> str | None:
    """The text of a scalar; None for anything else, and where nothing is written."""
    import yaml

    if not isinstance(node, yaml.ScalarNode) or (node.style is None and node.value in _NULLS):
        return None
    return str(node.value) if node.value.strip() else None


def _line(node: "yaml.Node") -> int:
    return int(node.start_mark.line) + 1


def _complaint(name: str, message: str, line: int = 1) -> Diagnostic:
    span = Span(file=name, line=line, column=1, end_line=line, end_column=1)
    return Diagnostic(code="site", message=message, at=span, help="见参考手册「现场」一节。")
