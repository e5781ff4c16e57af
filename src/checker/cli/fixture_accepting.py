"""``checker test --accept``: expectations of failing fixtures rewritten to what is found, after a look at it."""

import difflib
import io
import sys
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple, TextIO

from checker.api import FixtureOutcome, FixtureRun
from checker.cases.expect_edits import CannotEditError, Edits, document, edited, said
from checker.cases.fixture_workbook import is_same
from checker.cases.fixtures import fixture_of
from checker.cases.problems import BadCase
from checker.cases.yaml_documents import read_documents
from checker.cli.diagnostics import note
from checker.cli.exits import Exit
from checker.cli.output import print_lines, replacing
from checker.cli.streams import say, writing
from checker.drafting.accepting import changes
from checker.drafting.fixture_text import expectation_text, value_text
from checker.drafting.fixtures import Difference, compare
from checker.drafting.gaps import Standing
from checker.model.case import Fixture
from checker.model.finding import VERDICT_NAMES, Verdict
from checker.model.vocabulary import Vocabulary
from checker.reports.colours import painted

_SUFFIXES = (".yaml", ".yml")
_COLOURS = {"+": "32", "-": "31", "@": "36"}


class Failing(NamedTuple):
    """A failing fixture, with the norms it was run against."""

    outcome: FixtureOutcome
    norms: Collection[str]
    vocabulary: Vocabulary


@dataclass(slots=True)
class _File:
    """A file with what is to become of it."""

    old: str
    new: str
    bom: bool
    accepted: list[Failing] = field(default_factory=list)


def accept(runs: Sequence[FixtureRun], stdout: TextIO, *, is_sure: bool, is_coloured: bool) -> int:
    """Show the changes, ask unless told to go on, write; the exit code."""
    # From the end of each file backwards: then the lines of what is still to be changed stay what they are.
    failing = sorted(_failing(runs), key=lambda one: -_line(one))
    if not failing:
        note("没有要改写的用例。")
        return _exit_code(runs, refused=0, accepted=())
    files: dict[str, _File] = {}
    refused = sum(not _taken(one, files) for one in failing)
    for name, file in files.items():
        print_lines(stdout, _diff(name, file, is_coloured))
    accepted = [one.outcome for file in files.values() for one in file.accepted]
    if not accepted or not (is_sure or _agreed(len(accepted))):
        note("没有改写任何文件。")
        return _exit_code(runs, refused, accepted=())
    for name, file in files.items():
        _write(name, file)
    note(f"改写用例 {len(accepted)}个，文件 {len(files)}个。")
    return _exit_code(runs, refused, accepted)


def _exit_code(runs: Sequence[FixtureRun], refused: int, accepted: Sequence[FixtureOutcome]) -> int:
    """Zero only if nothing is left failing; what could not be read or rewritten weighs most."""
    done = {id(one) for one in accepted}
    outcomes = [one for run in runs for one in run.outcomes if id(one) not in done]
    if refused or any(one.bad is not None for one in outcomes):
        return Exit.WRONG
    return Exit.OK if all(one.is_fine for one in outcomes) else Exit.FOUND


def is_interactive() -> bool:
    """Whether somebody can be asked."""
    return sys.stdin is not None and sys.stdin.isatty()


def _line(one: Failing) -> int:
    place = one.outcome.fixture.case.place if one.outcome.fixture is not None else None
    return place.line or 1 if place is not None else 1


def _failing(runs: Sequence[FixtureRun]) -> Iterator[Failing]:
    for run in runs:
        norms = frozenset(norm.id for norm in run.rules.norms)
        for outcome in run.outcomes:
            if outcome.standing is Standing.FAILED and outcome.fixture is not None and outcome.fixture.todo is None:
                yield Failing(outcome, norms, run.rules.vocabulary)


def _taken(one: Failing, files: dict[str, _File]) -> bool:
    """Work the change of one fixture into its file; say why where that cannot be."""
    fixture = one.outcome.fixture
    assert fixture is not None
    name, line = fixture.case.place.file if fixture.case.place is not None else "", _line(one)
    try:
        file = files.get(name) or _opened(name)
        new = edited(file.new, line, _edits(one, fixture, file.new, line))
        _confirm(one, fixture, (document(file.new, line)[1], document(new, line)[1]))
    except CannotEditError as error:
        note(f"用例「{fixture.case.id}」没有改写：{error}")
        return False
    file.new = new
    file.accepted.append(one)
    files[name] = file
    return True


def _opened(name: str) -> _File:
    if not name.lower().endswith(_SUFFIXES):
        kind = (
            "在 Excel 工作簿里，请对照上面的结论改表里的格子" if name.lower().endswith(".xlsx") else "不在 YAML 文件里"
        )
        raise CannotEditError(kind)
    data = Path(name).read_bytes()
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise CannotEditError("文件不是 UTF-8 编码") from error
    bare = text.removeprefix("\ufeff")
    return _File(bare, bare, bom=bare != text)


def _edits(one: Failing, fixture: Fixture, text: str, line: int) -> Edits:
    found = changes(fixture, one.norms, one.outcome.findings)
    if found.unknown:
        raise CannotEditError(f"期望写到没有的规范「{'」「'.join(found.unknown)}」，先改正名称")
    values = [
        (n, one.key, _text(one, said(text, line, n, one.key))) for n, differences in found.values for one in differences
    ]
    return Edits(tuple(values), found.dropped, tuple(expectation_text(finding) for finding in found.added))


def _text(difference: Difference, before: str) -> str:
    """The new value, a verdict in the language it is written in."""
    if isinstance(difference.actual, Verdict) and before.strip("'\"") in VERDICT_NAMES.values():
        return VERDICT_NAMES[difference.actual]
    return value_text(difference.actual)


def _confirm(one: Failing, fixture: Fixture, documents: tuple[str, str]) -> None:
    """The new document must be the same fixture but for its expectations, which are met now."""
    before, after = (_read(text, one.vocabulary) for text in documents)
    if before is not None and after is not None:
        is_kept = is_same(before, after.model_copy(update={"expect": before.expect}))
        if is_kept and is_same(before, fixture) and compare(after, one.norms, one.outcome.findings).passed:
            return
    raise CannotEditError("改写之后读不回同样的用例，请照上面的结论手工改")


def _read(text: str, vocabulary: Vocabulary) -> Fixture | None:
    found = [record for record in read_documents(io.BytesIO(text.encode()), "") if not isinstance(record, BadCase)]
    fixture = fixture_of(found[0], vocabulary) if len(found) == 1 else None
    return fixture if isinstance(fixture, Fixture) else None


def _diff(name: str, file: _File, colour: bool) -> Iterator[str]:
    lines = difflib.unified_diff(file.old.splitlines(), file.new.splitlines(), name, name, lineterm="", n=2)
    for line in lines:
        yield from painted([line], _COLOURS.get(line[:1], ""), colour and line[:1] in _COLOURS)


def _agreed(count: int) -> bool:
    say(f"接受以上改动（{count}个用例）？写「是」接受，其他不改：")
    return sys.stdin.readline().strip() in ("是", "y", "Y", "yes")


def _write(name: str, file: _File) -> None:
    with replacing(name) as beside, writing(f"文件「{name}」"):
        beside.write_bytes((("\ufeff" if file.bom else "") + file.new).encode("utf-8"))
