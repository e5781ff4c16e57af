"""The worker with something wrong: ``python odd_worker.py FAULT``. The faults strike where a fact of norm 3 is."""

import importlib.util
import json
import os
import signal
import sys
import time
from pathlib import Path

WORKER = Path(__file__).parents[3] / "src" / "checker" / "engines" / "infer" / "worker.py"
MARK = '"n":3,'


def load():
    spec = importlib.util.spec_from_file_location("worker", WORKER)
    module = importlib.util.module_from_spec(spec)
    sys.modules["worker"] = module
    spec.loader.exec_module(module)
    return module


class Engine:
    """The real engine, watched: one session lives at a time, opened and drained before its facts, deleted after."""

    def __init__(self, real, fault):
        self._real = real
        self._fault = fault
        self._live = None
        self._is_drained = True

    def create_ruleset(self, name, definition):
        return self._real.create_ruleset(name, definition)

    def assert_fact(self, handle, text):
        fact = json.loads(text)
        assert all(type(value) is int and 0 <= value < 2**31 for value in fact.values()), text
        session = (handle, fact["sid"])
        if fact["k"] == 0:
            assert self._live is None, "two sessions"
            self._live, self._is_drained = session, False
        else:
            assert self._live == session, "another session"
            assert self._is_drained, "the first fact was not drained"
        if MARK in text:
            self.strike()
        return self._real.assert_fact(handle, text)

    def strike(self):
        if self._fault == "crash":
            os.kill(os.getpid(), signal.SIGSEGV)
        if self._fault == "hang":
            while True:
                time.sleep(1)
        if self._fault == "error":
            raise ValueError("坏")

    def start_action_for_state(self, handle, state):
        return self._real.start_action_for_state(handle, state)

    def complete_and_start_action(self, handle, state):
        following = self._real.complete_and_start_action(handle, state)
        self._is_drained = self._is_drained or following is None
        return following

    def delete_state(self, handle, session):
        assert self._live == (handle, int(session))
        self._live = None
        return self._real.delete_state(handle, session)


def spoil(fault, rows):
    if fault == "short":
        rows.pop()
    if fault == "twice":
        rows.append(rows[-1])
    if fault == "other":
        rows[-1][0] += 1000
    if fault == "wild":
        rows[-1][1] = 99
    if fault == "lie":
        rows[-1][1] = (rows[-1][1] + 1) % 9
    if fault == "words":
        rows[-1][1] = "met"
    if fault == "shape":
        rows[-1] = {}


def main(fault):
    worker = load()
    load_engine = worker.load_engine
    worker.load_engine = lambda path: Engine(load_engine(path), fault)

    class Server(worker.Server):
        def answer(self, request):
            if fault == "unready":
                return {}
            answer = super().answer(request)
            if MARK in json.dumps(request.get("sessions", "")).replace("\\", ""):
                if fault == "exit":
                    os._exit(3)
                if fault == "garbage":
                    answer = []
                else:
                    spoil(fault, answer["rows"])
            return answer

    worker.Server = Server
    if fault == "stillborn":
        sys.exit(7)
    worker.main()


if __name__ == "__main__":
    main(sys.argv[1])
