"""``checker verify``: a record of runs against itself, its files, and the results."""

import re
from typing import Any, Final

import click

from checker.cli.chinese import Command, Filled
from checker.cli.exits import Exit
from checker.cli.number import Positive

_HASH: Final = re.compile(r"[0-9a-f]{16,64}")


@click.command(
    cls=Command,
    help="核对检查记录：各行是否相扣、有没有改动，所记的文件是否还是那样，重新检查是否得到同样的结论。\n\n"
    "FILE 是 checker check … --record FILE 写的。文件的路径从当前文件夹算起。",
)
@click.argument("file", metavar="FILE", type=Filled())
@click.option("--again", is_flag=True, help="重新检查一遍，对照结论的摘要")
@click.option("--line", type=Positive(), metavar="N", help="核对哪一行的文件和结论，默认是最后一行")
@click.option(
    "--head", type=Filled(), metavar="HASH", help="另存在别处的摘要（至少写前 16 位）；删去末尾的行由此看得出"
)
def command(file: str, **given: Any) -> int:  # noqa: ANN401
    """The chain first, then one line of it."""
    from checker.cli.output import print_lines
    from checker.cli.streams import standard_output
    from checker.cli.verifying import chain_lines
    from checker.host.unbroken import faults, read_chain

    head = given["head"].lower() if given["head"] is not None else None
    if head is not None and not _HASH.fullmatch(head):
        raise click.UsageError(f"「--head」的「{given['head']}」不是摘要：写 16 至 64 位的 0-9、a-f")
    chain = read_chain(file)
    place = given["line"] or len(chain.lines)
    if place > len(chain.lines):
        raise click.UsageError(f"检查记录「{file}」只有 {len(chain.lines)}行")
    found = faults(chain, head)
    print_lines(standard_output(), chain_lines(file, chain, found, head))
    is_wrong = _one(place, chain.lines[place - 1], given["again"]) if place else False
    return Exit.FOUND if found or is_wrong else Exit.OK


def _one(place: int, entry: Any, is_again: bool) -> bool:  # noqa: ANN401
    """Whether anything of one line is not as it was."""
    from checker.cli.output import print_lines
    from checker.cli.run_entry import files_of_entry
    from checker.cli.streams import standard_output
    from checker.cli.verifying import again, compared, entry_line

    stream = standard_output()
    try:
        head, files = entry_line(place, entry), files_of_entry(entry)
    except (KeyError, TypeError):
        print_lines(stream, [f"第 {place} 行读不出所记的内容，没有核对它的文件。"])
        return True
    print_lines(stream, [head])
    lines, is_wrong = compared(files)
    print_lines(stream, lines)
    if is_again:
        lines, is_different = again(entry)
        print_lines(stream, lines)
        is_wrong = is_wrong or is_different
    return is_wrong
