"""The documented recipes are whole files: they parse, and call commands and options that exist."""

import re
import shlex
from pathlib import Path

import click
import pytest
import yaml

from checker.cli.main import program

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "howto" / "ci.md").read_text(encoding="utf-8")
FILES = dict(re.findall(r"^```yaml title=\"([^\"]+)\"\n(.*?)^```", PAGE, re.M | re.S))
SHELL = re.findall(r"^```sh\n(.*?)^```", PAGE, re.M | re.S)
RECIPES = (".github/workflows/rules.yml", ".gitlab-ci.yml")
CONTEXT = click.Context(program)


def steps_of(name):
    """The shell lines of a recipe."""
    data = yaml.safe_load(FILES[name])
    if name == ".gitlab-ci.yml":
        jobs = [job for key, job in data.items() if isinstance(job, dict)]
        return [line for job in jobs for part in ("before_script", "script") for line in job.get(part, [])]
    (job,) = data["jobs"].values()
    return [line for step in job["steps"] if "run" in step for line in step["run"].splitlines()]


def checked(line):
    """The command and options of a line that calls the program."""
    _, name, *rest = shlex.split(line, comments=True)
    command = program.get_command(CONTEXT, name)
    assert command is not None, line
    known = {option for p in command.get_params(click.Context(command)) for option in p.opts}
    given = {word for word in rest if word.startswith("--")}
    assert given <= known, line
    return name, given


LINES = [
    *(line for name in RECIPES for line in steps_of(name) if line.startswith("checker ")),
    *(line for block in SHELL for line in block.splitlines() if line.startswith("checker ")),
]


@pytest.mark.parametrize("line", LINES)
def test_every_command_line_exists(line):
    assert checked(line)[0] in program.list_commands(CONTEXT)


def test_the_recipes_are_there_and_run_the_checks():
    assert set(FILES) == {*RECIPES, ".pre-commit-config.yaml"}
    for name in RECIPES:
        called = [checked(line)[0] for line in steps_of(name) if line.startswith("checker ")]
        assert {"test", "articles", "fmt", "lint"} <= set(called)


def test_github_shows_annotations_and_needs_no_rights():
    data = yaml.safe_load(FILES[".github/workflows/rules.yml"])
    (job,) = data["jobs"].values()
    assert job["env"] == {"CHECKER_ANNOTATE": "github"}
    assert data["permissions"] == {"contents": "read"}
    assert all("uses" in step or "run" in step for step in job["steps"])
    assert all(re.fullmatch(r"[\w-]+/[\w-]+@v\d+", step["uses"]) for step in job["steps"] if "uses" in step)


def test_gitlab_gets_the_report_that_the_command_writes():
    jobs = {k: v for k, v in yaml.safe_load(FILES[".gitlab-ci.yml"]).items() if "script" in v}
    reporting = [job for job in jobs.values() if "artifacts" in job]
    assert len(reporting) == 3
    for job in reporting:
        (line,) = [one for one in job["script"] if "--code-quality" in one]
        words = shlex.split(line)
        assert job["artifacts"]["reports"]["codequality"] == words[words.index("--code-quality") + 1]
        assert job["artifacts"]["when"] == "always"


def test_the_hooks_named_are_ours():
    (repo,) = yaml.safe_load(FILES[".pre-commit-config.yaml"])["repos"]
    ours = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert [hook["id"] for hook in repo["hooks"]] == [hook["id"] for hook in ours]
