"""The address of a database: environment variables filled in, passwords never shown."""

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from checker.cases.problems import Refusal

if TYPE_CHECKING:
    from sqlalchemy.engine import URL, Engine

_VARIABLE: Final = re.compile(r"\$\{(\w+)\}")
_EXAMPLE: Final = "postgresql+psycopg://账号:${DB_PASSWORD}@主机/数据库，或 sqlite:///文件.sqlite"
_DRIVERS: Final = {"psycopg": "psycopg[binary]", "MySQLdb": "mysqlclient"}


class _UnsetError(Exception):
    """An environment variable that is not there."""


def address(text: str) -> "URL | Refusal":
    """The address that a text gives."""
    from sqlalchemy.engine import make_url
    from sqlalchemy.exc import ArgumentError

    try:
        # The parts are filled in after they were told apart: a password may hold any character.
        url = make_url(_filled(text) if _VARIABLE.fullmatch(text) else text)
        return url.set(
            username=_filled(url.username or "") or None,
            password=_filled(str(url.password or "")) or None,
            host=_filled(url.host or "") or None,
            database=_filled(url.database or "") or None,
            query={name: _filled(value) if isinstance(value, str) else value for name, value in url.query.items()},
        )
    except _UnsetError as unset:
        return Refusal("unset-variable", f"地址里的环境变量「{unset}」没有设定", help="设定以后再运行")
    except (ArgumentError, ValueError):
        return Refusal("bad-url", "数据库的地址不合写法", expected=_EXAMPLE)


def _filled(text: str) -> str:
    return _VARIABLE.sub(_value, text)


def _value(found: re.Match[str]) -> str:
    value = os.environ.get(found[1])
    if value is None:
        raise _UnsetError(found[1])
    return value


def shown(url: "URL") -> str:
    """The address without anything secret."""
    return url.set(query={}).render_as_string(hide_password=True)


def without_secrets(text: str, url: "URL") -> str:
    """What a database said, in case it repeats the password."""
    secrets = [str(url.password or ""), *(str(value) for value in url.query.values())]
    for secret in secrets:
        if secret:
            text = text.replace(secret, "***").replace(quote(secret, safe=""), "***")
    return text


def engine_for(url: "URL", folder: str) -> "Engine | Refusal":
    """The way into a database, not yet connected. The path of an SQLite file starts at the folder."""
    from sqlalchemy import create_engine
    from sqlalchemy.exc import NoSuchModuleError
    from sqlalchemy.pool import NullPool

    try:
        if url.get_backend_name() == "sqlite":
            return _sqlite(url, folder)
        return create_engine(url, poolclass=NullPool)
    except ModuleNotFoundError as error:
        package = _DRIVERS.get(str(error.name), str(error.name))
        return Refusal("no-driver", f"缺少这种数据库的驱动程序「{error.name}」", help=f"pip install '{package}'")
    except NoSuchModuleError:
        return Refusal("bad-url", f"不认识数据库的种类「{url.drivername}」", expected=_EXAMPLE)


def _sqlite(url: "URL", folder: str) -> "Engine | Refusal":
    """SQLite would make a file that is not there, and write where it is asked to."""
    import sqlite3

    from sqlalchemy import create_engine
    from sqlalchemy.pool import NullPool

    path = Path(folder, url.database or "")
    if not path.is_file():
        return Refusal("no-such-file", f"找不到数据库文件「{path}」", help="路径从写地址的文件所在的文件夹算起")
    place = f"file:{quote(str(path.absolute()))}?mode=ro"
    return create_engine("sqlite://", creator=lambda: sqlite3.connect(place, uri=True), poolclass=NullPool)
