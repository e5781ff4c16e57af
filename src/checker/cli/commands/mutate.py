"""``checker mutate``: whether the fixtures notice small changes to the norms."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from checker.cli.chinese import Command, Filled, OneOf
from checker.cli.exits import Exit
from checker.cli.number import Positive
from checker.cli.options import calendar_option

if TYPE_CHECKING:
    from checker.cli.mutation_boards import Plan
    from checker.drafting.mutation.results import Killing, Tested, Unit


@click.command(
    cls=Command,
    help="变异测试：逐处改动规范（期限加减一日、日与工作日互换、删去例外、换掉机关……），看用例能否察觉。\n\n"
    "PACK 是规则包的标识、文件夹或者 .norm 文件；不写时试全部随附的规则包。"
    "没有用例察觉的改动逐条列出，并给出一个能察觉它的用例，或者证明改动前后等价。",
)
@click.argument("packs", nargs=-1, metavar="[PACK…]", type=Filled())
@click.option("--norm", "norms", multiple=True, type=Filled(), metavar="ID", help="只试这条规范；可以写几个")
@click.option(
    "--paths", multiple=True, type=Filled(), metavar="FIXTURES", help="用例的文件或文件夹，默认用规则包自己的"
)
@click.option("--jobs", type=Positive(), metavar="N", help="用几个进程，默认与可用的处理器核数相同")
@click.option(
    "--threshold",
    type=click.FloatRange(0, 100),
    metavar="PERCENT",
    help="得分低于此数才算没有通过；默认一处也不许漏",
)
@click.option("--write", "folder", type=Filled(), metavar="DIR", help="把能察觉的用例写入 DIR/规则包/bian-yi.yaml")
@click.option(
    "--format", "form", default="text", type=OneOf("text", "jsonl"), help="格式：text（默认）、jsonl（一处一行）"
)
@click.option("--no-prove", is_flag=True, help="不证明等价，只试案件")
@click.option("--no-explain", is_flag=True, help="只算得分，不为没有察觉的改动找用例，也不证明")
@calendar_option
def command(packs: tuple[str, ...], norms: tuple[str, ...], paths: tuple[str, ...], **given: Any) -> int:  # noqa: ANN401
    """Plan, run, report pack by pack."""
    from checker import api
    from checker.cli.diagnostics import note, show
    from checker.cli.mutation_boards import plan, tasks
    from checker.cli.mutation_report import json_lines, survivor_lines, total_lines
    from checker.cli.output import print_lines
    from checker.cli.progress import shown
    from checker.cli.streams import standard_output
    from checker.drafting.answers import Bound
    from checker.drafting.mutation.results import score_of
    from checker.drafting.mutation.running import run_tasks
    from checker.drafting.mutation.trial import Ways
    from checker.drafting.seeking.pool import MOST

    stdout = standard_output()
    calendar = api.calendar_named(given["calendar"])
    planned = plan(packs, paths, calendar)
    show(planned.unread)
    for name in planned.failing:
        note(f"用例「{name}」本身没有通过，没有用它；先用 checker test 改好。")
    for name in planned.gaps:
        note(f"用例「{name}」是待办，没有用它。")
    work = tasks(planned, norms)
    ways = Ways(MOST, not given["no_prove"], Bound(), not given["no_explain"])
    done = shown(run_tasks(work, calendar, ways, given["jobs"]), len(work), stdout, "变异", "组")
    scored: dict[str, list[Tested]] = {}
    for pack, tested, killings in _by_norm(planned, zip(work, done, strict=True)):
        scored.setdefault(pack, []).extend(tested)
        is_shown = given["folder"] is None
        lines = survivor_lines(tested, killings, is_shown) if given["form"] == "text" else json_lines(tested, killings)
        print_lines(stdout, lines)
        if killings and not is_shown:
            _write(Path(given["folder"]) / pack / "bian-yi.yaml", killings)
    if given["form"] == "text":
        print_lines(stdout, total_lines(list(scored.items())))
    if planned.unread:
        return Exit.WRONG
    score = score_of([one for tested in scored.values() for one in tested])
    threshold = given["threshold"]
    is_enough = score.survivors == 0 if threshold is None else score.percent >= threshold
    return Exit.OK if is_enough and not planned.failing else Exit.FOUND


def _by_norm(
    planned: "Plan", done: "Iterable[tuple[Any, Sequence[Unit]]]"
) -> "Iterator[tuple[str, Sequence[Tested], Sequence[Killing]]]":
    """Pack, mutants, lacking cases of each norm, the cases under names of their own."""
    from checker.drafting.mutation.writing import named, prefix_of

    taken = {one.case.id for boards in planned.boards.values() for board in boards for one in board.fixtures}
    for task, units in done:
        for subject, unit in zip(task.subjects, units, strict=True):
            prefix = prefix_of(planned.boards[subject.pack][0].fixtures, subject.pack)
            killings = named(unit.killings, prefix, taken)
            taken |= {one.case.id for one in killings}
            yield subject.pack, unit.tested, killings


def _write(path: Path, killings: "Sequence[Killing]") -> None:
    """Put behind what is there: that was reviewed before."""
    from checker.cli.streams import writing
    from checker.drafting.mutation.writing import HEADING, file_text

    with writing(f"文件「{path}」"):
        path.parent.mkdir(parents=True, exist_ok=True)
        before = path.read_text(encoding="utf-8") if path.exists() else ""
        gap = "---\n" if before else HEADING
        path.write_text(before + gap + file_text(killings), encoding="utf-8")
