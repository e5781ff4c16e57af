"""The tutorials run as printed: every file they show, every command, every output.

``python tests/packs/test_tutorial.py`` rewrites the outputs in the pages; the difference is then read by a person.
"""

import re
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "docs" / "tutorial" / name for name in ("first-report.md", "write-a-norm.md")]
BLOCK = re.compile(
    r"^```(?P<language>\w+)(?: title=\"(?P<title>[^\"]+)\")?(?P<append> append)?\n(?P<body>.*?)^```$", re.M | re.S
)


def run(command, folder):
    done = subprocess.run(
        [sys.executable, "-m", "checker", *command.split()[1:]],
        cwd=folder,
        check=False,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert done.returncode in (0, 1), done.stderr
    return done.stdout.strip("\n")


def write(folder, block):
    path = folder / block["title"]
    path.parent.mkdir(parents=True, exist_ok=True)
    before = path.read_text(encoding="utf-8") if block["append"] else ""
    path.write_text(before + block["body"], encoding="utf-8")


def played(text, folder):
    """The page with the outputs that its commands really give, and how many commands there were."""
    pieces, at, output, commands = [], 0, None, 0
    for block in BLOCK.finditer(text):
        if block["title"]:
            write(folder, block)
        elif block["language"] == "sh" and block["body"].startswith("checker "):
            assert output is None, "a command without the output shown"
            output, commands = run(block["body"].strip(), folder), commands + 1
        elif block["language"] == "text":
            pieces += [text[at : block.start("body")], output + "\n" if output else ""]
            at, output = block.end("body"), None
    assert output is None, "a command without the output shown"
    return "".join([*pieces, text[at:]]), commands


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.stem)
def test_the_page_runs_as_printed(page, tmp_path):
    text = page.read_text(encoding="utf-8")
    real, commands = played(text, tmp_path)
    assert commands >= 3
    assert real == text


if __name__ == "__main__":
    for page in PAGES:
        with tempfile.TemporaryDirectory() as folder:
            page.write_text(played(page.read_text(encoding="utf-8"), Path(folder))[0], encoding="utf-8")
