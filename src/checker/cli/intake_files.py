"""The files of ``checker intake``: which are ledgers, and what becomes of their mappings."""

import os
from collections.abc import Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from checker.cli.exits import Exit

if TYPE_CHECKING:
    from checker.cases.ledger.looking import Look

SUFFIXES = frozenset((".xlsx", ".xlsm", ".xlsb", ".xls", ".et", ".ods", ".csv", ".tsv"))
"""Files of a folder that may be ledgers."""
_UNDECLARED = "有没有声明的名称，见上"


class Settled(NamedTuple):
    """What was done with a mapping, in sentences, and the exit code of that."""

    said: tuple[str, ...]
    code: int = Exit.OK


def ledgers_under(paths: Sequence[str]) -> tuple[list[str], int]:
    """The ledgers under the paths; what is none is told, with the exit code of that."""
    from checker.cases.problems import unread
    from checker.cases.source import Missing, Source, sources
    from checker.cli.diagnostics import show

    found: list[str] = []
    code = Exit.OK
    for one in sources(paths, SUFFIXES):
        if isinstance(one, Source) and one.is_file:
            found.append(one.name)
        elif isinstance(one, Missing):
            show(unread(one.refusal, one.place).diagnostics)
            code = Exit.WRONG
    return found, code


def opened(path: str) -> AbstractContextManager[BinaryIO]:
    """The content of a ledger, unpacked where it is compressed."""
    from checker.cases.source import Source, sources

    (source,) = sources([path], SUFFIXES)
    assert isinstance(source, Source)
    return source.open()


def settle(found: "Look", *, is_confirmed: bool, is_shown: bool) -> Settled:
    """Write what is to be written, and say so."""
    name = found.mapping.file
    if found.state == "remembered":
        return Settled((f"表头与已确认的对照「{name}」相同，用它，不另写。",))
    if is_shown:
        return Settled(() if found.state == "kept" else ("只看，没有写对照文件。",))
    if found.state == "new":
        _write(name, _text(found))
        points = [f"要定的：{'；'.join(found.points)}。"] if found.points else []
        said = [f"已写对照「{name}」。请打开核对、修改，再运行一次，加「--confirm」确认。", *points]
        refused = ["还没有人看过，没有确认。"] if is_confirmed else []
        return Settled((*said, *refused), Exit.WRONG if is_confirmed else Exit.FOUND)
    if found.state == "completed":
        return _complete(found, is_confirmed=is_confirmed)
    return _confirm(found) if is_confirmed else Settled(_standing(found))


def _complete(found: "Look", *, is_confirmed: bool) -> Settled:
    """The person's entries with what is new; the file as it was is kept beside it."""
    name = found.mapping.file
    kept = f"{name}.bak"
    Path(kept).write_bytes(Path(name).read_bytes())
    _write(name, _text(found))
    said = [f"已补全对照「{name}」（原来的另存为「{kept}」）：{'；'.join(found.changes)}。"]
    if is_confirmed:
        return Settled((*said, "新补的还没有人看过，没有确认；核对后再运行一次，加「--confirm」。"), Exit.WRONG)
    if not found.mapping.confirmed:
        return Settled((*said, "请核对新补的，再运行一次，加「--confirm」确认。"), Exit.FOUND)
    return Settled(tuple(said))


def _confirm(found: "Look") -> Settled:
    from checker.cases.ledger.mapping_text import confirmed_text
    from checker.cases.ledger.mapping_yaml import read_mapping

    name = found.mapping.file
    wrong = "；".join([*found.points, *([_UNDECLARED] if found.wrong else [])])
    if wrong:
        again = "已经确认过，而现在不能用" if found.mapping.confirmed else "还不能确认"
        return Settled((f"对照「{name}」{again}：{wrong}。",), Exit.WRONG)
    before = Path(name).read_text(encoding="utf-8-sig")
    text = confirmed_text(before, read_mapping(name))
    if text == before:
        return Settled((f"对照「{name}」已经确认过。",))
    _write(name, text)
    left = [head for sheet in found.mapping.sheets if sheet.read for head in sheet.unmapped]
    more = (f"没有对照的列{'、'.join(f'「{head}」' for head in left)}不读。",) if left else ()
    check = f"checker check {found.book.name} --rules 规则包 --as-of 填到的日期"
    return Settled((f"已确认对照「{name}」。现在可以用「{check}」检查。", *more))


def _standing(found: "Look") -> tuple[str, ...]:
    name = found.mapping.file
    wrong = [_UNDECLARED] if found.wrong else []
    if found.mapping.confirmed and not wrong:
        return (f"对照「{name}」已经确认，没有改动。",)
    points = f"还要定的：{'；'.join([*found.points, *wrong])}。" if found.points or wrong else ""
    if found.mapping.confirmed:
        return (f"对照「{name}」已经确认过，而现在不能用。{points}",)
    state = "确认以后又改过，改过的还没有确认" if found.mapping.edited else "还没有确认"
    return (f"对照「{name}」{state}。{points}核对后再运行一次，加「--confirm」。",)


def _text(found: "Look") -> str:
    from checker.cases.ledger.mapping_text import mapping_text

    return mapping_text(found.mapping, found.comments)


def _write(path: str, text: str) -> None:
    from checker.cli.output import results

    os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
    with results(path) as stream:
        stream.write(text)
