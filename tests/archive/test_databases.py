"""Event tables in databases: SQLite here, PostgreSQL where it is installed."""

import datetime as dt
import sqlite3
import sys
import tempfile
from decimal import Decimal
from importlib.util import find_spec
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from archive.event_tables import VOCABULARY, by_rows, in_portions, tables
from archive.postgres import LACKING, programs, server, short_folder
from checker.cases.columns import Layout
from checker.cases.database import rows as database_rows
from checker.cases.formats import Setup as FormatSetup
from checker.cases.formats.database import opened
from checker.cases.portions import Setup, portions
from checker.cases.problems import BadCase
from checker.cases.reading import ReadOptions, read_cases
from checker.cases.table import BrokenOffError
from equality.budget import budget

SECRET = "p@ss/word"


def named(folder, text, name="t.database"):
    path = Path(folder) / name
    path.write_text(text, encoding="utf-8")
    return path


def sqlite_table(folder, names, rows, table="事件"):
    path = Path(folder) / "t.sqlite"
    quoted = [f'"{name}"' for name in names]
    with sqlite3.connect(path) as database:
        database.execute(f'create table "{table}" ({", ".join(quoted)})')
        database.executemany(f'insert into "{table}" values ({", ".join("?" * len(names))})', rows)
    database.close()
    return path


SETTINGS = st.sampled_from(
    (
        "",
        "次序: 序\n",
        "次序: [序]\n时区: Asia/Shanghai\n案件属性: {源: 来源, 标的: 标的}\n",
        "查询: select * from 事件 where 行为 <> '协调会'\n次序: 序\n"
        "行为: {登记: 登记, 交办: 交办, 审批: 审批}\n忽略: [备注]\n",
    )
)
OTHERS = st.sampled_from((1, 2.5, -0.0, None, b"\\x00", 10**17, "", "甲"))


@given(tables(), SETTINGS, st.data())
@budget(30)
def test_a_table_in_sqlite_gives_the_same_both_ways(table, text, data):
    names, rows = table
    rows = [[n, *one] for n, one in enumerate(rows)]
    for _ in range(data.draw(st.sampled_from((0, 0, 1, 3))) if rows else 0):
        rows[data.draw(st.integers(0, len(rows) - 1))][data.draw(st.integers(1, len(names)))] = data.draw(OTHERS)
    with tempfile.TemporaryDirectory() as folder:
        sqlite_table(folder, ("序", *names), rows)
        path = named(folder, ("" if "查询" in text else "表: 事件\n") + "地址: sqlite:///t.sqlite\n" + text)
        found = in_portions(path, Layout(time_zone="Europe/Rome"))
        assert found == by_rows(path, Layout(time_zone="Europe/Rome"))


def read(path, **options):
    return list(read_cases([str(path)], VOCABULARY, ReadOptions(**options)))


def diagnostics(items):
    return [one for item in items if isinstance(item, BadCase) for one in item.diagnostics]


def refused(folder, text, **options):
    """The code of the only thing that comes of such a file, by rows and in portions, and what is said."""
    path = named(folder, text)
    (said,) = diagnostics(read(path, **options))
    (again,) = portions([str(path)], Setup(VOCABULARY, ReadOptions(**options)))
    assert isinstance(again, BadCase)
    assert again.diagnostics == (said,)
    assert said.at.file == str(path)
    return said


ROWS = [("B", "登记", "2024-03-05", 2), ("A", "登记", "2024-03-05", 1), ("B", "协调会", "2024-03-04", 1)]


@pytest.fixture(autouse=True)
def sqlite(tmp_path):
    return sqlite_table(tmp_path, ("案号", "环节", "日子", "流水"), ROWS)


COLUMNS = "列: {案件: 案号, 行为: 环节, 日期: 日子}\n"
FILE = "地址: sqlite:///t.sqlite\n表: 事件\n" + COLUMNS


def test_rows_come_case_by_case_in_the_order_asked_for(tmp_path):
    first, second = read(named(tmp_path, FILE + "次序: 流水\n"))
    assert [(e.act, e.place.line) for e in second.events] == [("协调会", 2), ("登记", 3)]
    assert (first.id, second.id, second.ordered) == ("A", "B", True)


def test_without_an_order_that_of_a_day_is_not_known(tmp_path):
    assert [case.ordered for case in read(named(tmp_path, FILE))] == [False, False]


def test_the_layout_of_the_command_serves_a_file_without_one(tmp_path):
    path = named(tmp_path, "url: sqlite:///t.sqlite\ntable: 事件\norder: 流水\n")
    layout = Layout(columns={"case": "案号", "act": "环节", "date": "日子"})
    assert [case.id for case in read(path, layout=layout)] == ["A", "B"]


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        ("- 1", "wrong-shape", "数据库文件"),
        ("表: 事件", "missing-url", "地址"),
        ("地址: sqlite:///t.sqlite", "no-table", "查询"),
        ("地址: sqlite:///t.sqlite\n表: 事件\n查询: select 1", "no-table", "之一"),
        ("地址: sqlite:///t.sqlite\n表: 事件\n编码: gb18030", "unknown-key", "编码"),
        ("地址: sqlite:///t.sqlite\n表: [事件]\n查询: select 1", "wrong-type", "表"),
        (FILE + "有序: 是\n", "missing-order", "次序"),
        ("地址: sqlite:///u.sqlite\n表: 事件\n", "no-such-file", "u.sqlite"),
        ("地址: 一个数据库\n表: 事件\n", "bad-url", "sqlite:///"),
        ("地址: oracel://x/y\n表: 事件\n", "bad-url", "oracel"),
        ("地址: mysql+nosuchdriver://x/y\n表: 事件\n", "bad-url", "nosuchdriver"),
        ("地址: ${没有这个变量}\n表: 事件\n", "unset-variable", "没有这个变量"),
        ("地址: sqlite:///t.sqlite\n表: 事什\n", "unknown-table", "是不是「事件」"),
        ("地址: sqlite:///t.sqlite\n表: 事件\n", "missing-column", "case=案号"),
        (FILE.replace("日子", "日期"), "unknown-column", "日期"),
        (FILE + "次序: 水流\n", "unknown-column", "水流"),
        ("地址: sqlite:///t.sqlite\n查询: select 案号 from 人\n", "bad-query", "no such table"),
        ("地址: sqlite:///t.sqlite\n查询: delete from 事件\n", "not-a-query", "select"),
        ("地址: sqlite:///t.sqlite\n查询: with x as (select 1) delete from 事件\n", "bad-query", "syntax"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_reason(sqlite, tmp_path, text, code, words):
    before = sqlite.read_bytes()
    said = refused(tmp_path, text)
    assert said.code == code
    assert words in f"{said.message}{said.expected}{said.help}"
    assert sqlite.read_bytes() == before


def test_a_file_that_is_no_database(tmp_path):
    (tmp_path / "t.sqlite").write_text("案件,行为,日期\n" * 100)
    assert refused(tmp_path, FILE).code == "bad-query"


def test_columns_that_hold_no_cells_are_named(tmp_path):
    sqlite_table(tmp_path, ("案件", "行为", "日期"), [("A", b"x", "2024-03-05")], "字节")
    said = refused(tmp_path, "地址: sqlite:///t.sqlite\n表: 字节\n")
    assert (said.code, said.at.line) == ("nested-column", 1)
    assert "「行为」的类型 bytes" in said.message


def test_the_driver_that_lacks_is_named(tmp_path):
    if find_spec("MySQLdb"):
        pytest.skip("驱动程序 MySQLdb 在，测不到缺少它的提示")
    said = refused(tmp_path, "地址: mysql://x/y\n表: 事件\n")
    assert (said.code, said.help) == ("no-driver", "pip install 'mysqlclient'")


def test_without_sqlalchemy(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "sqlalchemy", None)
    said = refused(tmp_path, FILE)
    assert (said.code, said.help) == ("no-sqlalchemy", "pip install checker[database]")


@pytest.fixture(scope="session")
def postgres():
    if programs() is None or find_spec("psycopg") is None:
        pytest.skip(LACKING)
    with short_folder() as folder, server(folder) as started:
        yield started


@pytest.fixture
def schema(postgres):
    """A fresh database for each test."""
    engine = sa.create_engine(postgres.url, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
    with engine.connect() as connection:
        connection.exec_driver_sql("drop schema public cascade")
        connection.exec_driver_sql("create schema public")
        yield connection


TYPES = """
create table "事件" (
    id bigint generated always as identity, "案件" text, "行为" varchar(20), "日期" timestamptz, "主体" text,
    "金额" numeric(12, 2), "在押" boolean, "交邮日" date, "说明" uuid, "附件" bytea);
insert into "事件" ("案件", "行为", "日期", "主体", "金额", "在押", "交邮日", "说明") values
    ('B', '交办', '2024-03-05 20:00+00', '政法委', 1.50, true, '2024-03-06', null),
    ('A', '登记', '2024-03-05 09:30+08', null, null, null, null, null),
    ('B', '登记', null, '政法委、承办人', null, null, null, null),
    ('C', '交办', '2024-03-07 00:00+08', null, 0.1, false, null, '6f9619ff-8b86-d011-b42d-00cf4fc964ff');
"""


def pg_file(folder, server, rest, **given):
    return named(folder, f"url: {server.url}\n{rest}", **given)


def test_types_of_postgresql(postgres, schema, tmp_path):
    schema.exec_driver_sql(TYPES)
    path = pg_file(tmp_path, postgres, "table: public.事件\norder: id\ntime_zone: Asia/Shanghai\n")
    a, b, c = read(path)
    assert [(e.date, e.time) for e in (*a.events, *b.events)] == [
        (dt.date(2024, 3, 5), dt.time(9, 30)),
        (dt.date(2024, 3, 6), dt.time(4, 0)),
        (None, None),
    ]
    assert b.events[0].attributes == {"金额": Decimal("1.50"), "在押": True, "交邮日": dt.date(2024, 3, 6)}
    assert str(b.events[0].attributes["金额"]) == "1.50"
    assert b.events[1].actors == ("政法委", "承办人")
    assert c.events[0].attributes["说明"] == "6f9619ff-8b86-d011-b42d-00cf4fc964ff"
    assert in_portions(path, Layout()) == by_rows(path, Layout())


def test_instants_need_a_zone(postgres, schema, tmp_path):
    schema.exec_driver_sql(TYPES)
    items = read(pg_file(tmp_path, postgres, "table: 事件\n"))
    assert {one.code for one in diagnostics(items)} == {"offset-without-zone"}
    assert len(items) == 3


@pytest.mark.parametrize(
    ("rest", "code"),
    [
        ("table: 事什\n", "unknown-table"),
        ("query: select 案件, 行为 from 事件\n", "missing-column"),
        ("query: select 案件, 行为, 附件 as 日期 from 事件\n", "wrong-type"),
        ("query: selec 1\n", "not-a-query"),
        ("query: select pg_sleep('x')\n", "bad-query"),
        ("query: select nextval('\"事件_id_seq\"') as 案件, 行为, 日期 from 事件\n", "query-writes"),
        ('query: select 1) as x; drop table "事件"; --\n', "bad-query"),
        ("query: select 案件, 行为, 日期, 1/(id-3) as 金额 from 事件\n", "bad-query"),
    ],
)
def test_what_postgresql_refuses(postgres, schema, tmp_path, rest, code):
    schema.exec_driver_sql(TYPES)
    path = pg_file(tmp_path, postgres, rest)
    if code == "wrong-type":
        assert [case.id for case in read(path)] == ["A", "B", "C"]  # all dates are null
    else:
        assert refused(tmp_path, path.read_text("utf-8")).code == code
    assert schema.exec_driver_sql('select count(*) from "事件"').scalar() == 4


def test_percent_signs_colons_and_comments_in_a_query(postgres, schema, tmp_path):
    schema.exec_driver_sql(TYPES)
    query = """query: |
      -- 只看登记
      select 案件, 行为, 日期::date as 日期 from 事件
      where 行为 like '登%' and ':x' <> '12:30' --;
"""
    cases = read(pg_file(tmp_path, postgres, query))
    assert [(case.id, len(case.events), case.events[0].date) for case in cases] == [
        ("A", 1, dt.date(2024, 3, 5)),
        ("B", 1, None),
    ]


def test_no_connection_and_no_password_in_what_is_said(postgres, tmp_path, monkeypatch):
    monkeypatch.setenv("库的密码", SECRET)
    text = f"url: postgresql+psycopg://tester:${{库的密码}}@/nosuch?host={postgres.folder}\ntable: 事件\n"
    said = refused(tmp_path, text)
    assert said.code == "no-connection"
    assert "nosuch" in said.message
    assert "***" in said.message
    plain = refused(tmp_path, "url: postgresql+psycopg://x:p%40ss%2Fword@127.0.0.1:1/y\ntable: 事件\n")
    assert plain.code == "no-connection"
    for one in (said, plain):
        assert SECRET not in str(one)
        assert "p%40ss%2Fword" not in str(one)


LOST = "select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and state <> ''"


def test_a_connection_lost_in_the_middle(postgres, schema, tmp_path, monkeypatch):
    monkeypatch.setattr(database_rows, "_FETCHED", 50)
    schema.exec_driver_sql('create table "事件" ("案件" text, "行为" text, "日期" date)')
    schema.exec_driver_sql("insert into \"事件\" select n / 4, '登记', '2024-03-05' from generate_series(1, 100000) n")
    path = pg_file(tmp_path, postgres, "table: 事件\n")
    read = []

    def until_lost():
        with path.open("rb") as stream, opened(stream, str(path), FormatSetup(Layout(), VOCABULARY)) as (_, rows):
            for number, _cells in rows:
                read.append(number)
                if number == 120:
                    schema.exec_driver_sql(LOST)

    with pytest.raises(BrokenOffError) as error:
        until_lost()
    (said,) = error.value.bad.diagnostics
    assert said.code == "broken-off"
    assert f"读了 {len(read)} 行以后中断" in said.message
    assert 120 <= len(read) < 100_000
