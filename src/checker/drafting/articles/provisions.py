"""The register of provisions beside a pack (``provisions.yaml``): what became of each passage of the texts."""

import re
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from checker.calendars import shallow_yaml
from checker.calendars.unreadable import reason as reason_of
from checker.model.diagnostic import Diagnostic
from checker.model.place import Place
from checker.model.source import ARTICLE

if TYPE_CHECKING:
    import yaml

FILE: Final = "provisions.yaml"
_KEYS: Final = ("编号", "文件", "条", "规范", "未编", "说明")
_AT: Final = re.compile(rf"(?P<first>{ARTICLE}|（[^（）]+）|全文)(?:至(?P<last>{ARTICLE}))?(?P<detail>.*)")


class WhyNot(StrEnum):
    """未编: why a passage has no norm."""

    PRINCIPLE = "原则定义"
    JUDGEMENT = "需要判断"
    NO_RECORD = "无记录可查"
    UNVERIFIED = "文本未核实"
    PRIVATE = "私人期限"
    OUTSIDE = "超出范围"
    CONSEQUENCE = "后果条文"
    COMPUTATION = "计算规则"
    INDICATOR = "指标"
    ELSEWHERE = "他处已编"


class Provision(NamedTuple):
    """One line of the register: a passage, and the norms that encode it or the reason why none does.

    ``id`` is the number the passage has in the source book, if any. ``first`` to ``last`` are names of articles;
    ``first`` is empty for the whole text. ``norms`` are full ids.
    """

    pack: str
    id: str
    title: str
    first: str
    last: str
    detail: str
    norms: tuple[str, ...]
    why_not: WhyNot | None
    note: str
    place: Place

    @property
    def at(self) -> str:
        """The passage as printed."""
        return f"{self.first or '全文'}{f'至{self.last}' if self.last else ''}{self.detail}"


def read_provisions(pack: str, file: Path) -> tuple[tuple[Provision, ...], tuple[Diagnostic, ...]]:
    """The lines of a register, and what is wrong with the others; nothing at all where there is no file."""
    if not file.is_file():
        return (), ()
    name = file.as_posix()
    try:
        root = shallow_yaml.compose(file.read_text(encoding="utf-8-sig"))
    except shallow_yaml.NotYaml as error:
        return (), (_complaint(Place(file=name, line=error.line), f"条文登记{error.reason}。"),)
    except (OSError, UnicodeDecodeError) as error:
        why = reason_of(error) if isinstance(error, OSError) else "不是 UTF-8 编码"
        return (), (_complaint(Place(file=name), f"读不了条文登记「{name}」：{why}。"),)
    found: list[Provision] = []
    problems: list[Diagnostic] = []
    for place, line in _lines(name, root, problems):
        one = _provision(pack, place, line)
        if isinstance(one, Diagnostic):
            problems.append(one)
        else:
            found.append(one)
    return tuple(found), tuple(problems)


def _lines(
    name: str, root: "yaml.Node | None", problems: list[Diagnostic]
) -> Iterator[tuple[Place, dict[str, str | tuple[str, ...]]]]:
    import yaml

    if not isinstance(root, yaml.SequenceNode):
        problems.append(_complaint(Place(file=name, line=1), "条文登记应当是一列，每行写一处条文。"))
        return
    for node in root.value:
        place = Place(file=name, line=node.start_mark.line + 1)
        if not isinstance(node, yaml.MappingNode):
            problems.append(_complaint(place, "条文登记的一行应写作「{文件: …, 条: …, 规范: […]}」。"))
            continue
        keys = [key.value for key, _ in node.value]
        texts = all(
            isinstance(key, yaml.ScalarNode) and not isinstance(value, yaml.MappingNode) for key, value in node.value
        )
        if not texts or len(set(keys)) < len(keys):
            problems.append(_complaint(place, "条文登记的一行里，每一项写一次，值是文字或者一列文字。"))
            continue
        yield place, {key.value: _value(value) for key, value in node.value}


def _value(node: "yaml.Node") -> str | tuple[str, ...]:
    import yaml

    if isinstance(node, yaml.SequenceNode):
        return tuple(str(item.value) for item in node.value)
    return str(node.value)


def _provision(pack: str, place: Place, line: dict[str, str | tuple[str, ...]]) -> Provision | Diagnostic:
    unknown = [key for key in line if key not in _KEYS]
    text = {key: value if isinstance(value := line.get(key, ""), str) else "" for key in _KEYS}
    norms = line.get("规范", ())
    norms = (norms,) if isinstance(norms, str) else norms
    at = _AT.fullmatch(text["条"])
    known = [why.value for why in WhyNot]
    if unknown:
        return _complaint(place, f"条文登记不认识「{unknown[0]}」一项。", f"可用的项：{'、'.join(_KEYS)}。")
    if not text["文件"] or at is None:
        return _complaint(
            place,
            f"条文登记没有写明哪个文件的哪一条：「{text['文件']}」「{text['条']}」。",
            "条写作「第二十二条第一款」。",
        )
    if bool(norms) == bool(text["未编"]):
        return _complaint(place, "条文登记的一行要么写「规范」，要么写「未编」。")
    if text["未编"] and (text["未编"] not in known or not text["说明"]):
        return _complaint(
            place,
            f"「未编: {text['未编']}」不能用，或者没有「说明」。",
            f"未编须为 {'、'.join(known)} 之一，并写说明。",
        )
    first = "" if at["first"] == "全文" else at["first"]
    full = tuple(norm if "/" in norm else f"{pack}/{norm}" for norm in norms)
    why_not = WhyNot(text["未编"]) if text["未编"] else None
    return Provision(pack, text["编号"], text["文件"], first, at["last"] or "", at["detail"], full, why_not,
                     text["说明"], place)  # fmt: skip


def _complaint(place: Place, message: str, help: str = "") -> Diagnostic:
    return Diagnostic(code="provision", message=message, at=place, help=help)
