"""The process in which the engine lives: reads requests on its standard input, answers on its standard output.

It is run by its path and imports nothing of the package, so that it starts at once and a crash of the engine stays in
it. Every message is a length of four bytes, little-endian, and JSON. Requests:

- ``{"module": path, "limit": seconds, "rulesets": [ruleset, …]}`` is answered with ``{"ready": true}``; a ruleset is
  ``{"definition": text, "steps": [[name, template, verdict], …]}``;
- ``{"sessions": [[ruleset, [fact, …]], …]}`` is answered with
  ``{"rows": [[row, verdict, exception, deems, rule, …], …]}``.

A fact is the text of its properties without ``id`` and ``sid``. A trailing ``rule`` is the place of a rule that fired.
Whatever goes wrong is answered with ``{"error": text}``; the asker must then start another process.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from importlib.machinery import ExtensionFileLoader, ModuleSpec
from typing import IO, Any, Protocol

BEGIN = "~begin"
SESSIONS = 1000
"""Session ids count below this and then start again: only one session lives at a time."""

MOST_FIRINGS = 8
"""For each fact asserted from outside; the chain is shorter, so more means that the engine goes in circles."""


_read = json.JSONDecoder().scan_once  # type: ignore[attr-defined]  # not in its stub
"""The scanner itself: a firing is the engine's own text, without space around it."""


class Engine(Protocol):
    """The five functions of ``durable_rules_engine`` that are used; the others are not trusted."""

    def create_ruleset(self, name: str, definition: str) -> int:
        """Compile; a handle."""

    def assert_fact(self, handle: int, fact: str) -> tuple[int, int]:
        """0 if some rule matched, and where the session's state is."""

    def start_action_for_state(self, handle: int, state: int) -> tuple[str, str] | None:
        """The session's own fact and the first firing."""

    def complete_and_start_action(self, handle: int, state: int) -> str | None:
        """The next firing."""

    def delete_state(self, handle: int, session: str) -> None:
        """Forget the session."""


class Ruleset:
    """A compiled ruleset and what each of its rules derives."""

    def __init__(self, engine: Engine, number: int, definition: str, steps: list[list[Any]]) -> None:
        self._engine = engine
        self._handle = engine.create_ruleset(f"r{number}", definition)
        self._steps = {name: (place, then, verdict) for place, (name, then, verdict) in enumerate(steps)}

    def run(self, session: int, facts: list[str]) -> list[list[int]]:
        """Open a session, assert the facts, draw every conclusion, delete the session."""
        handle = self._handle
        state = self._assert(session, 0, '"k":0')
        started = self._engine.start_action_for_state(handle, state)
        firing = started and started[1]
        if not firing or BEGIN not in firing or self._engine.complete_and_start_action(handle, state) is not None:
            raise RuntimeError("the session did not begin with its first fact alone")
        for number, fact in enumerate(facts, 1):
            self._assert(session, number, fact)
        rows = self._drain(session, state, len(facts))
        self._engine.delete_state(handle, str(session))
        return rows

    def _drain(self, session: int, state: int, asserted: int) -> list[list[int]]:
        settled: dict[int, list[int]] = {}
        fired: dict[int, list[int]] = {}
        last = asserted
        started = self._engine.start_action_for_state(self._handle, state)
        firing = started and started[1]
        for _ in range(MOST_FIRINGS * asserted):
            if firing is None:
                return [[row, *answer, *fired[row]] for row, answer in settled.items()]
            ((name, used),) = _read(firing, 0)[0].items()
            fact = used["m"]
            place, then, verdict = self._steps[name]
            row = fact["i"]
            fired.setdefault(row, []).append(place)
            if verdict is not None:
                if row in settled:
                    raise RuntimeError(f"two verdicts for row {row}")
                settled[row] = [fact["v"] if verdict < 0 else verdict, fact["b"], fact["e"]]
            if then:
                last += 1
                self._assert(session, last, then % fact)
            firing = self._engine.complete_and_start_action(self._handle, state)
        raise RuntimeError("the rules fire without end")

    def _assert(self, session: int, number: int, fact: str) -> int:
        code, state = self._engine.assert_fact(self._handle, f'{{"id":{number},"sid":{session},{fact}}}')
        if code:
            raise RuntimeError(f"code {code} for fact {fact}")
        return state


class Server:
    """Answers requests one after the other."""

    def __init__(self) -> None:
        self._rulesets: list[Ruleset] = []
        self.limit = 0
        self._session = 0

    def answer(self, request: dict[str, Any]) -> dict[str, Any]:
        """One request, one answer."""
        if "rulesets" in request:
            self.limit = request["limit"]
            engine = load_engine(request["module"])
            self._rulesets = [
                Ruleset(engine, number, ruleset["definition"], ruleset["steps"])
                for number, ruleset in enumerate(request["rulesets"])
            ]
            return {"ready": True}
        return {"rows": [row for number, facts in request["sessions"] for row in self._run(number, facts)]}

    def _run(self, number: int, facts: list[str]) -> list[list[int]]:
        self._session = self._session % SESSIONS + 1
        return self._rulesets[number].run(self._session, facts)


def load_engine(path: str) -> Engine:
    """The C module from its file, so that no search path is needed."""
    loader = ExtensionFileLoader("durable_rules_engine", path)
    module: Any = loader.create_module(ModuleSpec("durable_rules_engine", loader, origin=path))
    loader.exec_module(module)
    return module  # type: ignore[no-any-return]  # a C module without stubs


def serve(requests: IO[bytes], answers: IO[bytes]) -> None:
    """Until the asker closes its end."""
    server = Server()
    while (size := requests.read(4)) and len(size) == 4:
        request = requests.read(int.from_bytes(size, "little"))
        signal.alarm(server.limit)  # ends a process whose asker is gone while the engine hangs
        try:
            answer = server.answer(json.loads(request))
        except Exception as error:  # the asker must hear of it, whatever it is
            answer = {"error": f"{type(error).__name__}: {error}"}
        signal.alarm(0)
        data = json.dumps(answer, separators=(",", ":")).encode()
        answers.write(len(data).to_bytes(4, "little") + data)
        answers.flush()


def main() -> None:
    """Take the pipes out of reach of anything the C module might read or print."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with os.fdopen(os.dup(0), "rb") as requests, os.fdopen(os.dup(1), "wb") as answers:
        nothing = os.open(os.devnull, os.O_RDWR)
        os.dup2(nothing, 0)
        os.dup2(nothing, 1)
        os.close(nothing)
        try:
            serve(requests, answers)
        except (BrokenPipeError, KeyboardInterrupt):
            sys.exit(0)


if __name__ == "__main__":
    main()
