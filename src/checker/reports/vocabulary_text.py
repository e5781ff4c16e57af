"""The declared words as text, and as JSON."""

import json
from collections.abc import Iterator

from checker.explain.vocabulary import ActWord, AttributeWord, Words
from checker.reports.layout import wrap


def vocabulary_lines(words: Words) -> Iterator[str]:
    """Organs, persons, kinds of case, attributes of the case, acts."""
    organs = [f"{organ.name}（{organ.kind}）" if organ.kind else organ.name for organ in words.organs]
    for title, names in (("机关", organs), ("人员", words.persons), ("案件类型", words.kinds)):
        if names:
            yield title
            yield from wrap("、".join(names), "  ", "  ")
            yield ""
    if words.case_attributes:
        yield "案件的属性"
        for attribute in words.case_attributes:
            yield from wrap(_attribute(attribute), "  ", "    ")
        yield ""
    yield "行为"
    for act in words.acts:
        yield from _act(act)


def _act(act: ActWord) -> Iterator[str]:
    yield from wrap(act.name, "  ", "  ")
    for attribute in act.attributes:
        yield from wrap(_attribute(attribute), "    ", "      ")
    if act.parts:
        yield from wrap(f"文书：{'、'.join(act.parts)}", "    ", "      ")
    yield from wrap(f"用于 {'、'.join(act.norms)}" if act.norms else "没有规范用到", "    → ", "      ")


def _attribute(attribute: AttributeWord) -> str:
    choices = f" {{{'、'.join(attribute.choices)}}}" if attribute.choices else ""
    return f"{attribute.name}：{attribute.type}{choices}"


def vocabulary_json(words: Words) -> str:
    """One JSON object: organs, persons, kinds, case_attributes, acts."""
    return json.dumps(_plain(words), ensure_ascii=False, indent=2)


def _plain(value: object) -> object:
    if isinstance(value, tuple) and hasattr(value, "_fields"):
        return {name: _plain(getattr(value, name)) for name in _names(value)}
    return [_plain(item) for item in value] if isinstance(value, tuple) else value


def _names(value: object) -> tuple[str, ...]:
    assert isinstance(value, tuple)
    fields: tuple[str, ...] = getattr(value, "_fields", ())
    return fields
