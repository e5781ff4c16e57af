"""Whether a chain of lines is as it was written, and where not."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from checker.calendars.unreadable import reason
from checker.host.chain import FORMAT, Entry, digest_of, read_line
from checker.model.diagnostic import DataError, Diagnostic


class Chain(NamedTuple):
    """The lines of a record: the entry of each, None where a line is none. ``rest`` counts bytes after the last end."""

    lines: tuple[Entry | None, ...]
    rest: int

    @property
    def head(self) -> str:
        """The hash of the last line; what is kept elsewhere."""
        last = self.lines[-1] if self.lines else None
        return str(last.get("hash", "")) if last is not None else ""


class Fault(NamedTuple):
    """What is wrong at a line, which counts from 1; 0 is the file as a whole."""

    line: int
    what: str


def read_chain(path: str) -> Chain:
    """The lines of a file; DataError where it cannot be read, or no line of it is ours."""
    try:
        whole = Path(path).read_bytes()
    except OSError as error:
        message = f"读不了检查记录「{path}」：{reason(error)}"
        raise DataError((Diagnostic(code="record-unreadable", message=message, help="核对路径和权限"),)) from error
    *lines, rest = whole.split(b"\n")
    found = tuple(read_line(line) for line in lines)
    last = read_line(rest) if rest else None
    if last is not None and last.get("hash") == digest_of(last):  # only the end of the line is missing
        found, rest = (*found, last), b""
    if not any(entry is not None for entry in found) and (found or not rest.startswith(b"{")):
        raise DataError((Diagnostic(code="not-a-record", message=f"「{path}」不是检查记录"),))
    _refuse_newer(path, found)
    return Chain(found, len(rest))


def _refuse_newer(path: str, entries: Sequence[Entry | None]) -> None:
    for entry in entries:
        found = entry.get("format") if entry is not None and entry.get("hash") == digest_of(entry) else None
        if isinstance(found, int) and found > FORMAT:
            message = f"检查记录「{path}」的格式是 {found}，本程序只认得 {FORMAT}"
            raise DataError((Diagnostic(code="record-format", message=message, help="换用更新的一版程序"),))


def faults(chain: Chain, head: str | None = None) -> tuple[Fault, ...]:
    """Everything that does not fit, by line. ``head`` is a hash that was kept elsewhere."""
    found = [*_of_lines(chain.lines), *_of_links(chain.lines)]
    if chain.rest:
        what = f"没有写完（{chain.rest}字节），不算一次检查；下次记录时移到旁边的文件里"
        found.append(Fault(len(chain.lines) + 1, what))
    if head is not None and position_of(chain, head) is None:
        what = f"没有一行的摘要是 {head}：末尾删去过行，或者整个记录重写过"
        found.append(Fault(0, what))
    return tuple(sorted(found, key=lambda fault: fault.line))


def position_of(chain: Chain, head: str) -> int | None:
    """The number of the line whose hash, as it is now, begins so."""
    for place, entry in enumerate(chain.lines, 1):
        if entry is not None and digest_of(entry) == entry.get("hash") and digest_of(entry).startswith(head):
            return place
    return None


def _of_lines(lines: Sequence[Entry | None]) -> Iterator[Fault]:
    for place, entry in enumerate(lines, 1):
        if entry is None:
            yield Fault(place, "不是检查记录的一行：改动过，或者是插进来的")
        elif entry.get("hash") != digest_of(entry):
            yield Fault(place, "内容与自己的摘要不符：改动过")


def _of_links(lines: Sequence[Entry | None]) -> Iterator[Fault]:
    """Each line must name the hash of the one before; where it does not, what it names tells what happened."""
    places = {entry.get("hash"): place for place, entry in enumerate(lines, 1) if entry is not None}
    for place, entry in enumerate(lines, 1):
        if entry is None:
            continue
        before = lines[place - 2] if place > 1 else None
        wanted = before.get("hash") if before is not None else ""
        named = entry.get("previous")
        if named == wanted and (place == 1 or before is not None):
            continue
        yield Fault(place, _broken(lines, place, named, places.get(named)))


def _broken(lines: Sequence[Entry | None], place: int, named: object, origin: int | None) -> str:
    if named == "":
        return "写的是第一行，却不在开头：次序换过，或者前面的行是插进来的"
    if origin is not None and origin < place:
        between = f"第 {origin + 1} 行" if origin + 2 == place else f"第 {origin + 1} 至 {place - 1} 行"
        return f"接的是第 {origin} 行：中间的{between}是插进来的，或者次序换过"
    if origin is not None:
        return f"接的是第 {origin} 行：次序换过"
    lost = _lost(lines, place)
    if place == 1:
        return f"前面删去了{lost or '行'}"
    if lost:
        return f"与第 {place - 1} 行接不上：中间删去了{lost}"
    return f"与第 {place - 1} 行接不上：第 {place - 1} 行整行换过"


def _lost(lines: Sequence[Entry | None], place: int) -> str:
    """How many lines are missing before one, by its number; empty where the numbers follow each other."""
    entry, before = lines[place - 1], lines[place - 2] if place > 1 else None
    number = entry.get("number") if entry is not None else None
    earlier = before.get("number") if before is not None else place - 1
    if not isinstance(number, int) or not isinstance(earlier, int):
        return "行"
    return f" {number - earlier - 1} 行" if number > earlier + 1 else "行" if number != earlier + 1 else ""
