"""A norm's core to its points."""

from collections.abc import Iterator
from typing import Final

from checker.drafting.coverage.implied import always_true
from checker.drafting.coverage.places import Atom, Inner, Places
from checker.drafting.coverage.points import Kind, Point
from checker.drafting.coverage.reachable import reachable
from checker.drafting.coverage.values import outside_values, set_values
from checker.explain.clauses import clause_title
from checker.explain.phrases import pattern_phrase
from checker.explain.values import value_text
from checker.model import expressions as x
from checker.model import requirements as r
from checker.model.finding import VERDICT_NAMES
from checker.model.norm import Norm
from checker.model.vocabulary import Vocabulary

_STAGES: Final = ("applies", "anchor", "requirement", "window", "exception")
ORDERED: Final = ("lt", "le", "gt", "ge")


def points_of(norm: Norm, places: Places, vocabulary: Vocabulary, *, overridden: bool) -> tuple[Point, ...]:
    """Everything to be tried about one version of a norm, by kind."""
    return (
        Point(Kind.ANCHOR, "anchor", "没有用例触发本条"),
        *_conditions(norm, places),
        *_exceptions(norm, overridden=overridden),
        *_verdicts(norm, overridden=overridden),
        *_edges(norm.requirement),
        *_thresholds(places),
        *_caps(norm),
        *_alternatives(places),
        *_values(places, vocabulary),
    )


def atoms_of(places: Places) -> Iterator[tuple[Atom, Inner | None]]:
    """Every atom, with the pattern it stands in, in the order in which a norm is read."""
    found: list[tuple[Atom, Inner | None]] = [(atom, None) for top in places.tops for atom in top.atoms]
    found += [(atom, inner) for inner in places.inners for atom in inner.atoms]
    yield from sorted(found, key=lambda item: _stage(item[0].key))


def _stage(key: str) -> tuple[int, int]:
    head, _, rest = key.partition("-")
    return _STAGES.index(head), int(rest.partition("-")[0]) if head == "exception" else 0


def _conditions(norm: Norm, places: Places) -> Iterator[Point]:
    settled = always_true(norm, places)
    for atom, _ in atoms_of(places):
        for sign, word in (("+", "成立"), ("-", "不成立")):
            if sign == "+" or atom.key not in settled:
                yield Point(Kind.CONDITIONS, atom.key + sign, f"{atom.words}没有{word}的用例")
    if isinstance(norm.requirement, r.Contain):
        for part in norm.requirement.parts:
            yield Point(Kind.CONDITIONS, f"part-{part}+", f"没有用例的文书载明「{part}」")
            yield Point(Kind.CONDITIONS, f"part-{part}-", f"没有用例的文书缺少「{part}」")


def _exceptions(norm: Norm, *, overridden: bool) -> Iterator[Point]:
    for number, clause in enumerate(norm.exceptions, start=1):
        key, words = f"exception-{number}", f"例外{clause_title(clause)}"
        yield Point(Kind.EXCEPTIONS, f"{key}+", f"{words}没有成立的用例")
        yield Point(Kind.EXCEPTIONS, f"{key}-", f"{words}没有不成立的用例")
        if isinstance(clause, r.Defeat) and clause.afterwards:
            yield Point(Kind.EXCEPTIONS, f"{key}-afterwards", f"{words}没有事后才成立的用例")
    if overridden:
        yield Point(Kind.EXCEPTIONS, "prior+", "没有用例由优先的规范取代本条")
        yield Point(Kind.EXCEPTIONS, "prior-", "没有用例不由优先的规范取代本条")


def _verdicts(norm: Norm, *, overridden: bool) -> Iterator[Point]:
    for verdict in reachable(norm, overridden=overridden):
        yield Point(Kind.VERDICTS, verdict.value, f"没有用例期望结论「{VERDICT_NAMES[verdict]}」")


def _edges(requirement: r.Requirement) -> Iterator[Point]:
    match requirement:
        case r.Occur(window=window) | r.Deem(window=window):
            if not isinstance(window, r.UntilClose):
                yield from _ends(deemed=isinstance(requirement, r.Deem))
            if isinstance(window, r.During | r.InPeriod):
                yield Point(Kind.EDGES, "first-on", "没有用例在期间首日履行")
                yield Point(Kind.EDGES, "first-before", "没有用例在期间首日的前一日先行办理")
        case r.Precede(lead=lead) if lead.kind != "order":
            yield Point(Kind.EDGES, "lead-on", "没有用例恰在最迟一日先行办理")
            yield Point(Kind.EDGES, "lead-after", "没有用例在最迟一日的次日才办理")
        case _:
            return


def _ends(*, deemed: bool) -> Iterator[Point]:
    still = "已视为发生" if deemed else "仍未履行"
    yield Point(Kind.EDGES, "act-on", "没有用例在期满当日履行")
    yield Point(Kind.EDGES, "act-after", "没有用例在期满次日履行")
    yield Point(Kind.EDGES, "as-of-on", "没有用例截至期满当日尚未履行")
    yield Point(Kind.EDGES, "as-of-after", f"没有用例截至期满次日{still}")


def _thresholds(places: Places) -> Iterator[Point]:
    for atom, _ in atoms_of(places):
        if isinstance(atom.condition, x.Compare) and atom.condition.op in ORDERED:
            yield Point(Kind.THRESHOLDS, atom.key, f"{atom.words}没有两边恰好相等的用例")


def _caps(norm: Norm) -> Iterator[Point]:
    for number, clause in enumerate(norm.exceptions, start=1):
        words = f"例外{clause_title(clause)}"
        for name, word in (("times", "次数"), ("total", "累计"), ("cap", "天数")):
            if getattr(clause, name, None) is not None:
                key = f"exception-{number}-{name}"
                yield Point(Kind.CAPS, f"{key}-hit", f"{words}没有用例恰好用满所限{word}")
                yield Point(Kind.CAPS, f"{key}-over", f"{words}没有用例超过所限{word}")


def _alternatives(places: Places) -> Iterator[Point]:
    """Patterns of a group, each act of each; and the acts of any other pattern that has several."""
    grouped = {inner.key for group in places.groups for inner in group}
    for group in places.groups:
        if sum(len(inner.pattern.acts) for inner in group) > 1:
            for inner in group:
                for act in inner.pattern.acts:
                    one = pattern_phrase(inner.pattern.model_copy(update={"acts": (act,)}))
                    yield Point(Kind.ALTERNATIVES, f"{inner.key}-{act}", f"没有用例以「{one}」满足要求")
    for inner in places.inners:
        if inner.key not in grouped and len(inner.pattern.acts) > 1:
            for act in inner.pattern.acts:
                yield Point(Kind.ALTERNATIVES, f"{inner.key}-{act}", f"{inner.place}没有用「{act}」的用例")


def _values(places: Places, vocabulary: Vocabulary) -> Iterator[Point]:
    for atom, inner in atoms_of(places):
        for value in set_values(atom.condition):
            yield Point(Kind.VALUES, f"{atom.key}-{value}", f"{atom.words}没有取「{value_text(value)}」的用例")
        for value in outside_values(atom.condition, inner, places, vocabulary):
            words = f"{atom.words}没有取集合之外的「{value_text(value)}」的用例"
            yield Point(Kind.VALUES, f"{atom.key}-{value}", words)
