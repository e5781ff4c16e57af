"""Ground facts to requests, answers to outcomes; nothing goes out or comes in unchecked."""

import json
from collections.abc import Iterator, Sequence
from operator import attrgetter
from typing import Any, NamedTuple

from checker.engines.facts import GroundFact, Outcome, Truth
from checker.engines.infer.compiling import Compiled, Entry
from checker.engines.infer.rules import KEEP, LARGEST
from checker.engines.infer.tables import CODES

SESSION = 32
"""Facts of one session; larger ones are slower, as the engine copies what it holds while it grows."""

REQUEST = 1024
"""Facts of one request: what one answer must bring within the time limit."""


class Unfit(Exception):
    """A ground fact, or an answer, that is not what was agreed. The text is a Chinese clause without a full stop."""


class Derivation(NamedTuple):
    """An outcome with the rules that fired for it, by name, and the norms its breach may give an anchor to."""

    outcome: Outcome
    rules: tuple[str, ...]
    opens: tuple[int, ...]


class Piece(NamedTuple):
    """Facts of one case that travel together."""

    case: int
    facts: tuple[GroundFact, ...]


def pieces(case: int, facts: Sequence[GroundFact]) -> Iterator[Piece]:
    """A case, cut where it is too large for one request."""
    for start in range(0, len(facts), REQUEST):
        yield Piece(case, tuple(facts[start : start + REQUEST]))


class Wire:
    """The requests and answers of one compiled rule set."""

    def __init__(self, compiled: Compiled) -> None:
        self._rulesets = compiled.rulesets
        self._lanes = tuple(_Lane(entry) for entry in compiled.entries)
        self._known: dict[tuple[int, ...], tuple[str | None, int, Truth, tuple[str, ...], tuple[int, ...]]] = {}

    def setup(self, module: str, limit: float) -> bytes:
        """The request that a process is started with."""
        rulesets = [
            {
                "definition": json.dumps({rule.name: rule.definition() for rule in rules}),
                "steps": [
                    [rule.name, rule.then, None if rule.verdict is None else int(rule.verdict)] for rule in rules
                ],
            }
            for rules in self._rulesets
        ]
        return _encode({"module": module, "limit": int(limit) + 5, "rulesets": rulesets})

    def encode(self, batch: Sequence[Piece]) -> bytes:
        """A request: sessions of one case and one ruleset each, rows counted through.

        :raises Unfit: a fact breaks the contract of :class:`checker.engines.facts.GroundFact`.
        """
        sessions: list[tuple[int, list[str]]] = []
        row = 0
        for piece in batch:
            texts: dict[int, list[str]] = {}
            for fact in piece.facts:
                lane = self._lane(fact)
                texts.setdefault(lane.ruleset, []).append(lane.text(fact, row))
                row += 1
            for ruleset, of_ruleset in texts.items():
                for start in range(0, len(of_ruleset), SESSION):
                    sessions.append((ruleset, of_ruleset[start : start + SESSION]))
        return _encode({"sessions": sessions})

    def decode(self, answer: dict[str, Any], batch: Sequence[Piece]) -> list[list[Derivation]]:
        """The derivations of each piece, in the order of its facts.

        :raises Unfit: not exactly one sound answer for each fact.
        """
        rows = answer.get("rows")
        count = sum(len(piece.facts) for piece in batch)
        if not isinstance(rows, list) or not all(isinstance(row, list) and len(row) > 4 for row in rows):
            raise Unfit("推理的回答不合约定")
        by_row = {row[0]: row[1:] for row in rows}
        if len(rows) != count or by_row.keys() != set(range(count)):
            raise Unfit(f"推理的回答有 {len(rows)} 条，应当各有一条，共 {count} 条")
        answers = (by_row[row] for row in range(count))
        return [[self._derivation(fact, next(answers)) for fact in piece.facts] for piece in batch]

    def _lane(self, fact: GroundFact) -> "_Lane":
        if not _is_below(fact.norm, len(self._lanes)) or not _is_below(fact.instance, LARGEST + 1):
            raise Unfit("交给推理的事实编号超出范围")
        return self._lanes[fact.norm]

    def _derivation(self, fact: GroundFact, answer: list[int]) -> Derivation:
        lane = self._lanes[fact.norm]
        key = (lane.ruleset, lane.exceptions, *answer)
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = self._read(lane, answer)
        verdict, by, deems, names, opens = known
        return Derivation(Outcome(fact.instance, verdict, by, deems), names, opens)

    def _read(
        self, lane: "_Lane", answer: list[int]
    ) -> tuple[str | None, int, Truth, tuple[str, ...], tuple[int, ...]]:
        rules = self._rulesets[lane.ruleset]
        verdict, by, deems, *fired = answer
        sizes = (len(CODES), lane.exceptions + 1, len(Truth), *(len(rules) for _ in fired))
        if not all(_is_below(value, size) for value, size in zip(answer, sizes, strict=True)):
            raise Unfit("推理的回答超出范围")
        chain = [rules[place] for place in fired]
        given = [rule.verdict for rule in chain if rule.verdict is not None]
        if len(given) != 1 or given[0] not in (KEEP, verdict):
            raise Unfit("推理的回答与所用的规则不符")
        code = CODES[verdict]
        names = tuple(rule.name for rule in chain)
        opens = tuple(position for rule in chain for position in rule.opens)
        return None if code is None else code.value, by - 1, Truth(deems), names, opens


class _Lane:
    """How facts of one norm are written. Only values listed beforehand can be: anything else is not found."""

    def __init__(self, entry: Entry) -> None:
        self.ruleset = entry.ruleset
        self.exceptions = entry.exceptions
        self._form = entry.form
        self._start = entry.start
        self._texts = entry.inputs.texts
        self._inputs = attrgetter(*entry.inputs.fields)

    def text(self, fact: GroundFact, row: int) -> str:
        """The properties of the fact as the engine reads them."""
        if fact.form != self._form or len(fact.defeats) != self.exceptions:
            raise Unfit(f"交给推理的第 {fact.norm + 1} 条规范的事实，形式或者「不适用」的数目不符")
        text = self._texts.get(self._inputs(fact))
        if text is None or not all(_is_below(value, len(Truth)) for value in fact.defeats):
            raise Unfit(f"交给推理的第 {fact.norm + 1} 条规范的事实超出范围")
        exceptions = "".join([f',"x{n}":{value:d}' for n, value in enumerate(fact.defeats)])
        return f'{self._start},"i":{row},{text}{exceptions}'


def _is_below(value: object, size: int) -> bool:
    return isinstance(value, int) and 0 <= value < size


def _encode(request: dict[str, Any]) -> bytes:
    return json.dumps(request, separators=(",", ":")).encode()
