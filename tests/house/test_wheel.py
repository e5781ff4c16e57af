"""The wheel carries what the program needs at run time."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def wheel_names(tmp_path_factory):
    target = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(target)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (wheel,) = target.glob("*.whl")
    return set(zipfile.ZipFile(wheel).namelist())


def test_grammar_is_inside(wheel_names):
    assert "checker/shipped/grammar/norm.lark" in wheel_names


def test_every_norm_file_is_inside(wheel_names):
    for path in (ROOT / "rules").rglob("*.norm"):
        assert f"checker/shipped/{path.relative_to(ROOT).as_posix()}" in wheel_names


def test_every_data_file_of_the_package_is_inside(wheel_names):
    for path in (ROOT / "src").rglob("*"):
        if path.is_file() and "__pycache__" not in path.parts:
            assert path.relative_to(ROOT / "src").as_posix() in wheel_names
