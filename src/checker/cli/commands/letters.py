"""``checker letters``: the kinds of letters, their templates for editing, the fields a template may use."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from checker.cli.chinese import Command, Filled
from checker.cli.exits import Exit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checker.reports.letters.fields import Field


@click.command(
    cls=Command,
    help="列出文书的种类，写出随附的模板，列出模板可以用的字段。\n\n"
    "文书由 checker check --format docx 写出；改好的模板用 --letter 交给它。",
)
@click.option("--copy", "folder", type=Filled(), metavar="DIR", help="把随附的模板写进这个文件夹，供修改；不改写已有的")
@click.option("--fields", is_flag=True, help="列出模板可以用的字段、含义和例子")
def command(folder: str | None, fields: bool) -> int:
    """List the kinds, or do what was asked for."""
    from checker.cli.output import print_lines
    from checker.cli.streams import standard_output

    if folder is not None and fields:
        raise click.UsageError("「--copy」与「--fields」分两次用")
    if folder is not None:
        return _copy(Path(folder))
    print_lines(standard_output(), _field_lines() if fields else _kind_lines())
    return Exit.OK


def _kind_lines() -> "Iterator[str]":
    from checker.reports.layout import table
    from checker.reports.letters.kinds import MEANING

    yield "文书的种类（用「--letter 名称」选一种，不写则各种都写）："
    yield from table([(kind.value, meaning) for kind, meaning in MEANING.items()])


def _field_lines() -> "Iterator[str]":
    """The fields of a letter itself, then those of the entries of each list."""
    from checker.reports.letters.fields import FIELDS

    groups: dict[str, list[Field]] = {}
    for field in FIELDS:
        groups.setdefault(field.of, []).append(field)
    for of, held in groups.items():
        yield f"列表「{of}」的各项：" if of else "文书自身的字段，写作 {{ 字段 }}："
        yield from _table(held)
        yield ""
    yield "列表逐项写：表格的行用 {%tr for 项 in 逾期事项 %} 和 {%tr endfor %}，各占一行；"
    yield "段落用 {%p for … %} 和 {%p endfor %}，各占一段。"
    yield "循环里写作 {{ 项.案号 }}；列表连成一句写作 {{ 项.依据|join('；') }}；判断写作 {% if 项.天数 %}…{% endif %}。"


def _table(fields: "list[Field]") -> list[str]:
    from checker.reports.layout import table
    from checker.reports.letters.kinds import Kind

    rows = [("字段", "含义", "例子", "用于")]
    rows += [
        (one.name, one.meaning, one.example, "全部" if one.kinds == tuple(Kind) else "、".join(one.kinds))
        for one in fields
    ]
    return table(rows)


def _copy(folder: Path) -> int:
    """UsageError where one of them is there already: it may have been edited."""
    from checker.cli.diagnostics import note
    from checker.cli.output import replacing
    from checker.cli.streams import writing
    from checker.reports.letters.choosing import shipped
    from checker.reports.letters.kinds import Kind

    templates = [shipped(kind) for kind in Kind]
    there = [one.name for one in templates if (folder / one.name).exists()]
    if there:
        raise click.UsageError(f"文件夹「{folder}」里已经有「{'」「'.join(there)}」，不改写；换一个文件夹")
    with writing(f"文件夹「{folder}」"):
        folder.mkdir(parents=True, exist_ok=True)
    for one in templates:
        target = str(folder / one.name)
        with replacing(target) as beside, writing(f"文件「{target}」"):
            beside.write_bytes(one.data)
    note(f"写出模板 {len(templates)}份到「{folder}」；改好以后用「--letter 文件」或者「--letter {folder}」。")
    return Exit.OK
