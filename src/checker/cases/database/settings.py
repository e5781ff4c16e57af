"""The file that names a table or query of a database (YAML) to settings."""

from pathlib import Path as FilePath
from typing import BinaryIO, Final

from checker.cases.columns import Layout
from checker.cases.fields import Fields, as_list, structural
from checker.cases.mapping_file import KEYS as LAYOUT
from checker.cases.mapping_file import layout_of
from checker.cases.problems import BadCase, Problems, Refusal, named, unread
from checker.cases.record import RawRecord
from checker.cases.table import BrokenOffError
from checker.cases.yaml_documents import read_documents
from checker.model.node import Node
from checker.model.place import Place

KEYS: Final = {"url": "地址", "table": "表", "query": "查询", "order": "次序"}
_OF_FILES: Final = ("encoding", "delimiter", "grouped")


class Settings(Node):
    """Where the rows are. One of ``table`` and ``query`` is empty.

    ``url`` as SQLAlchemy writes it, with ``${NAME}`` for environment variables; paths start at ``folder``. ``order``
    are the columns that say in what order the rows of a case were recorded.
    """

    url: str
    folder: str
    table: str
    query: str
    order: tuple[str, ...]
    layout: Layout


def read_settings(stream: BinaryIO, name: str, otherwise: Layout) -> Settings:
    """The settings of an open file; BrokenOffError with all its problems.

    A file without a layout of its own takes ``otherwise``, that of the command.
    """
    documents = list(read_documents(stream, name))
    if len(documents) != 1:
        raise BrokenOffError(unread(Refusal("wrong-shape", "数据库文件应只有一份内容"), Place(file=name)))
    (record,) = documents
    if isinstance(record, BadCase):
        raise BrokenOffError(record)
    problems = Problems(record.locate)
    settings = _settings(record, name, otherwise, problems)
    if settings is None or problems.total:
        left_out = tuple(one.model_copy(update={"meanwhile": "这个数据库未读入，其余照常"}) for one in problems.all())
        raise BrokenOffError(BadCase(None, Place(file=name), left_out))
    return settings


def _settings(record: RawRecord, name: str, otherwise: Layout, problems: Problems) -> Settings | None:
    if not isinstance(record.data, dict):
        problems.add(Refusal("wrong-shape", f"数据库文件应是一组「项: 值」，现为{named(record.data)}"), ())
        return None
    known = {key: alias for key, alias in LAYOUT.items() if key not in _OF_FILES}
    given = structural(record.data, KEYS | known, (), problems, "数据库文件")
    texts = {key: _text(given, key, problems) for key in ("url", "table", "query")}
    if not texts["url"]:
        problems.add(Refusal("missing-url", "没有写数据库的地址", expected="url（地址）"), ())
    if bool(texts["table"]) == bool(texts["query"]):
        problems.add(
            Refusal("no-table", "应写明读哪个表，或者一条查询", expected="table（表）或 query（查询）之一"), ()
        )
    order = tuple(str(column) for column in as_list(given["order"][0])) if "order" in given else ()
    own = any(key in given for key in known)
    return Settings(
        folder=str(FilePath(name).parent),
        order=order,
        layout=_ordered(layout_of(given, problems) if own else otherwise, given, order, problems),
        **texts,
    )


def _ordered(layout: Layout, given: Fields, order: tuple[str, ...], problems: Problems) -> Layout:
    """A database has no order of its own: without one that is asked for, that of a day is not known."""
    if "ordered" in given and layout.ordered and not order:
        lacking = Refusal(
            "missing-order", "写了有序，没有写按哪些列排先后", expected="order（次序），如流水号、登记时间"
        )
        problems.add(lacking, given["ordered"][1], given["ordered"][0])
    return layout.model_copy(update={"ordered": layout.ordered and bool(order), "grouped": False})


def _text(given: Fields, key: str, problems: Problems) -> str:
    raw, path = given.get(key, ("", ()))
    if isinstance(raw, str):
        return str(raw).strip()
    problems.add(Refusal("wrong-type", f"{KEYS[key]}应是文字，现为{named(raw)}"), path, raw)
    return ""
