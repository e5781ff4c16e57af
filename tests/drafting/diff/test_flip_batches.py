"""Whole batches say of past cases what is said case by case."""

import dataclasses
import datetime as dt

import pytest
from click.testing import CliRunner

from checker.calendars.shipped import shipped_calendar
from checker.cases.fixtures import read_fixtures
from checker.cli.main import program
from checker.drafting.comparing.comparison import compare
from checker.host.case_lines import text_of_case
from checker.host.flip_batches import BatchFlips
from checker.host.flipping import Asked, RowFlips, read_alike
from checker.language.compile import compile_packs
from checker.language.packs import load_packs
from checker.language.source import Source
from checker.language.texts import load_texts
from checker.model.case import Fixture
from drafting.diff.making import HERE, OLD, edited, rules_of

ROOT = HERE.parents[2]
EDITS = (
    ("参数 办结期限 = 90日", "参数 办结期限 = 60日"),
    (
        "来源 属于 {领导批示、涉法上访、久拖不决、当事人信访}",
        "来源 属于 {领导批示、涉法上访、当事人信访、群众反映强烈}",
    ),
    ("审批 之前 应当 有 登记", "审批 之前 应当 有 登记，前一日或更早"),
    ("以 一次 为限", "以 两次 为限"),
    ("按期办结", "限期办结"),
)


@pytest.fixture(scope="module")
def packs():
    """The pack of the shipped template, and a changed one."""
    sources = load_packs([ROOT / "rules" / "duban"])
    texts = load_texts(sources)
    changed = []
    for source in sources:
        text = source.data.decode()
        for before, after in EDITS:
            text = text.replace(before, after)
        changed.append(Source(source.name, text.encode()))
    found = [compile_packs(some, texts=texts) for some in (sources, changed)]
    assert None not in [rules for rules, _ in found], [problems for _, problems in found]
    return [rules for rules, _ in found]


@pytest.fixture(scope="module")
def asked(packs):
    changes = compare(*packs, ("旧", "新")).changes
    norms = frozenset(change.id for change in changes)
    moved = {change.was: change.id for change in changes if change.was is not None}
    return Asked(*packs, norms, moved, shipped_calendar(), dt.date(2026, 11, 1))


@pytest.fixture(scope="module")
def archive(packs, tmp_path_factory):
    file = tmp_path_factory.mktemp("flips") / "cases.jsonl"
    fixtures = [
        f for f in read_fixtures(str(ROOT / "fixtures" / "duban"), packs[0].vocabulary) if isinstance(f, Fixture)
    ]
    lines = [text_of_case(f.case.model_copy(update={"id": f"c{n}", "answers": ()})) for n, f in enumerate(fixtures)]
    bad = '{"case": "坏", "events": [{"act": "没有"}]}'
    file.write_text("\n".join([*lines, bad, *lines[:5]]) + "\n", encoding="utf-8")
    return str(file)


def flips(run):
    told = list(run)
    return run.tally.result(), told


def test_batches_and_rows_say_the_same(asked, archive):
    rows, told = flips(RowFlips(asked, [archive]))
    batches, steps = flips(BatchFlips(asked, [archive]))
    assert batches == rows
    assert [notice for step in steps for notice in step.notices] == told
    assert rows.left_out == 6
    assert rows.read == rows.changed + rows.unchanged > 100
    assert len({(flip.old, flip.new) for flip in rows.flips}) > 5


def test_the_cut_into_portions_shows_nowhere(asked, archive, monkeypatch):
    whole, _ = flips(BatchFlips(asked, [archive]))
    monkeypatch.setattr("checker.host.flip_batches.CASES", 7)
    assert flips(BatchFlips(asked, [archive]))[0] == whole


def test_nothing_changed_is_nothing_evaluated(asked, archive):
    none = dataclasses.replace(asked, norms=frozenset())
    found, _ = flips(BatchFlips(none, [archive]))
    assert (found.changed, found.flips) == (0, ())
    assert found.read == found.unchanged > 100


def test_vocabularies_read_alike_unless_a_word_or_type_differs():
    words = rules_of(OLD).vocabulary
    assert read_alike(words, rules_of(OLD.replace("= 90日", "= 60日")).vocabulary)
    for edit in (
        ("说明、", "说明、督查、"),
        ("{提示、决定}", "{提示、建议、决定}"),
        ("检察院\n", "检察院、公安机关\n"),
    ):
        assert not read_alike(words, rules_of(edited(edit)).vocabulary)


def test_large_archives_are_compared_in_batches(archive, monkeypatch, tmp_path):
    monkeypatch.setattr("checker.host.choice.LARGE", 1)
    seen = []
    whole = BatchFlips._portion
    monkeypatch.setattr(BatchFlips, "_portion", lambda run, portion: seen.append(portion) or whole(run, portion))
    new = tmp_path / "duban"
    new.mkdir()
    for file in (ROOT / "rules" / "duban").glob("*.norm"):
        (new / file.name).write_text(file.read_text(encoding="utf-8").replace("= 90日", "= 60日"), encoding="utf-8")
    result = CliRunner().invoke(program, ["diff", "duban", str(new), "--cases", archive, "--no-witness"])
    assert result.exit_code == 2, result.output  # some cases cannot be read
    assert "「duban/按期办结」的结论翻转：合规 → 逾期履行" in result.stdout
    assert len(seen) == 1
