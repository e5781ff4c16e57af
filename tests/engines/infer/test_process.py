"""Nothing that happens to the engine's process becomes a verdict."""

import gc
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from checker.engines.facts import EngineFailure, Form, Truth
from checker.engines.infer import DurableInference
from checker.engines.infer.availability import module_file
from checker.engines.infer.compiling import compile_rules
from checker.engines.infer.durable import COMMAND
from checker.engines.infer.wire import Piece, Wire
from checker.model.diagnostic import EngineFault
from engines.infer import lookup
from engines.infer.sample_rules import OVERDUE, fact, norm, rule_set

RULES = rule_set(*(norm(f"规{n}", exceptions=n % 3) for n in range(6)))
ODD = Path(__file__).with_name("odd_worker.py")


def odd(fault, **settings):
    return DurableInference(RULES, command=(sys.executable, str(ODD), fault), **settings)


def case(number, *positions):
    values = {0: (), 1: (Truth.NO,), 2: (Truth.NO, Truth.NO)}
    return [(number, fact(p, n, defeats=values[p % 3], **OVERDUE)) for n, p in enumerate(positions)]


def split(found):
    failures = {number: one for number, one in found if isinstance(one, EngineFailure)}
    outcomes = [(number, one) for number, one in found if not isinstance(one, EngineFailure)]
    return outcomes, failures


def process_of(inference):
    return inference._worker._process


FAULTS = {
    "crash": "推理进程崩溃（SIGSEGV），没有得出结论。",
    "error": "推理出错（ValueError: 坏），没有得出结论。",
    "exit": "推理进程退出（退出码 3），没有得出结论。",
    "garbage": "推理出错（回答不是对象），没有得出结论。",
    "short": "推理的回答有 1 条，应当各有一条，共 2 条，没有得出结论。",
    "twice": "推理的回答有 3 条，应当各有一条，共 2 条，没有得出结论。",
    "other": "推理的回答有 2 条，应当各有一条，共 2 条，没有得出结论。",
    "wild": "推理的回答超出范围，没有得出结论。",
    "words": "推理的回答超出范围，没有得出结论。",
    "shape": "推理的回答不合约定，没有得出结论。",
    "hang": "推理超过 2 秒没有结果，没有得出结论。",
}


@pytest.mark.parametrize("fault", FAULTS)
def test_the_case_that_breaks_it_fails_and_the_others_go_on(fault):
    facts = [*case(1, 0, 1), *case(2, 1, 3), *case(3, 2, 4, 5), *case(4, 0)]
    limit = 2 if fault == "hang" else 20
    with odd(fault, limit=limit) as infer:
        outcomes, failures = split(infer(facts))
    assert failures == {2: EngineFailure(2, FAULTS[fault])}
    assert sorted(outcomes) == sorted((n, lookup.outcome(one)) for n, one in facts if n != 2)


def test_a_verdict_that_its_rule_does_not_give_is_refused():
    exempt = (2, fact(3, 0, prior=Truth.YES, **OVERDUE))
    with odd("lie") as infer:
        assert infer([exempt]) == [(2, EngineFailure(2, "推理的回答与所用的规则不符，没有得出结论。"))]


@pytest.mark.parametrize(
    ("fault", "reason"), [("stillborn", "推理进程退出（退出码 7）"), ("unready", "推理进程没有就绪")]
)
def test_a_process_that_never_gets_ready_fails_every_case(fault, reason):
    with odd(fault) as infer:
        outcomes, failures = split(infer([*case(1, 0), *case(2, 1)]))
    assert outcomes == []
    assert {one.message for one in failures.values()} == {f"{reason}，没有得出结论。"}


def test_a_command_that_does_not_exist_fails_every_case():
    with DurableInference(RULES, command=("./没有这个程序",)) as infer:
        ((_, failure),) = infer(case(1, 0))
    assert failure == EngineFailure(1, "推理进程不能启动（没有这个文件或文件夹），没有得出结论。")


def test_restarts_are_bounded_and_afterwards_nothing_is_decided():
    facts = [one for number in range(8) for one in case(number, 3)]
    with odd("crash", restarts=3) as infer:
        outcomes, failures = split(infer(facts))
        assert infer._worker.starts == 4
        later = infer(case(9, 0))
    assert outcomes == []
    assert set(failures) == set(range(8))
    assert failures[7].message == "推理进程已经重新启动 3 次，不再启动，没有得出结论。"
    assert isinstance(later[0][1], EngineFailure)


def test_a_process_that_dies_between_requests_is_replaced():
    with DurableInference(RULES) as infer:
        before = infer(case(1, 0, 1))
        os.kill(process_of(infer).pid, signal.SIGKILL)
        process_of(infer).wait()
        assert infer(case(1, 0, 1)) == before
        assert infer._worker.starts == 2


def test_a_large_case_that_fails_once_fails_as_a_whole():
    large = [(1, fact(3, n) if n == 2500 else fact(0, n)) for n in range(3000)]
    with odd("crash") as infer:
        outcomes, failures = split(infer([*large, *case(2, 0)]))
    assert set(failures) == {1}
    assert [number for number, _ in outcomes] == [2]


def test_sessions_are_never_interleaved_and_facts_are_small_integers():
    facts = [(n % 7, fact(p, n, defeats=(Truth.NO,) * (p % 3), **OVERDUE)) for n, p in enumerate([0, 1, 2, 4, 5] * 400)]
    with odd("none") as infer:
        outcomes, failures = split(infer(facts))
    assert failures == {}
    assert sorted(outcomes) == sorted((n, lookup.outcome(one)) for n, one in facts)


def test_threads_wait_for_each_other():
    results = {}
    with DurableInference(RULES) as infer:

        def ask(number):
            results[number] = [infer(case(number, 0, 1, 2)) for _ in range(20)]

        threads = [threading.Thread(target=ask, args=(number,)) for number in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    for number in range(4):
        expected = sorted((n, lookup.outcome(one)) for n, one in case(number, 0, 1, 2))
        assert all(sorted(result) == expected for result in results[number])


def test_closing_leaves_no_process():
    infer = DurableInference(RULES)
    infer(case(1, 0))
    process = process_of(infer)
    infer.close()
    infer.close()
    assert process.returncode == 0
    with pytest.raises(EngineFault, match="已经关闭"):
        infer(case(1, 0))


def test_a_forgotten_one_is_killed_and_waited_for():
    infer = DurableInference(RULES)
    infer(case(1, 0))
    process = process_of(infer)
    del infer
    gc.collect()
    assert process.returncode == -signal.SIGKILL


def test_never_used_starts_nothing():
    with DurableInference(RULES) as infer:
        assert not infer._worker.is_running
        assert infer._worker.starts == 0


def test_an_interrupt_while_waiting_ends_the_process():
    with odd("hang") as infer:
        assert infer(case(1, 0)) == [(1, lookup.outcome(case(1, 0)[0][1]))]
        process = process_of(infer)
        timer = threading.Timer(0.3, os.kill, (os.getpid(), signal.SIGINT))
        timer.start()
        with pytest.raises(KeyboardInterrupt):
            infer(case(1, 3))
        timer.join()
        assert process.returncode == -signal.SIGKILL
        assert infer(case(1, 0)) == [(1, lookup.outcome(case(1, 0)[0][1]))]


def test_the_process_does_not_hear_the_interrupt_of_the_terminal():
    with DurableInference(RULES) as infer:
        infer(case(1, 0))
        process = process_of(infer)
        assert os.getpgid(process.pid) != os.getpgid(0)
        os.kill(process.pid, signal.SIGINT)
        infer(case(1, 0))
        assert process_of(infer) is process


SCRIPT = """
import os, sys
sys.path[:0] = {paths!r}
from engines.infer.test_process import RULES, case
from checker.engines.infer import DurableInference
for descriptor in {closed!r}:
    os.close(descriptor)
infer = DurableInference(RULES)
found = infer(case(1, 0))
{end}
assert found[0][1].verdict == "overdue"
"""


@pytest.mark.parametrize("closed", [(), (0,), (0, 1), (0, 1, 2)])
@pytest.mark.parametrize("end", ["infer.close()", ""])
def test_works_without_standard_streams_and_ends_with_the_program(closed, end):
    paths = [str(Path(__file__).parents[2]), str(Path(__file__).parents[3] / "src")]
    text = SCRIPT.format(paths=paths, closed=closed, end=end)
    command = [sys.executable, "-X", "dev", "-W", "error", "-c", text]
    done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")


def test_the_process_ends_when_its_asker_is_killed():
    with subprocess.Popen(COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        time.sleep(0.1)
        process.stdin.close()
        assert process.wait(10) == 0


def framed(*requests):
    return b"".join(len(request).to_bytes(4, "little") + request for request in requests)


def test_a_hanging_process_without_asker_ends_itself():
    wire = Wire(compile_rules(RULES))
    command = (sys.executable, str(ODD), "hang")
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        process.stdin.write(framed(wire.setup(module_file(), -4), wire.encode([Piece(1, (fact(3),))])))
        process.stdin.close()
        assert process.wait(20) == -signal.SIGALRM


def test_an_idle_process_waits_longer_than_the_limit():
    wire = Wire(compile_rules(RULES))
    ask = wire.encode([Piece(1, (fact(0),))])
    with subprocess.Popen(COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        process.stdin.write(framed(wire.setup(module_file(), -4), ask))
        process.stdin.flush()
        for _ in range(2):
            assert process.stdout.read(int.from_bytes(process.stdout.read(4), "little"))
        time.sleep(1.5)
        process.stdin.write(framed(ask))
        process.stdin.close()
        assert process.stdout.read(int.from_bytes(process.stdout.read(4), "little")).startswith(b'{"rows":[[0,')
        assert process.wait(10) == 0


def test_memory_stays_flat():
    rules = rule_set(*(norm(f"规{n}", Form(n % 4), n % 3) for n in range(10)))
    facts = [
        (number, fact(p, p, Form(p % 4), defeats=(Truth.NO,) * (p % 3), **OVERDUE))
        for number in range(600)
        for p in range(10)
    ]
    with DurableInference(rules) as infer:
        infer(facts)
        before = _resident(process_of(infer).pid)
        for _ in range(3):
            infer(facts)
        assert _resident(process_of(infer).pid) - before < 2_000_000


def _resident(process):
    return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * os.sysconf("SC_PAGESIZE")
