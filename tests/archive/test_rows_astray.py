"""What a row tells that may belong to any case of its table, no case is said to lack, whatever file the table is in."""

import gzip
import json
from itertools import groupby
from operator import itemgetter

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import sqlalchemy as sa

from archive.inputs import PACK
from checker.cases import portions
from checker.cases.flat import large, regrouping
from hostile.program import run

HEADER = ("案件", "行为", "日期")
ROWS = [
    ("甲", "登记", "2024-03-01"),
    ("甲", "催办", "2024-03-20"),
    ("乙", "登记", "2024-03-01"),
    ("乙", "办结", "2024-04-01"),
    ("丙", "登记", "2024-03-01"),
    ("丙", "办结", "2024-03-04"),
]
LACKING = {
    "甲": ("违反", "逾期未履行", "逾期履行"),
    "乙": ("违反", "逾期履行", "逾期未履行"),
    "丙": ("违反", "合规", None),
}
"""先办结, 按期办结 and 催办 of each case, where every row says its case; None: there is nothing to remind of."""
WITHOUT_COMPLETION = {
    "甲": ("资料不足", "资料不足", None),
    "乙": ("资料不足", "资料不足", None),
    "丙": ("资料不足", "合规", None),
}
WITHOUT_REMINDER = {
    "甲": ("违反", "逾期未履行", "资料不足"),
    "乙": ("违反", "逾期履行", "资料不足"),
    "丙": ("违反", "合规", None),
}
WORDS = {
    "breached": "违反",
    "overdue": "逾期未履行",
    "late": "逾期履行",
    "met": "合规",
    "undetermined": "资料不足",
}
PLACES = {"first": 0, "within a case": 1, "between cases": 4, "last": 6}
UNNAMED = (None, "", " ", "甲\u200b", "长" * 201)


def with_row(row, place="last"):
    return [*ROWS[: PLACES[place]], row, *ROWS[PLACES[place] :]]


def comma(rows):
    lines = [HEADER, *([cell or "" for cell in row] for row in rows)]
    return "".join(",".join(line) + "\n" for line in lines).encode()


def as_csv(folder, rows):
    (folder / "t.csv").write_bytes(comma(rows))
    return folder / "t.csv"


def as_gzip(folder, rows):
    (folder / "t.csv.gz").write_bytes(gzip.compress(comma(rows)))
    return folder / "t.csv.gz"


def as_parquet(folder, rows):
    columns = [pa.array(column, pa.binary()).view(pa.string()) for column in zip(*rows, strict=True)]
    pq.write_table(pa.table(columns, names=HEADER), folder / "t.parquet", row_group_size=2)
    return folder / "t.parquet"


def as_packed_parquet(folder, rows):
    path = folder / "t.parquet.gz"
    path.write_bytes(gzip.compress(as_parquet(folder, rows).read_bytes()))
    return path


def as_database(folder, rows):
    engine = sa.create_engine(f"sqlite:///{folder / 't.sqlite'}")
    with engine.begin() as connection:
        connection.exec_driver_sql("drop table if exists t")
        connection.exec_driver_sql("create table t (序 integer primary key, 案件 text, 行为 text, 日期 text)")
        connection.exec_driver_sql("insert into t (案件, 行为, 日期) values (?, ?, ?)", rows)
    engine.dispose()
    (folder / "t.database").write_text("地址: sqlite:///t.sqlite\n表: t\n次序: 序\n", encoding="utf-8")
    return folder / "t.database"


def xes(rows):
    """A trace for the rows of one case that stand together; a row without a case outside of all."""
    text = ""
    for case, own in groupby(rows, itemgetter(0)):
        events = "".join(
            f'<event><string key="concept:name" value="{act}"/><date key="time:timestamp" value="{day}"/></event>'
            for _, act, day in own
        )
        text += f'<trace><string key="concept:name" value="{case}"/>{events}</trace>' if case else events
    return f"<log>{text}</log>".encode()


def as_xes(folder, rows):
    (folder / "t.xes").write_bytes(xes(rows))
    return folder / "t.xes"


def as_packed_xes(folder, rows):
    (folder / "t.xes.gz").write_bytes(gzip.compress(xes(rows)))
    return folder / "t.xes.gz"


FORMATS = (as_csv, as_gzip, as_parquet, as_packed_parquet, as_database)


@pytest.fixture
def check(tmp_path, monkeypatch):
    """The verdicts of a table with the codes of what is left out; the same bytes by every way of reading it."""

    def checked(path, mapping="", pack=PACK):
        (tmp_path / "x.norm").write_text(pack, encoding="utf-8")
        (tmp_path / "列.yaml").write_text(mapping or "{案件: 案件}", encoding="utf-8")
        more = ["--mapping", tmp_path / "列.yaml"] if mapping else []
        words = ["check", path, "--rules", tmp_path / "x.norm", "--as-of", "2024-12-31", "--only", "all", *more]
        words += ["--format", "jsonl"]
        told = [run(*words, "--engine", "row")]
        with monkeypatch.context() as patched:
            patched.setattr(large, "FEW", 2)
            told.append(run(*words, "--engine", "row"))
            for size, rows in ((1, 1), (2, 3), (20_000, 100_000)):
                patched.setattr(portions, "CASES", size)
                patched.setattr(regrouping, "CASES", size)
                patched.setattr(regrouping, "ROWS", rows)
                told.append(run(*words, "--engine", "archive", "--jobs", 1))
        first = told[0]
        assert [(one.exit_code, one.stdout, one.stderr) for one in told[1:]] == [
            (first.exit_code, first.stdout, first.stderr)
        ] * 4
        return verdicts(first.stdout), first.stderr

    return checked


def verdicts(text):
    found = {}
    for line in text.splitlines():
        finding = json.loads(line)
        found.setdefault(finding["case"], {})[finding["norm"]] = WORDS[finding["verdict"]]
    norms = ("x/先办结", "x/按期办结", "x/催办")
    return {case: tuple(by_norm.get(norm) for norm in norms) for case, by_norm in found.items()}


def of_cases(expected, order="甲乙丙"):
    return {case: expected[case] for case in order}


@pytest.mark.parametrize("written", FORMATS)
@pytest.mark.parametrize("grouped", ["", "按案连续: 是\n"], ids=["apart", "grouped"])
def test_a_row_without_a_case_anywhere_in_a_table(tmp_path, check, written, grouped):
    assert check(written(tmp_path, ROWS), grouped)[0] == LACKING
    for place in PLACES:
        found, said = check(written(tmp_path, with_row((None, "办结", "2024-03-04"), place)), grouped)
        assert found == WITHOUT_COMPLETION
        assert "这一行没有案件编号" in said
        assert "各案都不能说没有这一行的行为" in said


@pytest.mark.parametrize("written", [as_xes, as_packed_xes])
@pytest.mark.parametrize(
    ("act", "expected"), [("办结", WITHOUT_COMPLETION), ("催办", WITHOUT_REMINDER), ("乱", WITHOUT_COMPLETION)]
)
def test_an_event_outside_of_all_traces(tmp_path, check, written, act, expected):
    assert check(written(tmp_path, ROWS))[0] == LACKING
    for place in ("first", "between cases", "last"):
        found, said = check(written(tmp_path, with_row((None, act, "2024-03-04"), place)))
        assert found == expected
        assert "不属于任何轨迹" in said
        assert "各案都不能说没有它们的行为" in said


@pytest.mark.parametrize("grouped", ["", "按案连续: 是\n"], ids=["apart", "grouped"])
@pytest.mark.parametrize(
    ("act", "mapping", "expected"),
    [
        ("催办", "", WITHOUT_REMINDER),
        ("办结", "", WITHOUT_COMPLETION),
        ("", "", WITHOUT_COMPLETION),
        ("办解", "", WITHOUT_COMPLETION),
        ("备注", "忽略: [备注]\n", LACKING),
        ("了结", "行为: {登记: 登记, 办结: 办结, 了结: 办结, 催办: 催办}\n", WITHOUT_COMPLETION),
        ("提醒", "行为: {登记: 登记, 办结: 办结, 催办: 催办, 提醒: 催办}\n", WITHOUT_REMINDER),
        ("没有对照", "行为: {登记: 登记, 办结: 办结, 催办: 催办}\n", WITHOUT_COMPLETION),
        ("催办", "涵盖: [登记, 办结]\n", WITHOUT_REMINDER),
        ("催办", "涵盖: [登记, 办结, 催办]\n", WITHOUT_REMINDER),
        ("登记", "涵盖: [登记, 办结, 催办]\n", LACKING),
    ],
)
def test_what_the_row_tells_decides_what_is_open(tmp_path, check, act, mapping, expected, grouped):
    for place in ("first", "last"):
        path = as_csv(tmp_path, with_row(("", act, "2024-03-04"), place))
        found, said = check(path, grouped + mapping)
        assert found == expected
        assert said.count("这一行没有案件编号") == 1


@pytest.mark.parametrize("written", [as_csv, as_parquet, as_database])
@pytest.mark.parametrize("case", UNNAMED)
def test_a_name_that_no_case_can_bear_names_none(tmp_path, check, written, case):
    for grouped in ("", "按案连续: 是\n"):
        found, said = check(written(tmp_path, with_row((case, "催办", "2024-03-04"))), grouped)
        assert found == WITHOUT_REMINDER
        assert "未读入 1处" in said


@pytest.mark.parametrize("grouped", ["", "按案连续: 是\n"], ids=["apart", "grouped"])
def test_the_name_in_a_row_of_the_wrong_width_counts_only_where_it_comes_first(tmp_path, check, grouped):
    one_more = "丁,办结,2024-03-04,多"
    first = comma(ROWS).decode() + one_more + "\n"
    (tmp_path / "t.csv").write_text(first, encoding="utf-8")
    assert check(tmp_path / "t.csv", grouped)[0] == LACKING
    turned = [",".join(reversed(line.split(","))) for line in first.splitlines()]
    (tmp_path / "t.csv").write_text("\n".join(turned) + "\n", encoding="utf-8")
    found, said = check(tmp_path / "t.csv", grouped)
    assert found == WITHOUT_COMPLETION
    assert "各案都不能说没有哪一行为" in said


SUSPENDING = PACK.replace("办结、催办", "办结、催办、中止、恢复").replace(
    "5个工作日 内\n", "5个工作日 内\n  但 中止 至 恢复 的期间，不计入\n"
)


@pytest.mark.parametrize("written", [*FORMATS, as_xes])
def test_where_a_period_may_have_stood_still_nothing_is_overdue(tmp_path, check, written):
    assert check(written(tmp_path, ROWS), pack=SUSPENDING)[0] == LACKING
    suspended = written(tmp_path, with_row((None, "中止", "2024-03-04")))
    assert check(suspended, pack=SUSPENDING)[0] == WITHOUT_COMPLETION
    resumed = written(tmp_path, with_row((None, "恢复", "2024-03-04")))
    assert check(resumed, pack=SUSPENDING)[0] == LACKING


def test_an_act_without_a_mapping_spoils_its_own_case_alone(tmp_path, check):
    mapping = "行为: {登记: 登记, 办结: 办结, 催办: 催办}\n"
    for grouped in ("", "按案连续: 是\n"):
        found, said = check(as_csv(tmp_path, [*ROWS, ("丙", "备注", "2024-03-05")]), grouped + mapping)
        assert found == of_cases(LACKING, "甲乙")
        assert "没有对照" in said


def test_rows_with_nothing_in_them_are_as_blank_lines(tmp_path, check):
    for grouped in ("", "按案连续: 是\n"):
        found, said = check(as_csv(tmp_path, with_row(("", " ", ""), "within a case")), grouped)
        assert found == LACKING
        assert "没有案件编号" not in said


@pytest.mark.parametrize(
    ("grouped", "expected"), [("", {}), ("按案连续: 是\n", of_cases(LACKING, "甲乙"))], ids=["apart", "grouped"]
)
@pytest.mark.parametrize("end", ["丙,办", '丙,"办结', "丙,办结,2024-03-04\n丙,办"])
def test_a_table_broken_off_accuses_none_whose_rows_may_lie_behind(tmp_path, check, grouped, expected, end):
    text = comma(ROWS[:-1]).decode() + end
    (tmp_path / "t.csv").write_text(text, encoding="utf-8")
    found, said = check(tmp_path / "t.csv", grouped)
    assert found == expected
    assert "文件到这一行就断了" in said or "在引号里中断" in said
    packed = gzip.compress(comma(ROWS), 0)
    (tmp_path / "t.csv.gz").write_bytes(packed[: packed.index("丙".encode()) + 3])
    found, said = check(tmp_path / "t.csv.gz", grouped)
    assert found == (of_cases(LACKING, "甲") if grouped else {})
    assert "到这里就断了" in said


@pytest.mark.parametrize("written", [as_csv, as_gzip, as_parquet, as_packed_parquet])
def test_a_case_whose_rows_do_not_stand_together_is_not_checked_by_some_of_them(tmp_path, check, written):
    rows = [*ROWS[:2], *ROWS[2:4], *ROWS[4:], ("甲", "办结", "2024-03-04"), ("丁", "登记", "2024-03-01")]
    found, said = check(written(tmp_path, [*rows, ("甲", "催办", "2024-03-05")]), "按案连续: 是\n")
    assert found == of_cases(LACKING, "乙丙") | {"丁": ("违反", "逾期未履行", "逾期未履行")}
    assert said.count("案件「甲」的行不连续") == 3
    assert check(written(tmp_path, rows))[0]["甲"] == ("违反", "合规", None)


@pytest.mark.parametrize("written", [as_parquet, as_database])
def test_what_cannot_be_read_to_its_end_accuses_none(tmp_path, check, written):
    """Bytes that are no text stand in the last row; what the table tells of any case may lie behind it."""
    path = written(tmp_path, [*ROWS, ("龙", b"\xff", "2024-03-04")])
    found, said = check(path)
    assert found == {}
    assert "不是 UTF-8" in said or "不能读取" in said
