"""Answers that a person has reviewed and lets stand: a list in YAML, each entry with its reason and by whom."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple

import yaml

from checker.calendars import unreadable
from checker.calendars.shallow_yaml import NotYaml, compose
from checker.drafting.analysis.results import Result
from checker.model.diagnostic import DataError, Diagnostic
from checker.model.place import Place

_KEYS: Final = frozenset({"kind", "norms", "about", "reason", "by"})
_SHAPE: Final = "- {kind: endless, norms: [review/定期案卷评查], reason: 条文要求定期办理, by: 某某}"


class Waiver(NamedTuple):
    """One entry. ``about`` narrows it to one exception, act or word where the norms alone do not say which."""

    kind: str
    norms: frozenset[str]
    about: str
    reason: str
    by: str
    place: Place

    def fits(self, result: Result) -> bool:
        """Whether it is this answer that was reviewed."""
        return self.kind == result.kind and self.norms == frozenset(result.ids) and self.about in ("", result.about)


def read_waivers(path: str) -> tuple[Waiver, ...]:
    """The entries of a file; DataError with everything that is wrong with it."""
    try:
        node = compose(Path(path).read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise _refused([_wrong(path, None, f"打不开复核登记「{path}」：{unreadable.reason(error)}")]) from error
    except (NotYaml, ValueError) as error:
        line = error.line if isinstance(error, NotYaml) else None
        raise _refused([_wrong(path, line, f"复核登记「{path}」读不了：{error}")]) from error
    if node is None:
        return ()
    if not isinstance(node, yaml.SequenceNode):
        raise _refused([_wrong(path, 1, "复核登记须是列表，一项一条")])
    problems: list[Diagnostic] = []
    found = [_entry(path, one, problems) for one in node.value]
    if problems:
        raise _refused(problems)
    return tuple(one for one in found if one is not None)


def _entry(path: str, node: yaml.Node, problems: list[Diagnostic]) -> Waiver | None:
    line = node.start_mark.line + 1
    held = _mapping(node)
    if held is None:
        problems.append(_wrong(path, line, "复核登记的一项须写明各键"))
        return None
    unknown = [key for key in held if key not in _KEYS]
    missing = [key for key in ("kind", "reason", "by") if not held.get(key)]
    norms = held.get("norms", ())
    if isinstance(norms, str):
        problems.append(_wrong(path, line, "复核登记的 norms 须是列表"))
        return None
    for key in unknown:
        problems.append(_wrong(path, line, f"复核登记没有「{key}」这一项"))
    for key in missing:
        problems.append(_wrong(path, line, f"复核登记的一项没有写 {key}"))
    if not norms and not held.get("about"):
        problems.append(_wrong(path, line, "复核登记的一项没有写 norms，也没有写 about"))
    words = {key: value for key, value in held.items() if isinstance(value, str)}
    return Waiver(words.get("kind", ""), frozenset(norms), words.get("about", ""), words.get("reason", ""),
                  words.get("by", ""), Place(file=path, line=line))  # fmt: skip


def _mapping(node: yaml.Node) -> dict[str, str | tuple[str, ...]] | None:
    if not isinstance(node, yaml.MappingNode):
        return None
    found: dict[str, str | tuple[str, ...]] = {}
    for key, value in node.value:
        if isinstance(value, yaml.SequenceNode):
            found[str(key.value)] = tuple(str(one.value) for one in value.value)
        else:
            found[str(key.value)] = str(value.value)
    return found


def _wrong(path: str, line: int | None, message: str) -> Diagnostic:
    return Diagnostic(code="waiver", message=message, at=Place(file=path, line=line), help=f"写作 {_SHAPE}")


def _refused(problems: Sequence[Diagnostic]) -> DataError:
    return DataError(tuple(problems))


class Reviewed(NamedTuple):
    """The answers that nobody waived, those that somebody did, and the entries that met none."""

    left: tuple[Result, ...]
    waived: tuple[tuple[Result, Waiver], ...]
    unmatched: tuple[Waiver, ...]


def reviewed(results: Sequence[Result], waivers: Sequence[Waiver], kinds: Sequence[str]) -> Reviewed:
    """Answers against entries; entries of kinds that were not looked at are passed over."""
    pairs = [(one, next((w for w in waivers if w.fits(one)), None)) for one in results]
    used = {id(waiver) for _, waiver in pairs if waiver is not None}
    asked = [one for one in waivers if one.kind in kinds or not kinds]
    return Reviewed(
        tuple(one for one, waiver in pairs if waiver is None),
        tuple((one, waiver) for one, waiver in pairs if waiver is not None),
        tuple(one for one in asked if not any(one.fits(result) for result in results) and id(one) not in used),
    )


def complaints(unmatched: Sequence[Waiver]) -> Iterator[Diagnostic]:
    """An entry that meets nothing hides nothing now, but may hide something new tomorrow."""
    for one in unmatched:
        what = "、".join(sorted(one.norms)) or one.about
        message = f"复核登记的「{one.kind}」（{what}）没有对应的分析结果"
        yield Diagnostic(code="waiver-unmatched", message=message, at=one.place, help="核对之后删去这一项。")
