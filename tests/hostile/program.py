"""The program run inside this process, or as a process of its own."""

import os
import subprocess
import sys

from click.testing import CliRunner

from checker.cli.main import program


def run(*words, stdin=None):
    """Run a command line here; words may be paths or dates."""
    result = CliRunner().invoke(program, [str(word) for word in words], input=stdin)
    assert "Traceback" not in result.output
    return result


def command(*words):
    """The command line of a process."""
    return [sys.executable, "-m", "checker", *(str(word) for word in words)]


def start(*words, env=None, **more):
    """Run it as a process; everything it wrote as bytes."""
    more.setdefault("timeout", 60)
    return subprocess.run(command(*words), capture_output=True, check=False, env={**os.environ, **(env or {})}, **more)
