"""Registers in SQLite files and in PostgreSQL: runs, decisions, whole exports; and everything a file can be instead."""

import json
import os
import sqlite3
import subprocess
import sys
import textwrap
from importlib.util import find_spec
from pathlib import Path

import pytest
import sqlalchemy as sa

from archive.postgres import LACKING, programs, server, short_folder
from checker.model.diagnostic import DataError
from checker.model.naming import finding_id
from checker.register import opening
from checker.register.entries import entries, everything, reconciliation
from checker.register.exporting import lines
from checker.register.opening import changing, is_there, reading, register_at
from checker.register.reconciling import What
from checker.register.recording import record, watched_ids
from checker.register.schema import observations, runs
from checker.register.setting import Decision, decide
from checker.register.statuses import Status
from register.making import case, day, finding, recorded, seen

A = finding_id(case("A"), finding("A"))
TODAY = day("12-31")


def told(register, number=None):
    number = number or everything(register).runs[-1].number
    return {entry.case_id: one.what for entry, one in reconciliation(register, number).said}


def decision(status, on="04-01", by="法制科", **more):
    return Decision(status=Status(status), by=by, on=day(on), **more)


@pytest.fixture(scope="module")
def postgres():
    if programs() is None or find_spec("psycopg") is None:
        pytest.skip(LACKING)
    with short_folder() as folder, server(folder) as started:
        yield started


@pytest.fixture(params=["sqlite", "postgresql"])
def where(request, tmp_path):
    if request.param == "sqlite":
        return str(tmp_path / "登记 册.sqlite")
    started = request.getfixturevalue("postgres")
    engine = sa.create_engine(started.url, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
    with engine.connect() as connection:
        connection.exec_driver_sql("drop schema public cascade")
        connection.exec_driver_sql("create schema public")
    return started.url


LIFE = (
    ("03-10", {"A": "overdue", "B": "overdue", "C": "late", "D": "breached"}),
    ("04-10", {"A": "late", "B": [], "C": "late"}),
    ("05-10", {"A": "late", "B": "overdue", "C": "late", "D": "breached"}),
)


def test_a_life(where):
    register = recorded(where, *LIFE[:1])
    assert told(register) == dict.fromkeys("ABCD", What.NEW)
    recorded(where, *LIFE[1:2])
    assert told(register) == {"A": What.CHANGED, "B": What.GONE, "C": What.OPEN}
    assert everything(register).runs[-1].outside == 1
    stand = {entry.case_id: (entry.present, entry.status, entry.verdict) for entry in entries(register)}
    assert stand == {
        "A": (True, "待核实", "late"),
        "B": (False, "待核实", "overdue"),
        "C": (True, "待核实", "late"),
        "D": (True, "待核实", "breached"),
    }
    decide(register, (A,), decision("整改中"), TODAY)
    decide(register, (A,), decision("已销号", "04-20", reason="已经办结", note="附办结报告"), TODAY)
    recorded(where, *LIFE[2:])
    assert told(register) == {"A": What.CLOSED, "B": What.REOPENED, "C": What.OPEN, "D": What.OPEN}
    assert told(register, 1) == dict.fromkeys("ABCD", What.NEW)
    assert [(c.status, c.by_whom, c.on_day, c.reason, c.note) for c in everything(register).history if c.id == A] == [
        ("待核实", "程序", "2026-03-10", "检查中发现", ""),
        ("整改中", "法制科", "2026-04-01", "", ""),
        ("已销号", "法制科", "2026-04-20", "已经办结", "附办结报告"),
    ]


def test_the_export_is_the_same_from_every_database_and_every_time(tmp_path, postgres):
    wheres = [str(tmp_path / "a.sqlite"), str(tmp_path / "b.sqlite"), postgres.url]
    with sa.create_engine(postgres.url, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool).connect() as connection:
        connection.exec_driver_sql("drop schema public cascade")
        connection.exec_driver_sql("create schema public")
    exports = []
    for one in wheres:
        register = recorded(one, *LIFE)
        decide(register, (A,), decision("异议", reason="对起算日有异议"), TODAY)
        exports.append("\n".join(lines(everything(register))))
    assert len(set(exports)) == 1
    found = [json.loads(line) for line in exports[0].splitlines()]
    assert [one["kind"] for one in found] == ["run"] * 3 + ["finding"] * 4
    assert [one["case_id"] for one in found[3:]] == ["A", "B", "C", "D"]
    assert found[3]["history"][-1] == {
        "status": "异议",
        "by_whom": "法制科",
        "on_day": "2026-04-01",
        "reason": "对起算日有异议",
        "note": "",
        "for_good": False,
        "run": None,
    }


def test_the_same_run_twice_is_recorded_once(where):
    register = recorded(where, *LIFE[:1])
    before = list(lines(everything(register)))
    again = record(register, seen(*LIFE[0], known=watched_ids(register)))
    assert (again.number, again.is_again) == (1, True)
    assert list(lines(everything(register))) == before


def test_two_scopes_take_turns_without_touching_each_other(where):
    court, police = ("03-10", {"A": "overdue"}), ("03-10", {"B": "overdue"})
    register = recorded(where, court, police, court, police)
    assert len(everything(register).runs) == 2
    assert {entry.case_id: entry.present for entry in entries(register)} == {"A": True, "B": True}
    recorded(where, ("03-10", {"A": []}), court)
    assert [run.number for run in everything(register).runs] == [1, 2, 3, 4]
    assert told(register) == {"A": What.REOPENED}


def test_an_earlier_day_changes_nothing(where):
    register = recorded(where, LIFE[0], ("02-01", {"A": [], "E": []}))
    assert told(register) == {}
    assert everything(register).runs[-1].earlier == 1
    assert {entry.case_id for entry in entries(register) if entry.present} == set("ABCD")


def test_a_run_over_nothing_is_recorded_once(where):
    register = recorded(where, ("03-10", {}, {"left": ["A"]}), ("03-10", {}, {"left": ["A"]}))
    assert [(run.looked, run.left_out) for run in everything(register).runs] == [(0, 1)]


def test_what_was_not_mended_is_opened_again_unless_closed_for_good(where):
    other = finding_id(case("B"), finding("B"))
    register = recorded(where, LIFE[0])
    decide(register, (A,), decision("已销号", reason="报称办结"), TODAY)
    decide(register, (other,), decision("已销号", reason="核实后不属逾期", for_good=True), TODAY)
    recorded(where, ("05-10", {"A": "overdue", "B": "overdue"}))
    assert told(register) == {"A": What.REOPENED, "B": What.CLOSED}
    stand = {entry.case_id: (entry.status, entry.closed_on, entry.for_good) for entry in entries(register)}
    assert (stand["A"], stand["B"]) == (("待核实", None, False), ("已销号", "2026-04-01", True))
    last = [change for change in everything(register).history if change.id == A][-1]
    assert (last.run, last.by_whom, last.reason) == (2, "程序", "2026-04-01 销号，截至 2026-05-10 仍见「逾期未履行」")


@pytest.mark.parametrize(
    ("ids", "wanted", "said"),
    [
        ((A,), decision("已销号"), "由「待核实」改为「已销号」没有写理由"),
        ((A,), decision("异议"), "由「待核实」改为「异议」没有写理由"),
        ((A,), decision("待核实"), "状态已经是「待核实」"),
        ((A,), decision("整改中", "12-31").model_copy(update={"on": day("12-31").replace(year=2027)}), "还没有到"),
        ((A,), decision("整改中", by="程序"), "没有写明由谁决定"),
        ((A,), decision("整改中", by=" "), "没有写明由谁决定"),
        ((A,), decision("整改中", for_good=True), "只用于「已销号」"),
        ((A, "0000-0000-0000"), decision("整改中"), "登记册里没有编号 0000-0000-0000"),
    ],
)
def test_decisions_that_are_refused_change_nothing(tmp_path, ids, wanted, said):
    register = recorded(tmp_path / "r.sqlite", LIFE[0])
    before = (tmp_path / "r.sqlite").read_bytes()
    with pytest.raises(DataError, match=said):
        decide(register, ids, wanted, TODAY)
    assert (tmp_path / "r.sqlite").read_bytes() == before


def test_decisions_follow_each_other_in_time(tmp_path):
    register = recorded(tmp_path / "r.sqlite", LIFE[0])
    decide(register, (A,), decision("整改中", "04-05"), TODAY)
    with pytest.raises(DataError, match="上一次是 2026-04-05 记的，这次写的是 2026-04-04"):
        decide(register, (A,), decision("异议", "04-04", reason="期限有误"), TODAY)
    (note,) = decide(register, (A,), decision("整改中", "04-05", note="已约谈"), TODAY)
    assert (note.status, note.note) == ("整改中", "已约谈")


def refused(register, code):
    for act in (watched_ids, lambda one: record(one, seen(*LIFE[0]))):
        with pytest.raises(DataError) as error:
            act(register)
        (diagnostic,) = error.value.diagnostics
        assert diagnostic.code == code
    return diagnostic


def test_a_newer_format(tmp_path):
    register = recorded(tmp_path / "r.sqlite", LIFE[0])
    with sqlite3.connect(tmp_path / "r.sqlite") as connection:
        connection.execute("update register_about set value = '2' where name = 'format'")
    connection.close()
    assert "的格式是 2，本程序只认得 1" in refused(register, "register-format").message


def test_another_database_and_no_database(tmp_path):
    with sqlite3.connect(tmp_path / "other.sqlite") as connection:
        connection.execute("create table 账目 (a)")
    connection.close()
    refused(register_at(str(tmp_path / "other.sqlite")), "not-a-register")
    (tmp_path / "ledger.xlsx").write_bytes(b"PK\x03\x04" * 400)
    refused(register_at(str(tmp_path / "ledger.xlsx")), "register-damaged")
    assert (tmp_path / "ledger.xlsx").read_bytes() == b"PK\x03\x04" * 400


def test_a_damaged_register(tmp_path):
    path = tmp_path / "r.sqlite"
    register = recorded(path, LIFE[0], ("05-10", {f"案{n}": "overdue" for n in range(400)}))
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(DataError) as error:
        record(register, seen("06-10", {"A": "overdue"}))
    assert error.value.diagnostics[0].code == "register-damaged"
    assert path.read_bytes() == whole[: len(whole) // 2]


def test_an_empty_file_becomes_a_register(tmp_path):
    (tmp_path / "r.sqlite").touch()
    assert told(recorded(tmp_path / "r.sqlite", LIFE[0])) == dict.fromkeys("ABCD", What.NEW)


def test_places_where_no_register_can_be(tmp_path):
    refused(register_at(str(tmp_path)), "register-unreadable")
    refused(register_at(str(tmp_path / "没有" / "r.sqlite")), "register-unwritable")
    with pytest.raises(DataError, match="找不到登记册"):
        entries(register_at(str(tmp_path / "r.sqlite")))
    with pytest.raises(DataError, match="找不到登记册"):
        decide(register_at(str(tmp_path / "r.sqlite")), (A,), decision("整改中"), TODAY)
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(DataError, match="地址里的环境变量"):
        register_at("postgresql+psycopg://x:${没有设定}@h/d")


def test_a_register_that_may_only_be_read(tmp_path, monkeypatch):
    path = tmp_path / "r.sqlite"
    register = recorded(path, LIFE[0])
    path.chmod(0o444)
    monkeypatch.setattr(opening.os, "access", lambda *_: False)  # whoever is root may write anything
    assert len(entries(register)) == 4
    refused(register, "register-read-only")


def test_one_writer_at_a_time(where, monkeypatch):
    monkeypatch.setattr(opening, "PATIENCE", 1)
    register = recorded(where, LIFE[0])
    with changing(register):
        assert len(entries(register)) == 4  # readers go on
        with pytest.raises(DataError, match="另一个程序正在写登记册"):
            record(register, seen(*LIFE[1]))
    record(register, seen(*LIFE[1]))


def test_what_is_read_is_as_of_one_moment(where):
    register = recorded(where, LIFE[0])
    with reading(register) as connection:
        assert connection.execute(sa.select(sa.func.count()).select_from(runs)).scalar() == 1
        if register.path is None:  # an SQLite file waits for its readers instead
            record(register, seen(*LIFE[1], known=watched_ids(register)))
        assert connection.execute(sa.select(sa.func.count()).select_from(observations)).scalar() == 4


def test_an_error_in_the_middle_leaves_nothing_behind(where, monkeypatch):
    register = recorded(where, LIFE[0])
    before = list(lines(everything(register)))
    monkeypatch.setattr("checker.register.recording._entries", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        record(register, seen(*LIFE[2], known=watched_ids(register)))
    assert list(lines(everything(register))) == before


WRITER = """
    import sys
    sys.path[:0] = [{tests!r}, {src!r}]
    from register.making import recorded
    recorded({where!r}, ("03-10", {{f"{{sys.argv[1]}}-{{n}}": "overdue" for n in range(50)}}))
"""


def test_processes_writing_at_once_lose_nothing(where):
    root = Path(__file__).parents[2]
    text = textwrap.dedent(WRITER).format(tests=str(root / "tests"), src=str(root / "src"), where=where)
    running = [subprocess.Popen([sys.executable, "-c", text, name]) for name in ("甲", "乙", "丙")]
    assert [one.wait(60) for one in running] == [0, 0, 0]
    found = everything(register_at(where))
    assert [run.number for run in found.runs] == [1, 2, 3]
    assert len(found.entries) == 150
    assert [change.number for change in found.history] == list(range(1, 151))


def test_no_password_is_shown(monkeypatch):
    monkeypatch.setenv("DB_PASSWORD", "p@ss/word")
    register = register_at("postgresql+psycopg://u:${DB_PASSWORD}@127.0.0.1:1/d")
    assert "p@ss" not in register.name
    with pytest.raises(DataError) as error:
        is_there(register)
    assert "p@ss" not in str(error.value)
    assert "p%40ss" not in str(error.value)


def test_without_sqlalchemy(monkeypatch):
    monkeypatch.setitem(sys.modules, "sqlalchemy.engine", None)
    with pytest.raises(DataError) as error:
        register_at("r.sqlite")
    assert error.value.diagnostics[0].help == "pip install 'checker[database]'"


def test_user_text_comes_back_as_it_was(tmp_path):
    name = "'; drop table register_findings; --\u202e<b>"
    register = recorded(tmp_path / "r.sqlite", ("03-10", {name: "overdue"}))
    assert [entry.case_id for entry in entries(register)] == [name]
    assert os.listdir(tmp_path) == ["r.sqlite"]
