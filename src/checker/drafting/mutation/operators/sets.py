"""A value more or less in a list: of values, organs, acts, parts of a document."""

from collections.abc import Iterator

from checker.drafting.mutation.domains import choices_of
from checker.drafting.mutation.mutant import Change, Others, alone, at, left_out, said_more
from checker.drafting.mutation.places import Path, exchanged, spots, spots_of
from checker.explain.phrases import expression_phrase
from checker.explain.values import value_text
from checker.model.expressions import Compare, LiteralValue, Member, OrganActor, Pattern
from checker.model.norm import Norm, OnEvent
from checker.model.requirements import Contain


def changes(norm: Norm, others: Others) -> Iterator[Change]:
    """Each value taken out where others are left; one value put in, the first that is missing."""
    for path, node in spots(norm):
        match node:
            case Member():
                yield from _fewer(norm, others, (*path, "values"), node.values)
                yield from _more(norm, others, path, node)
            case Compare(op="eq", right=LiteralValue()):
                yield from _second(norm, others, path, node)
            case OrganActor():
                yield from _fewer(norm, others, (*path, "names"), node.names)
            case Pattern():
                yield from _fewer(norm, others, (*path, "acts"), node.acts)
            case Contain():
                yield from _fewer(norm, others, (*path, "parts"), node.parts)
    yield from _more_parts(norm, others)


def _fewer(norm: Norm, others: Others, path: Path, values: tuple[object, ...]) -> Iterator[Change]:
    for n, value in enumerate(values) if len(values) > 1 else ():
        told = at(norm, path, left_out(value_text(value)))  # type: ignore[arg-type]
        yield alone(others, exchanged(norm, path, values[:n] + values[n + 1 :]), told)


def _more(norm: Norm, others: Others, path: Path, node: Member) -> Iterator[Change]:
    missing = [one for one in choices_of(norm, node.item, others.rules) if one not in node.values]
    for value in missing[:1]:
        told = at(norm, path, f"{expression_phrase(node.item)} 的范围{said_more(value)}")
        yield alone(others, exchanged(norm, (*path, "values"), (*node.values, value)), told)


def _second(norm: Norm, others: Others, path: Path, node: Compare) -> Iterator[Change]:
    held = node.right.value if isinstance(node.right, LiteralValue) else None
    missing = [one for one in choices_of(norm, node.left, others.rules) if one != held]
    for value in missing[:1] if isinstance(held, str) else ():
        told = at(norm, path, f"{expression_phrase(node.left)} 的范围{said_more(value)}")
        yield alone(others, exchanged(norm, path, Member(item=node.left, values=(str(held), value))), told)


def _more_parts(norm: Norm, others: Others) -> Iterator[Change]:
    acts = norm.anchor.pattern.acts if isinstance(norm.anchor, OnEvent) else ()
    declared = [others.rules.vocabulary.acts[act].parts for act in acts if act in others.rules.vocabulary.acts]
    for path, node in spots_of(norm, Contain):
        missing = [part for parts in declared for part in parts if part not in node.parts]
        for part in missing[:1]:
            told = at(norm, path, f"应当载明的内容{said_more(part)}")
            yield alone(others, exchanged(norm, (*path, "parts"), (*node.parts, part)), told)
