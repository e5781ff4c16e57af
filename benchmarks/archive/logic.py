"""The six norms in engines that join the events themselves: CLIPS and answer set programming."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final

from benchmarks.archive.measuring import Watch, answer
from benchmarks.archive.questions import (
    DEADLINES,
    NEEDED,
    PARTS,
    PRECEDENCE,
    SCOPE,
    SOURCES,
    Event,
    cases,
    dues_of,
    needed,
    number_of,
    since,
)


def clips(path: str, dues: str, as_of: str) -> None:
    """clipspy: CLIPS joins the events itself; a case is asserted, run and reset."""
    import clips as engine

    table, day = dues_of(dues), number_of(date.fromisoformat(as_of))
    environment = engine.Environment()
    environment.define_function(lambda number: table[number], "rolled")
    environment.build("(deftemplate ev (slot pos) (slot day) (slot act) (slot actor) (slot value) (multislot parts))")
    environment.build("(deftemplate case (slot kind))")
    environment.build("(defglobal ?*n* = 0)")
    for number, (norm, opens, by, kinds, days, acts, doer) in enumerate(DEADLINES):
        who = f"(actor {by})" if by else ""
        does = f"(actor {doer})" if doer else ""
        of = f"(case (kind {'|'.join(kinds)}))" if kinds else ""
        environment.build(
            f"(defrule d{number} {of} (ev (act {opens}) {who} (pos ?p) (day ?d&:(>= ?d {since(norm)})))"
            f" (test (> {day} (rolled (+ ?d {days}))))"
            f" (not (ev (act {'|'.join(acts)}) {does} (pos ?q&:(> ?q ?p)) (day ?e&:(<= ?e (rolled (+ ?d {days}))))))"
            f" => (assert (violation d{number} ?p)))"
        )
    environment.build(
        f"(defrule precedence (ev (act 交办) (actor 政法委) (pos ?p) (day ?d&:(>= ?d {since(PRECEDENCE)})))"
        " (not (ev (act 审批) (value 同意) (pos ?q&:(< ?q ?p)))) => (assert (violation precedence ?p)))"
    )
    environment.build(
        f"(defrule scope (ev (act 交办) (actor 政法委) (pos ?p) (day ?d&:(>= ?d {since(SCOPE)}))"
        f" (value {'&'.join(f'~{name}' for name in SOURCES)})) => (assert (violation scope ?p)))"
    )
    held = " ".join(f"(member$ {part} ?parts)" for part in NEEDED)
    environment.build(
        f"(defrule parts (ev (act 提请协调) (pos ?p) (day ?d&:(>= ?d {since(PARTS)})) (parts $?parts))"
        f" (test (not (and {held}))) => (assert (violation parts ?p)))"
    )
    name = {f"d{n}": norm for n, (norm, *_) in enumerate(DEADLINES)}
    name |= {"precedence": PRECEDENCE, "scope": SCOPE, "parts": PARTS}
    event, case = environment.find_template("ev"), environment.find_template("case")
    symbol = engine.Symbol
    acts_needed = needed()
    found = Counter[str]()
    with Watch() as watch:
        read = list(cases(path))
        with Watch() as checking:
            for kind, events in read:
                case.assert_fact(kind=symbol(kind))
                for place, (when, act, actor, attributes) in enumerate(events):
                    if act in acts_needed:
                        value = attributes["结论"] if act == "审批" else attributes["来源"]
                        event.assert_fact(
                            pos=place,
                            day=when,
                            act=symbol(act),
                            actor=symbol(actor),
                            value=symbol(value or "nil"),
                            parts=[symbol(part) for part in attributes["document"] or ()],
                        )
                environment.run()
                found.update(name[str(fact[0])] for fact in environment.facts() if fact.template.name == "violation")
                environment.reset()
    answer(watch, cases=len(read), violations=dict(found), checking=checking.cpu)


def clingo(path: str, dues: str, as_of: str) -> None:
    """clingo: answer set programming, a thousand cases at a time."""
    import clingo as engine

    table, rules = dues_of(dues), "\n".join(_rules(number_of(date.fromisoformat(as_of))))
    found = Counter[str]()
    with Watch() as watch:
        read = list(cases(path))
        with Watch() as checking:
            for first in range(0, len(read), 1000):
                given = (
                    fact
                    for number, (kind, events) in enumerate(read[first : first + 1000])
                    for fact in _facts(number, kind, events, table)
                )
                control = engine.Control(["--warn=none"])
                control.add("base", [], "\n".join((rules, *given)))
                control.ground([("base", [])])
                with control.solve(yield_=True) as handle:
                    for model in handle:
                        found.update(symbol.arguments[0].string for symbol in model.symbols(shown=True))
    answer(watch, cases=len(read), violations=dict(found), checking=checking.cpu)


def _rules(day: int) -> Iterator[str]:
    yield f"as_of({day})."
    for number, (norm, opens, by, kinds, _, acts, doer) in enumerate(DEADLINES):
        yield from (f'about({number}, "{kind}").' for kind in kinds or ())
        of = f"kind(R, K), about({number}, K)" if kinds else "kind(R, _)"
        opened = f'ev(R, P, D, "{opens}", {_text(by)}), D >= {since(norm)}, due({number}, D, L)'
        yield f"open({number}, R, P, L) :- {of}, {opened}."
        for act in acts:
            done = f'ev(R, Q, E, "{act}", {_text(doer)}), Q > P, E <= L'
            yield f"done({number}, R, P) :- open({number}, R, P, L), {done}."
        late = f"open({number}, R, P, L), not done({number}, R, P), as_of(A), A > L"
        yield f'violation("{norm}", R, P) :- {late}.'
    yield f'given(R, P) :- ev(R, P, D, "交办", "政法委"), D >= {since(PRECEDENCE)}.'
    yield 'agreed(R, P) :- given(R, P), ev(R, Q, _, "审批", _), value(R, Q, "同意"), Q < P.'
    yield f'violation("{PRECEDENCE}", R, P) :- given(R, P), not agreed(R, P).'
    yield from (f'inside("{name}").' for name in SOURCES)
    yield f'violation("{SCOPE}", R, P) :- given(R, P), value(R, P, V), not inside(V).'
    yield from (f'part("{name}").' for name in NEEDED)
    yield f'asked(R, P) :- ev(R, P, D, "提请协调", _), D >= {since(PARTS)}.'
    yield f'violation("{PARTS}", R, P) :- asked(R, P), part(X), not has(R, P, X).'
    yield "#show violation/3."


def _text(name: str | None) -> str:
    return "_" if name is None else f'"{name}"'


_OPENING: Final = {opens: (number, days) for number, (_, opens, _, _, days, _, _) in enumerate(DEADLINES)}


def _facts(number: int, kind: str, events: list[Event], dues: Mapping[int, int]) -> Iterator[str]:
    yield f'kind({number}, "{kind}").'
    acts = needed()
    for place, (when, act, actor, attributes) in enumerate(events):
        if act in acts:
            yield f'ev({number}, {place}, {when}, "{act}", "{actor}").'
            if value := attributes["结论"] if act == "审批" else attributes["来源"]:
                yield f'value({number}, {place}, "{value}").'
            if act in _OPENING:
                which, days = _OPENING[act]
                yield f"due({which}, {when}, {dues[when + days]})."
            if act == "提请协调":
                yield from (f'has({number}, {place}, "{part}").' for part in attributes["document"] or ())
