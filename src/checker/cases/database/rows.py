"""The rows of a table or query, streamed in an order that is the same every time, in a transaction that only reads."""

import datetime as dt
import re
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final, TypeAlias, TypeVar
from uuid import UUID

from checker.cases.columns import unknown_column
from checker.cases.database.address import address, engine_for, shown, without_secrets
from checker.cases.database.settings import Settings
from checker.cases.problems import Refusal, nearest, quoted, unread
from checker.cases.table import BrokenOffError, Cell, Row, Table, table, used
from checker.model.place import Place
from checker.model.vocabulary import Vocabulary

if TYPE_CHECKING:
    from sqlalchemy import Executable, FromClause, TextClause
    from sqlalchemy.engine import URL, Connection

    _From: TypeAlias = FromClause | TextClause

T = TypeVar("T")
_FETCHED: Final = 5_000
_SAID: Final = 300
"""Characters of what a database says."""
_COMMENTS: Final = re.compile(r"(?:\s+|--[^\n]*\n?|/\*.*?\*/)*", re.DOTALL)
_QUESTION: Final = re.compile(r"(?:select|with|values)\b|\(", re.IGNORECASE)
_WRITES: Final = re.compile(r"read[- ]?only|query_only", re.IGNORECASE)
_READ_ONLY: Final = {
    "postgresql": "set transaction read only",
    "sqlite": "pragma query_only = on",
    "mysql": "set session transaction read only",
    "mariadb": "set session transaction read only",
}
"""Whatever else is read from, nothing is ever committed."""


def _as_is(cell: Cell) -> Cell:
    return cell


_CELLS: Final[dict[type, Callable[..., Cell]]] = {
    **dict.fromkeys((type(None), str, bool, int, Decimal, dt.date, dt.datetime, dt.time), _as_is),
    float: lambda cell: Decimal(repr(cell)),  # what was written, not what was stored
    UUID: str,
}


@dataclass(frozen=True, slots=True)
class _Door:
    """A database, and the name of the file that names it."""

    url: "URL"
    name: str

    def refuse(self, refusal: Refusal, line: int | None = None) -> BrokenOffError:
        """The end of reading."""
        return BrokenOffError(unread(refusal, Place(file=self.name, line=line)))

    @contextmanager
    def told(self, code: str, message: str, help_text: str) -> Iterator[None]:
        """What the database will not do, in our words first."""
        from sqlalchemy.exc import SQLAlchemyError

        try:
            yield
        except SQLAlchemyError as error:
            said = str(getattr(error, "orig", None) or error).strip().partition("\n")[0]
            said = without_secrets(said, self.url)[:_SAID]
            if _WRITES.search(said):
                code, message, help_text = "query-writes", "查询要写数据库，没有执行", "只写读取数据的查询"
            raise self.refuse(Refusal(code, f"{message}（数据库说：{said}）", help=help_text)) from error


@contextmanager
def open_rows(settings: Settings, name: str, vocabulary: Vocabulary) -> Iterator[tuple[Table, Iterator[Row]]]:
    """The table and its rows, numbered from 1. BrokenOffError, there or among the rows, ends it."""
    try:
        import sqlalchemy  # noqa: F401 - only whether it is there
    except ImportError as error:
        lacking = Refusal("no-sqlalchemy", "读取数据库需要 SQLAlchemy", help="pip install checker[database]")
        raise BrokenOffError(unread(lacking, Place(file=name))) from error
    url = _or_broken(address(settings.url), name)
    engine = _or_broken(engine_for(url, settings.folder), name)
    door = _Door(url, name)
    with door.told("no-connection", f"连不上数据库「{shown(url)}」", "核对地址、账号、密码和网络"):
        connection = engine.connect()
    try:
        with door.told("bad-query", "数据库没有执行查询", "核对表名和查询的写法"):
            _only_read(connection)
            source = _source(settings, connection, door)
            header = _header(source, connection)
        found = _or_broken(table(header, name, settings.layout, vocabulary), name)
        unknown = next((column for column in settings.order if column not in header), None)
        if unknown is not None:
            raise door.refuse(unknown_column(unknown, header))
        with closing(_rows(connection, _query(source, found, settings.order), found, door)) as rows:
            yield found, rows
    finally:
        connection.invalidate()  # whatever was begun is given up, even where the other side is gone
        connection.close()
        engine.dispose()


def _or_broken(found: T | Refusal, name: str) -> T:
    """What was found, or the end of reading."""
    if isinstance(found, Refusal):
        raise BrokenOffError(unread(found, Place(file=name)))
    return found


def _only_read(connection: "Connection") -> None:
    statement = _READ_ONLY.get(connection.dialect.name)
    if statement is not None:
        connection.exec_driver_sql(statement)


def _source(settings: Settings, connection: "Connection", door: _Door) -> "_From":
    """What stands behind ``from``."""
    from sqlalchemy import inspect, text
    from sqlalchemy import table as named_table

    if settings.query:
        query = settings.query.rstrip("; \n\t")
        begin = _COMMENTS.match(query)
        if begin is None or not _QUESTION.match(query, begin.end()):
            message = f"「{quoted(query)}」不是读取数据的查询"
            raise door.refuse(Refusal("not-a-query", message, expected="以 select 或 with 开头"))
        return text("(" + query.replace(":", "\\:") + "\n) AS 案件的行")
    schema, _, name = settings.table.rpartition(".")
    inspector = inspect(connection)
    if not inspector.has_table(name, schema=schema or None):
        names = [*inspector.get_table_names(schema or None), *inspector.get_view_names(schema or None)]
        near = nearest(name, names)
        help_text = f"是不是「{near}」？" if near else f"有：{'、'.join(names[:20])}" if names else "核对库名和权限"
        raise door.refuse(Refusal("unknown-table", f"数据库里没有「{settings.table}」这个表", help=help_text))
    return named_table(name, schema=schema or None)


def _header(source: "_From", connection: "Connection") -> Sequence[str]:
    from sqlalchemy import false, select, text

    return list(connection.execute(select(text("*")).select_from(source).where(false())).keys())


def _query(source: "_From", found: Table, order: Sequence[str]) -> "Executable":
    """Case by case, within a case as asked for; the rest of the columns only so that ties fall the same every time."""
    from sqlalchemy import column, select

    wanted = [found.header[n] for n in used(found)]
    by = dict.fromkeys((found.header[found.roles["case"]], *order, *wanted))
    return select(*map(column, wanted)).select_from(source).order_by(*map(column, by))


def _rows(connection: "Connection", query: "Executable", found: Table, door: _Door) -> Generator[Row]:
    with door.told("bad-query", "数据库没有执行查询", "核对表名和查询的写法"):
        result = connection.execution_options(stream_results=True, yield_per=_FETCHED).execute(query)
    number = 0
    try:
        while True:
            with door.told("broken-off", f"读了 {number} 行以后中断，后面的读不出来", "排除原因后重新运行"):
                some = result.fetchmany(_FETCHED)
            if not some:
                return
            for number, cells in enumerate(some, number + 1):  # noqa: B020
                yield number, _row(cells, found, door, number)
    finally:
        result.close()


def _row(cells: Sequence[Cell], found: Table, door: _Door, number: int) -> Sequence[Cell]:
    row: list[Cell] = [None] * found.width
    for n, cell in zip(used(found), cells, strict=True):
        take = _CELLS.get(type(cell))
        if take is None:
            message = f"列「{found.header[n]}」的类型 {type(cell).__name__} 不能读取"
            raise door.refuse(Refusal("nested-column", message, expected="文字、数、日期、是否的平列"), number)
        row[n] = take(cell)
    return row
