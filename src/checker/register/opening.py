"""The way into a register: an SQLite file by its path, any other database by its address."""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from checker.cases.database.address import address, engine_for, shown, without_secrets
from checker.cases.problems import Refusal
from checker.model.diagnostic import DataError, Diagnostic

if TYPE_CHECKING:
    from sqlalchemy.engine import URL, Connection, Engine

PATIENCE: Final = 10
"""Seconds to wait for another program that is writing."""

_LOCK: Final = 7_240_611_913
"""Names our lock among those of a PostgreSQL database."""

_SNAPSHOT: Final = {"sqlite": "begin", "postgresql": "set transaction isolation level repeatable read, read only"}
"""Whatever is read is as of one moment, though somebody writes meanwhile."""

_SAID: Final = 200


@dataclass(frozen=True, slots=True)
class Register:
    """Where a register is; nothing is opened yet. ``name`` is fit to be shown, ``path`` is None beyond SQLite."""

    name: str
    path: Path | None
    url: "URL"

    def error(self, code: str, message: str, help_text: str = "") -> DataError:
        """A message about this register."""
        meanwhile = "登记册没有改动"
        return DataError((Diagnostic(code=code, message=message, help=help_text, meanwhile=meanwhile),))


def register_at(where: str) -> Register:
    """The register at a path or an address (``postgresql+psycopg://…``, with ``${NAME}`` for the environment)."""
    try:
        from sqlalchemy.engine import URL
    except ImportError as error:
        needs = "登记册需要 SQLAlchemy"
        lacking = Diagnostic(code="no-sqlalchemy", message=needs, help="pip install 'checker[database]'")
        raise DataError((lacking,)) from error
    if "://" not in where and not where.startswith("${"):
        return Register(where, Path(where), URL.create("sqlite", database=where))
    url = address(where)
    if isinstance(url, Refusal):
        raise DataError((Diagnostic(code=url.code, message=url.message, expected=url.expected, help=url.help),))
    if url.get_backend_name() == "sqlite":
        return Register(str(url.database), Path(url.database or ""), url)
    return Register(shown(url), None, url)


@contextmanager
def reading(register: Register) -> Iterator["Connection"]:
    """A connection that writes nothing."""
    if register.path is not None and not register.path.is_file():
        raise _absent(register)
    with _connected(register, _reader) as connection:
        if (begin := _SNAPSHOT.get(connection.dialect.name)) is not None:
            connection.exec_driver_sql(begin)
        _look(register, connection, is_new_allowed=False)
        yield connection


@contextmanager
def changing(register: Register, is_new_allowed: bool = False) -> Iterator["Connection"]:
    """A connection whose changes are kept all or not at all; nobody else writes meanwhile."""
    _refuse_path(register, is_new_allowed)
    with _connected(register, _writer) as connection:
        _begin(register, connection)
        _look(register, connection, is_new_allowed)
        yield connection
        connection.commit()


def is_there(register: Register) -> bool:
    """Whether there is a register yet; DataError where something else is in its place."""
    _refuse_path(register, is_new_allowed=True)
    if register.path is not None and (not register.path.exists() or register.path.stat().st_size == 0):
        return False
    with _connected(register, _reader) as connection:
        return _look(register, connection, is_new_allowed=True, makes=False)


def _absent(register: Register) -> DataError:
    help_text = "核对路径；第一次登记用 checker check … --register FILE"
    return register.error("no-register", f"找不到登记册「{register.name}」", help_text)


def _refuse_path(register: Register, is_new_allowed: bool) -> None:
    path = register.path
    if path is None:
        return
    if path.is_dir():
        raise register.error("register-unreadable", f"登记册「{register.name}」是文件夹，不是文件")
    if not path.exists() and not is_new_allowed:
        raise _absent(register)
    if not path.parent.is_dir():
        raise register.error("register-unwritable", f"登记册「{register.name}」所在的文件夹不存在", "先建文件夹")
    if not os.access(path if path.exists() else path.parent, os.W_OK):
        raise register.error("register-read-only", f"登记册「{register.name}」不能写", "核对权限，或者换一个位置")


@contextmanager
def _connected(register: Register, engine_of: Callable[[Register], "Engine"]) -> Iterator["Connection"]:
    from sqlalchemy.exc import SQLAlchemyError

    try:
        engine = engine_of(register)
        with engine.connect() as connection:
            yield connection
    except SQLAlchemyError as error:
        raise _told(register, error) from error


def _reader(register: Register) -> "Engine":
    return _engine(register, "ro") if register.path is not None else _other(register)


def _writer(register: Register) -> "Engine":
    return _engine(register, "rwc") if register.path is not None else _other(register)


def _engine(register: Register, mode: str) -> "Engine":
    from sqlalchemy import create_engine
    from sqlalchemy.pool import NullPool

    assert register.path is not None
    place = f"file:{quote(str(register.path.absolute()))}?mode={mode}"
    # Without an isolation level of the driver's own, BEGIN is ours to say.
    return create_engine(
        "sqlite://",
        creator=lambda: sqlite3.connect(place, uri=True, timeout=PATIENCE, isolation_level=None),
        poolclass=NullPool,
    )


def _other(register: Register) -> "Engine":
    engine = engine_for(register.url, "")
    if isinstance(engine, Refusal):
        raise DataError((Diagnostic(code=engine.code, message=engine.message, help=engine.help),))
    return engine


def _begin(register: Register, connection: "Connection") -> None:
    if register.path is not None:
        connection.exec_driver_sql("begin immediate")
        damage = connection.exec_driver_sql("pragma quick_check(1)").scalar()
        if damage != "ok":
            raise _damaged(register)
    elif connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"set local lock_timeout = '{PATIENCE}s'")
        connection.exec_driver_sql(f"select pg_advisory_xact_lock({_LOCK})")


def _look(register: Register, connection: "Connection", is_new_allowed: bool, makes: bool = True) -> bool:
    """Whether the tables are there and are ours; made where they may be and are not."""
    from sqlalchemy import inspect, select

    from checker.register.schema import FORMAT, about

    names = inspect(connection).get_table_names()
    if about.name not in names:
        if not is_new_allowed:
            raise register.error("no-register", f"「{register.name}」里没有登记册", "核对路径或者地址")
        if names and register.path is not None:
            message = f"「{register.name}」是别的程序的数据库，不是登记册"
            raise register.error("not-a-register", message, "换一个文件名")
        if makes:
            _make(connection)
        return False
    found = connection.execute(select(about.c.value).where(about.c.name == "format")).scalar()
    if found != str(FORMAT):
        message = f"登记册「{register.name}」的格式是 {found}，本程序只认得 {FORMAT}"
        raise register.error("register-format", message, "换用写它的那一版程序，或者更新的一版")
    return True


def _make(connection: "Connection") -> None:
    from sqlalchemy import insert

    from checker.register.schema import FORMAT, about, tables

    tables.create_all(connection)
    connection.execute(insert(about), [{"name": "format", "value": str(FORMAT)}])


def _damaged(register: Register) -> DataError:
    message = f"登记册「{register.name}」已经损坏，或者不是登记册"
    return register.error("register-damaged", message, "用备份换回；没有备份的，换一个文件名重新登记")


def _told(register: Register, error: Exception) -> DataError:
    """What a database will not do, in our words first."""
    said = str(getattr(error, "orig", None) or error).strip().partition("\n")[0]
    said = without_secrets(said, register.url)[:_SAID]
    low = said.lower()
    if "not a database" in low or "malformed" in low:
        return _damaged(register)
    if "database is locked" in low or "lock timeout" in low:
        message = f"另一个程序正在写登记册「{register.name}」，等了 {PATIENCE} 秒"
        return register.error("register-in-use", message, "等它办完再运行")
    if "readonly" in low or "read-only" in low or "unable to open" in low:
        return register.error("register-read-only", f"登记册「{register.name}」不能写", "核对权限，或者换一个位置")
    if "disk is full" in low or "database or disk" in low:
        return register.error("register-full", f"写不了登记册「{register.name}」：磁盘已满", "腾出空间")
    message = f"登记册「{register.name}」的数据库说：{said}"
    return register.error("register-database", message, "核对地址、账号、密码和网络")
