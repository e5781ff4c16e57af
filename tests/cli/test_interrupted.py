"""An interrupt at the terminal reaches every process of a command; the user reads one line and is back at once."""

import os
import signal
import subprocess
import sys
import time

import pytest


def workers(group: int) -> int:
    """Processes of the group that were spawned to work."""
    listed = subprocess.run(["ps", "-A", "-o", "pgid=,args="], capture_output=True, text=True, check=True).stdout
    return sum(line.split()[0] == str(group) and "spawn_main" in line for line in listed.splitlines())


@pytest.mark.parametrize("words", [("mutate", "petition", "--no-explain", "--jobs", "2"), ("analyze", "petition")])
def test_an_interrupt_ends_all_processes_without_a_traceback(words):
    command = [sys.executable, "-m", "checker", *words]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True) as run:
        while run.poll() is None and not workers(run.pid):
            time.sleep(0.02)
        if run.poll() is not None:  # one processor: no further processes
            return
        os.killpg(run.pid, signal.SIGINT)
        _, told = run.communicate(timeout=60)
    assert run.returncode == 130
    assert told.decode().strip().splitlines()[-1] == "已中断。"
    assert "Traceback" not in told.decode()
