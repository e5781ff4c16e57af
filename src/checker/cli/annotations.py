"""Diagnostics once more for the machine that runs a check: lines GitHub shows beside a change, a report for GitLab.

Every command takes the two options; what was asked for and what was told stands in the context of the run.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast

import click

from checker.calendars.unreadable import reason
from checker.cli.streams import say
from checker.reports.checkout import path_from_root, spot_text

if TYPE_CHECKING:  # pydantic would slow every help page down
    from checker.model.diagnostic import Diagnostic
    from checker.model.place import Place

KEY: Final = "checker.annotations"


@dataclass
class Told:
    """What is to become of diagnostics in this run, and those there were, each once."""

    github: bool = False
    report: str | None = None
    kept: "dict[str, Diagnostic]" = field(default_factory=dict)


def annotate(diagnostics: "Iterable[Diagnostic]") -> None:
    """Write each for GitHub, and keep it for the report, where this run was asked to."""
    context = click.get_current_context(silent=True)
    told: Told | None = context.meta.get(KEY) if context is not None else None
    if told is None:
        return
    for diagnostic in diagnostics:
        if told.kept.setdefault(diagnostic.model_dump_json(), diagnostic) is diagnostic and told.github:
            say(github_line(diagnostic))


def settle_report(context: click.Context) -> None:
    """Write the report that was asked for, at the end of a run; an empty one says that nothing was found."""
    told: Told | None = context.meta.get(KEY)
    if told is None or told.report is None:
        return
    placed = [one for one in told.kept.values() if one.at is not None]
    try:
        Path(told.report).write_text(quality_text(placed), encoding="utf-8")
    except OSError as error:
        raise click.ClickException(f"写不了报告「{told.report}」：{reason(error)}") from error
    if len(placed) < len(told.kept):
        say(f"有 {len(told.kept) - len(placed)}处没有位置，没有写进报告「{told.report}」，见上。")


def github_line(diagnostic: "Diagnostic") -> str:
    """The workflow command that shows a diagnostic at its line."""
    level = {"error": "error", "warning": "warning"}.get(diagnostic.level, "notice")
    parts = ",".join(f"{key}={_escaped(str(value), ',:')}" for key, value in _properties(diagnostic))
    return f"::{level} {parts}::{_escaped(_message(diagnostic))}"


def _properties(diagnostic: "Diagnostic") -> Iterator[tuple[str, object]]:
    at = diagnostic.at
    if at is not None:
        yield "file", path_from_root(at.file)
        if at.line is not None:
            yield "line", at.line
        if at.column is not None:
            yield "col", at.column
        for key, name in (("endLine", "end_line"), ("endColumn", "end_column")):
            if (value := getattr(at, name, None)) is not None:
                yield key, value
    yield "title", f"checker {diagnostic.code}"


def _message(diagnostic: "Diagnostic") -> str:
    parts = [diagnostic.message]
    if getattr(diagnostic.at, "cell", None) is not None:
        parts.append(spot_text(cast("Place", diagnostic.at)))
    if diagnostic.expected:
        parts.append(f"此处可写：{diagnostic.expected}")
    if diagnostic.help:
        parts.append(f"建议：{diagnostic.help}")
    return "\n".join([*parts, *([diagnostic.meanwhile] if diagnostic.meanwhile else [])])


def _escaped(text: str, more: str = "") -> str:
    """What the reader of workflow commands would take for its own marks, written as it wants it."""
    for mark in ("%", "\r", "\n", *more):
        text = text.replace(mark, f"%{ord(mark):02X}")
    return text


def quality_text(diagnostics: "Iterable[Diagnostic]") -> str:
    """The code quality report of GitLab; a fingerprint stays the same when lines above are added."""
    seen: dict[str, int] = {}
    rows = [_quality(one, seen) for one in diagnostics]
    return json.dumps(rows, ensure_ascii=False, indent=1) + "\n"


def _quality(diagnostic: "Diagnostic", seen: dict[str, int]) -> dict[str, Any]:
    at = diagnostic.at
    assert at is not None
    path = path_from_root(at.file)
    basis = json.dumps([diagnostic.code, path, diagnostic.quote, diagnostic.message], ensure_ascii=False)
    seen[basis] = seen.get(basis, 0) + 1
    return {
        "description": _message(diagnostic),
        "check_name": diagnostic.code,
        "fingerprint": sha256(f"{basis} {seen[basis]}".encode(errors="surrogatepass")).hexdigest(),
        "severity": {"error": "major", "warning": "minor"}.get(diagnostic.level, "info"),
        "location": {"path": path, "lines": {"begin": at.line or 1}},
    }


def annotation_options() -> list[click.Parameter]:
    """``--annotate`` and ``--code-quality``, for every command."""
    github = click.Option(
        ["--annotate"],
        metavar="github|none",
        envvar="CHECKER_ANNOTATE",
        expose_value=False,
        callback=_ask_github,
        help="github：把提示和错误另写成 GitHub Actions 的标注，显示在改动的那一行；也可设环境变量 CHECKER_ANNOTATE",
    )
    report = click.Option(
        ["--code-quality"],
        metavar="FILE",
        expose_value=False,
        callback=_ask_report,
        help="把提示和错误另写成 GitLab 的代码质量报告（JSON）",
    )
    return [github, report]


def _told(context: click.Context) -> Told:
    found: Told = context.meta.setdefault(KEY, Told())
    return found


def _ask_github(context: click.Context, parameter: click.Parameter, value: str | None) -> None:
    if value not in (None, "github", "none"):
        raise click.BadParameter(f"「{value}」不在可选的值之内；可选：github、none", context, parameter)
    if value == "github":
        _told(context).github = True


def _ask_report(context: click.Context, parameter: click.Parameter, value: str | None) -> None:
    if value == "":
        raise click.BadParameter("不能是空的", context, parameter)
    if value is not None:
        _told(context).report = value
