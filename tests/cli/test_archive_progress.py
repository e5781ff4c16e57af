"""How far a check of an archive has come, in bytes and in words."""

import pytest

from checker.cases.portions import Portion
from checker.cli import archive_progress
from checker.cli.archive_progress import Position, progress_line, size_of
from hostile.inputs import NORM, case
from hostile.program import run


def test_the_portions_of_several_files(tmp_path):
    for name, size in (("a", 100), ("b", 50), ("c", 10)):
        (tmp_path / name).write_bytes(b"x" * size)
    a, b, c = (str(tmp_path / name) for name in "abc")
    assert size_of([str(tmp_path), str(tmp_path / "none"), "-"]) == 160
    position = Position()
    steps = [(a, 40), (a, 30), (b, 0), (b, 0), (c, 10)]
    assert [position.after(Portion("x", name, None, size)) for name, size in steps] == [40, 70, 100, 100, 160]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ((1000, 250, 1000, 10.0), "进度：1000件，100件/秒；已读 25%，约需 0分30秒。"),
        ((1000, 1000, 1000, 200.0), "进度：1000件，5件/秒；已读 100%，约需 0分0秒。"),
        ((90, 1, 200, 3.0), "进度：90件，30件/秒；已读 0%，约需 9分57秒。"),
        ((90, 0, 0, 3.0), "进度：90件，30件/秒。"),
    ],
)
def test_a_line_of_progress(given, said):
    assert progress_line(*given) == said


def test_lines_come_where_there_is_no_terminal(tmp_path, monkeypatch):
    (tmp_path / "x.norm").write_text(NORM, encoding="utf-8")
    for n in range(3):
        (tmp_path / f"{n}.json").write_text(case(f"案{n}"), encoding="utf-8")
    monkeypatch.setattr("checker.cases.portions.CASES", 1)
    words = ["check", *sorted(tmp_path.glob("*.json")), "--rules", tmp_path / "x.norm", "--engine", "archive"]
    assert "进度" not in run(*words).stderr
    monkeypatch.setattr(archive_progress, "EVERY", 0.0)
    told = [line for line in run(*words).stderr.splitlines() if line.startswith("进度：")]
    assert [line.split("，")[0] for line in told] == ["进度：1件", "进度：2件", "进度：3件"]
    assert "已读 100%" in told[-1]
