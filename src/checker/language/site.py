"""What one place knows: its organs by name, and its own values for the parameters of the packs."""

import re
from collections.abc import Mapping

from checker.model.diagnostic import Diagnostic, RulesError
from checker.model.node import Node
from checker.model.place import Span
from checker.model.source import Source


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
    import yaml  # only where there is a site file

    try:
        content = yaml.safe_load(data.decode("utf-8-sig"))
    except (UnicodeDecodeError, yaml.YAMLError, RecursionError) as error:
        line = getattr(getattr(error, "problem_mark", None), "line", 0) + 1
        raise RulesError((_complaint(name, f"现场文件「{name}」不是可读的 YAML。", line),)) from error
    if content is None:
        return Site()
    problems: list[Diagnostic] = []
    if not isinstance(content, dict):
        raise RulesError((_complaint(name, f"现场文件「{name}」应有「机关」「参数」两项。"),))
    for key in content:
        if key not in ("机关", "organs", "参数", "parameters"):
            problems.append(_complaint(name, f"现场文件不认识「{key}」一项。"))
    organs = _organs(name, content.get("机关", content.get("organs")) or {}, problems)
    settings = _settings(name, content.get("参数", content.get("parameters")) or {}, problems)
    if problems:
        raise RulesError(tuple(problems))
    return Site(organs=organs, parameters=settings)


def _organs(name: str, found: object, problems: list[Diagnostic]) -> dict[str, str]:
    if not isinstance(found, dict) or not all(isinstance(k, str) and isinstance(v, str) for k, v in found.items()):
        problems.append(_complaint(name, "现场文件的「机关」应逐行写「机关名: 种类」。"))
        return {}
    return found


def _settings(name: str, found: object, problems: list[Diagnostic]) -> dict[str, Setting]:
    if not isinstance(found, dict):
        problems.append(_complaint(name, "现场文件的「参数」应逐行写「规程/参数: {值: …, 出处: …}」。"))
        return {}
    settings = {}
    for key, entry in found.items():
        value = entry.get("值", entry.get("value")) if isinstance(entry, dict) else None
        source = entry.get("出处", entry.get("source")) if isinstance(entry, dict) else None
        if not isinstance(key, str) or "/" not in key or value is None or not source:
            problems.append(
                _complaint(
                    name, f"现场的参数「{key}」应写作「规程/参数: {{值: 60日, 出处: 某规定第几条}}」，出处不能少。"
                )
            )
            continue
        reference, mark, words = re.sub(r"^「(.*)」$", r"\1", str(source)).partition("：")
        settings[key] = Setting(value=str(value), source=Source(reference=reference, quote=words if mark else ""))
    return settings


def _complaint(name: str, message: str, line: int = 1) -> Diagnostic:
    span = Span(file=name, line=line, column=1, end_line=line, end_column=1)
    return Diagnostic(code="site", message=message, at=span, help="见参考手册「现场」一节。")
