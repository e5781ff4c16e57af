"""The program as others see it: exit codes, streams, pipes, speed of the help."""

import os
import pty
import re
import subprocess
import sys
from pathlib import Path

SAMPLE = Path(__file__).parents[1] / "reports" / "sample"
CHECK = ["check", str(SAMPLE / "cases.yaml"), "--rules", str(SAMPLE), "--as-of", "2026-07-01"]


def start(*args, **more):
    command = [sys.executable, "-m", "checker", *args]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", timeout=120, check=False, **more)


def test_a_pipe_gets_no_colour_and_only_results():
    result = start(*CHECK)
    assert result.returncode == 1
    assert "\x1b" not in result.stdout
    assert result.stderr == ""


def on_a_terminal(**environment):
    """Standard output of the program where that is a terminal of 100 columns."""
    mine, its = pty.openpty()
    command = [sys.executable, "-m", "checker", *CHECK]
    environment = {k: v for k, v in os.environ.items() if k != "NO_COLOR"} | {"TERM": "xterm"} | environment
    with subprocess.Popen(command, stdout=its, stderr=subprocess.DEVNULL, env=environment):
        os.close(its)
        pieces = []
        try:
            while piece := os.read(mine, 65536):
                pieces.append(piece)
        except OSError:  # how Linux says that the other side is closed
            pass
    os.close(mine)
    return b"".join(pieces)


def test_colour_on_a_terminal_unless_it_is_not_wanted():
    assert b"\x1b[1;31m" in on_a_terminal()
    assert b"\x1b" not in on_a_terminal(NO_COLOR="1")
    assert b"\x1b" not in on_a_terminal(TERM="dumb")


def test_everything_is_utf8_whatever_the_locale():
    result = start(*CHECK, "--format", "jsonl", env={**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0"})
    assert result.returncode == 1
    assert "按期办结" in result.stdout
    assert "读入 8件" in result.stderr


def test_a_reader_that_goes_away_is_no_error_message():
    command = [sys.executable, "-m", "checker", *CHECK, "--only", "all"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        process.stdout.close()
        error = process.stderr.read()
        process.wait()
    assert error == b""
    assert process.returncode == 141


def test_help_imports_no_engine():
    result = start("--help")
    assert result.returncode == 0
    probe = "import sys, checker.cli.main; print('\\n'.join(sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True).stdout.split()
    assert [
        name for name in loaded if re.match(r"pydantic|lark|yaml|pyarrow|tqdm|checker\.(model|engines|api)", name)
    ] == []


def test_checking_imports_nothing_that_only_tests_or_tables_need():
    probe = (
        "import sys; from checker.cli.main import program\n"
        "try: program.main(sys.argv[1:])\n"
        "except SystemExit: print('\\n'.join(sys.modules), file=sys.stderr)"
    )
    loaded = subprocess.run(
        [sys.executable, "-c", probe, *CHECK], capture_output=True, text=True, encoding="utf-8", check=True
    ).stderr.split()
    assert "checker.engines.run" in loaded
    assert [name for name in loaded if name.split(".")[0] in {"pyarrow", "hypothesis", "tqdm", "numpy"}] == []
