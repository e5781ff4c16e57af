"""Attacks that once got through."""

import os
import pickle
import subprocess
import sys

import pytest

from hostile.inputs import AS_OF, NORM, case
from hostile.program import command, run, start


@pytest.fixture
def files(tmp_path):
    (tmp_path / "x.norm").write_text(NORM, encoding="utf-8")
    (tmp_path / "good.json").write_text(case(), encoding="utf-8")
    return ["check", tmp_path / "good.json", "--rules", tmp_path / "x.norm", *AS_OF]


class Bait:
    """Runs a function when it is unpickled."""

    def __init__(self, function, *arguments):
        self.what = function, arguments

    def __reduce__(self):
        return self.what


@pytest.mark.parametrize("what", ["touch", "exit"])
def test_the_cache_runs_no_code(what, files, tmp_path):
    env = {"XDG_CACHE_HOME": str(tmp_path / "cache")}
    assert start(*files, env=env).returncode == 1
    bait = Bait(os.mkdir, str(tmp_path / "caught")) if what == "touch" else Bait(sys.exit, 0)
    for kept in (tmp_path / "cache" / "checker").iterdir():
        kept.write_bytes(pickle.dumps(bait))
    assert start(*files, env=env).returncode == 1
    assert not (tmp_path / "caught").exists()


def test_the_output_does_not_overwrite_a_case(files, tmp_path):
    before = (tmp_path / "good.json").read_bytes()
    result = run(*files, "--output", tmp_path / "good.json")
    assert result.exit_code == 2
    assert (tmp_path / "good.json").read_bytes() == before


@pytest.mark.parametrize("closed", ["<&-", ">&-", ">/dev/full"])
def test_a_stream_that_is_not_there(closed, files):
    words = command(*(files if closed != "<&-" else [files[0], "-", *files[2:]]))
    line = ["/bin/sh", "-c", f'exec "$@" {closed}', "sh", *words]
    found = subprocess.run(line, capture_output=True, check=False, timeout=60)
    assert "内部错误" not in found.stderr.decode()
    assert found.returncode in (2, 3)


def test_a_file_name_with_a_line_end_does_not_forge_a_message(files, tmp_path):
    path = tmp_path / "a\n错误：伪造.json"
    path.write_text("garbage", encoding="utf-8")
    result = run(files[0], path, *files[2:])
    assert result.exit_code == 2
    assert "\n错误：伪造" not in result.stderr


def test_a_deep_calendar_is_refused(files, tmp_path):
    (tmp_path / "deep.yaml").write_text("name: x\nyears: " + "[" * 200_000, encoding="utf-8")
    found = start(*files, "--calendar", tmp_path / "deep.yaml")
    assert found.returncode == 2
    assert "deep.yaml" in found.stderr.decode()


def test_a_file_may_not_be_written_over_the_rules(files, tmp_path):
    before = (tmp_path / "x.norm").read_bytes()
    assert run(*files, "--output", tmp_path / "x.norm").exit_code == 2
    assert (tmp_path / "x.norm").read_bytes() == before
