"""``checker fmt``: the canonical layout of rule files."""

import difflib
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

import click

from checker.cli.chinese import Command, Filled
from checker.cli.exits import Exit
from checker.cli.options import colour_option

if TYPE_CHECKING:
    from checker.language.tidying import Tidied

_STDIN: Final = "-"
_SHOWN: Final = "（标准输入）"
_COLOURS: Final = {"+": "green", "-": "red", "@": "cyan"}


@click.command(
    cls=Command,
    help="把规则文件排成统一的版式，只动空格、缩进、空行和全角半角，不改一个词，注释保留。\n\n"
    "PATHS 是 .norm 文件或文件夹，不写的，是当前文件夹；「-」从标准输入读，写到标准输出。"
    "有错误的文件不改动，写明错误。",
)
@click.argument("paths", nargs=-1, metavar="[PATHS…]", type=Filled())
@click.option("--check", "is_check", is_flag=True, help="不改动文件，只列出版式不合的；有的，退出码是 1")
@click.option("--diff", "is_diff", is_flag=True, help="不改动文件，列出会改的各行；有的，退出码是 1")
@colour_option
def command(paths: tuple[str, ...], is_check: bool, is_diff: bool, color: str) -> int:
    """Lay out each file, then write it or tell of it."""
    from checker.cli.diagnostics import note, show
    from checker.cli.output import is_coloured, print_lines
    from checker.cli.streams import standard_output
    from checker.language.packs import load_files
    from checker.language.tidying import tidied

    if _STDIN in paths:
        if len(paths) > 1:
            raise click.UsageError("「-」不能与别的路径一起写")
        return _piped(is_check, is_diff, color)
    stdout = standard_output()
    found = [(source, tidied(source)) for source in load_files(paths or (".",))]
    changed = [one for source, one in found if one.data is not None and one.data != source.data]
    bad = [one for _, one in found if one.data is None]
    for one in bad:
        show(one.problems)
    if is_diff:
        print_lines(stdout, (line for one in changed for line in _difference(one, is_coloured(color, stdout))))
    else:
        if not is_check:
            bad += [one for one in changed if not _is_written(one)]
            changed = [one for one in changed if one not in bad]
        print_lines(stdout, (one.name for one in changed))
    verb = "须改动" if is_check or is_diff else "已改动"
    note(f"共 {len(found)}个文件：{verb} {len(changed)}个，不用改动 {len(found) - len(changed) - len(bad)}个，"
         f"有错误或者写不了的 {len(bad)}个。")  # fmt: skip
    return Exit.WRONG if bad else Exit.FOUND if changed and (is_check or is_diff) else Exit.OK


def _piped(is_check: bool, is_diff: bool, color: str) -> int:
    """Standard input to standard output; what cannot be read is handed on as it came: an editor loses nothing."""
    from checker.cli.diagnostics import show
    from checker.cli.output import is_coloured, print_lines
    from checker.cli.streams import standard_output, writing
    from checker.language.source import Source
    from checker.language.tidying import tidied

    stdout = standard_output()
    if sys.stdin is None:
        raise click.UsageError("标准输入已经关闭")
    data = sys.stdin.buffer.read()
    one = tidied(Source(_SHOWN, data))
    show(one.problems)
    is_changed = one.data is not None and one.data != data
    if is_diff:
        print_lines(stdout, _difference(one, is_coloured(color, stdout)) if is_changed else ())
    elif is_check:
        print_lines(stdout, [_SHOWN] if is_changed else ())
    else:
        with writing():
            stdout.flush()
            stdout.buffer.write(data if one.data is None else one.data)
            stdout.buffer.flush()
    return Exit.WRONG if one.data is None else Exit.FOUND if is_changed and (is_check or is_diff) else Exit.OK


def _difference(one: "Tidied", coloured: bool) -> Iterator[str]:
    lines = difflib.unified_diff(
        one.before.split("\n"), one.after.split("\n"), one.name, f"{one.name}（排好）", "", "", 2, ""
    )
    if one.before == one.after:
        lines = iter((f"{one.name}：各行的文字不变，行末的写法改为一种",))
    for line in lines:
        colour = _COLOURS.get(line[:1])
        yield click.style(line, fg=colour) if coloured and colour else line


def _is_written(one: "Tidied") -> bool:
    """Whether the file holds the new text now; where it cannot be written that is said, and the others go on."""
    from checker.cli.output import replacing
    from checker.cli.streams import say, writing

    assert one.data is not None
    try:
        with replacing(one.name) as beside, writing(f"文件「{one.name}」"):
            beside.write_bytes(one.data)
    except click.ClickException as error:
        say(f"错误：{error.message}。")
        return False
    return True
