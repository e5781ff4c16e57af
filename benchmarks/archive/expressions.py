"""The six norms in engines that compare values in one record: which events belong together is found by hand."""

from collections import Counter
from collections.abc import Callable
from datetime import date
from typing import Any, Final

from benchmarks.archive.measuring import Watch, answer
from benchmarks.archive.questions import (
    DEADLINES,
    NEEDED,
    PARTS,
    PRECEDENCE,
    SCOPE,
    SOURCES,
    cases,
    dues_of,
    number_of,
    questions,
)

Ask = Callable[[str, dict[str, Any]], bool]


def _by_questions(ask: Ask, path: str, dues: str, as_of: str) -> None:
    table, day = dues_of(dues), number_of(date.fromisoformat(as_of))
    found = Counter[str]()
    with Watch() as watch:
        read = list(cases(path))
        with Watch() as checking:
            for kind, events in read:
                for norm, facts in questions(kind, events, table, day):
                    found[norm] += ask(norm, facts)
    answer(watch, cases=len(read), violations=dict(found), checking=checking.cpu)


def plain_python(path: str, dues: str, as_of: str) -> None:
    """The same questions without any engine: what the preparation by hand costs alone."""

    def ask(norm: str, facts: dict[str, Any]) -> bool:
        if norm == PRECEDENCE:
            return bool(facts["agreed"] == 0)
        if norm == SCOPE:
            return facts["source"] not in SOURCES
        if norm == PARTS:
            return not set(NEEDED).issubset(facts["parts"])
        done = facts["done"]
        return bool(facts["as_of"] > facts["due"] if done is None else done > facts["due"])

    _by_questions(ask, path, dues, as_of)


_LATE: Final = "(done == null and as_of > due) or (done != null and done > due)"


def rule_engine(path: str, dues: str, as_of: str) -> None:
    """rule-engine: an expression language over one object."""
    import rule_engine as engine

    sources = ", ".join(f'"{name}"' for name in SOURCES)
    rules = {norm: engine.Rule(_LATE) for norm, *_ in DEADLINES} | {
        PRECEDENCE: engine.Rule("agreed == 0"),
        SCOPE: engine.Rule(f"not (source in [{sources}])"),
        PARTS: engine.Rule(" or ".join(f'not ("{part}" in parts)' for part in NEEDED)),
    }
    _by_questions(lambda norm, facts: bool(rules[norm].matches(facts)), path, dues, as_of)


def zen_engine(path: str, dues: str, as_of: str) -> None:
    """zen-engine: compiled expressions of a business rules engine."""
    import zen

    sources = ", ".join(f'"{name}"' for name in SOURCES)
    rules = {norm: zen.compile_expression(_LATE) for norm, *_ in DEADLINES} | {
        PRECEDENCE: zen.compile_expression("agreed == 0"),
        SCOPE: zen.compile_expression(f"not (source in [{sources}])"),
        PARTS: zen.compile_expression(" or ".join(f'not ("{part}" in parts)' for part in NEEDED)),
    }
    _by_questions(lambda norm, facts: bool(rules[norm].evaluate(facts)), path, dues, as_of)


def json_logic(path: str, dues: str, as_of: str) -> None:
    """json-logic-qubit: rules as JSON."""
    from json_logic import jsonLogic

    done, due = {"var": "done"}, {"var": "due"}
    late = {"if": [{"==": [done, None]}, {">": [{"var": "as_of"}, due]}, {">": [done, due]}]}
    rules: dict[str, Any] = {norm: late for norm, *_ in DEADLINES}
    rules[PRECEDENCE] = {"==": [{"var": "agreed"}, 0]}
    rules[SCOPE] = {"!": {"in": [{"var": "source"}, list(SOURCES)]}}
    rules[PARTS] = {"or": [{"!": {"in": [part, {"var": "parts"}]}} for part in NEEDED]}
    _by_questions(lambda norm, facts: bool(jsonLogic(rules[norm], facts)), path, dues, as_of)


def business_rules(path: str, dues: str, as_of: str) -> None:
    """business-rules: conditions as data over a class of variables."""
    from business_rules import run_all
    from business_rules.actions import BaseActions, rule_action
    from business_rules.variables import (
        BaseVariables,
        boolean_rule_variable,
        numeric_rule_variable,
        select_multiple_rule_variable,
        string_rule_variable,
    )

    class Facts(BaseVariables):  # type: ignore[misc]
        def __init__(self, facts: dict[str, Any]) -> None:
            self.facts = facts

        @boolean_rule_variable()  # type: ignore[untyped-decorator]
        def late(self) -> bool:  # two variables cannot be compared: the library compares a variable with a constant
            done = self.facts["done"]
            return bool((self.facts["as_of"] if done is None else done) > self.facts["due"])

        @numeric_rule_variable()  # type: ignore[untyped-decorator]
        def agreed(self) -> int:
            return int(self.facts["agreed"])

        @string_rule_variable()  # type: ignore[untyped-decorator]
        def source(self) -> str:
            return str(self.facts["source"])

        @select_multiple_rule_variable()  # type: ignore[untyped-decorator]
        def parts(self) -> list[str]:
            return list(self.facts["parts"])

    class Say(BaseActions):  # type: ignore[misc]
        @rule_action()  # type: ignore[untyped-decorator]
        def violated(self) -> None:
            """Nothing to do: that it is called is what is asked."""

    def rule(name: str, operator: str, value: object) -> dict[str, object]:
        return {"name": name, "operator": operator, "value": value}

    def rules(conditions: dict[str, object]) -> list[dict[str, object]]:
        return [{"conditions": conditions, "actions": [{"name": "violated", "params": {}}]}]

    known = {norm: rules({"all": [rule("late", "is_true", True)]}) for norm, *_ in DEADLINES} | {
        PRECEDENCE: rules({"all": [rule("agreed", "equal_to", 0)]}),
        # there is no "not equal": the sources outside the scope are named instead
        SCOPE: rules({"any": [rule("source", "equal_to", name) for name in ("上级交办", "群众反映强烈")]}),
        PARTS: rules({"all": [rule("parts", "contains_all", list(NEEDED))]}),
    }

    def ask(norm: str, facts: dict[str, Any]) -> bool:
        held = bool(run_all(known[norm], Facts(facts), Say(), stop_on_first_trigger=True))
        return held != (norm == PARTS)  # nor is there a "not" of "contains all"

    _by_questions(ask, path, dues, as_of)
