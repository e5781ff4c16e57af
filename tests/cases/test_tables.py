import datetime as dt
import sys

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from checker.cases.columns import Layout, parse_columns
from checker.cases.mapping_file import read_layout
from checker.model.diagnostic import DataError

PLAIN = (
    "案件,行为,日期,主体,结论\nA,登记,2024-03-05,政法委,\nB,登记,2024-03-05,,\nA,审批,2024-03-06,政法委、承办人,同意\n"
)


def test_a_table_with_our_own_column_names_needs_no_layout(read):
    result = read(PLAIN, "t.csv")
    assert [case.id for case in result.cases] == ["A", "B"]
    first, second = result.cases[0].events
    assert (first.id, first.date, first.actors, first.attributes) == ("e1", dt.date(2024, 3, 5), ("政法委",), {})
    assert (second.id, second.actors, second.attributes) == ("e2", ("政法委", "承办人"), {"结论": "同意"})
    assert [event.place.line for event in result.cases[0].events] == [2, 4]
    assert result.cases[1].events[0].actors is None
    assert result.cases[0].covers is None


def test_columns_named_on_the_command_line(read):
    text = "案号,环节,日期,钟点,批示\nA,审批,2024-03-05,09:30,同意\n"
    layout = parse_columns("case=案号，行为=环节,date=日期,time=钟点,结论=批示")
    (case,) = read(text, "t.csv", layout=layout).cases
    assert (case.events[0].time, case.events[0].attributes) == (dt.time(9, 30), {"结论": "同意"})


@pytest.mark.parametrize("text", ["", "case", "case=", "case=a,case=b", "case=a,,act=b"])
def test_columns_that_make_no_sense_are_refused(text):
    with pytest.raises(DataError) as error:
        parse_columns(text)
    assert error.value.diagnostics[0].code == "bad-columns"


def test_activities_formats_and_zones(read):
    text = "案件,行为,日期\nA,Reg,05/03/2024 23:30 +0000\nA,Note,x\nA,Ok,06/03/2024 12:00 +0000\nB,Reg,\n"
    layout = Layout(
        acts={"Reg": "登记", "Ok": "协调会"},
        ignore=["Note"],
        date_format="%d/%m/%Y %H:%M %z",
        time_zone="Europe/Rome",
        encoding="gb18030",
    )
    first, second = read(text.encode("gb18030"), "t.csv", layout=layout).cases
    assert first.covers == {"登记", "协调会"}
    assert [(e.date, e.time) for e in first.events] == [
        (dt.date(2024, 3, 6), dt.time(0, 30)),
        (dt.date(2024, 3, 6), dt.time(13, 0)),
    ]
    assert second.events[0].date is None
    dated = read(text.encode("gb18030"), "t.csv", layout=layout.model_copy(update={"dates_only": True})).cases
    assert [e.time for e in dated[0].events] == [None, None]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("A,登己,2024-03-05,,", "unknown-act@5"),
        ("A,,2024-03-05,,", "missing-act@5"),
        ("A,登记,2024-02-30,,", "impossible-date@5"),
        ("A,登记,05.03.2024,,", "bad-date@5"),
        ("A,登记,2024-03-05,,,", "wrong-width@5"),
        ("A,登记,2024-03-05,政法为,", "unknown-actor@5"),
        ("A,审批,2024-03-05,,同义", "unknown-value@5"),
        (",审批,2024-03-05,,同意", "missing-case@5"),
    ],
)
def test_a_bad_row_spoils_its_case_and_no_other(read, row, code):
    result = read(PLAIN + row + "\n", "t.csv")
    assert result.codes == [code]
    assert "B" in [case.id for case in result.cases]
    assert ("A" in [case.id for case in result.cases]) == (code == "missing-case@5")


@pytest.mark.parametrize(
    ("text", "layout", "code"),
    [
        ("", Layout(), "empty-file@1"),
        ("甲,乙\n1,2\n", Layout(), "missing-column@1"),
        (PLAIN, Layout(columns={"case": "案号"}), "unknown-column@1"),
        (PLAIN, Layout(attributes={"结果": "结论"}), "unknown-column@1"),
        (PLAIN, Layout(attributes={"结论": "结伦"}), "unknown-attribute@1"),
        (PLAIN, Layout(acts={"登记": "登己"}), "unknown-act@1"),
        ("案件,行为,日期,日期\n", Layout(), "duplicate-column@1"),
        ('案件,行为,日期\n"A,登记', Layout(), "bad-csv@2"),
        ("案件,行为,日期\n".encode("gb18030"), Layout(), "wrong-encoding@1"),
        ("案件,行为,日期\nA,登记,2024-03-05\nA,X,2024-03-05\n", Layout(acts={"登记": "登记"}), "unmapped-activity@3"),
    ],
)
def test_tables_that_cannot_be_used(read, text, layout, code):
    result = read(text, "t.csv", layout=layout)
    assert result.codes == [code]
    assert result.cases == []


def test_grouped_rows_stream_and_a_case_that_comes_back_is_left_out_and_told_with_both_lines(read):
    text = "案件,行为,日期\nA,登记,2024-03-05\nB,登记,2024-03-05\nA,协调会,2024-03-06\n"
    result = read(text, "t.csv", layout=Layout(grouped=True))
    assert [case.id for case in result.cases] == ["B"]
    assert result.codes == ["not-grouped@2", "not-grouped@4"]
    assert ["第 4 行" in result.diagnostics[0].message, "第 2 行" in result.diagnostics[1].message] == [True, True]


def test_attributes_of_the_case_must_agree(read):
    layout = Layout(case_attributes={"来源": "来源"})
    text = "案件,行为,日期,来源\nA,登记,2024-03-05,领导批示\nA,登记,2024-03-06,{}\n"
    assert read(text.format(""), "t.csv", layout=layout).cases[0].attributes == {"来源": "领导批示"}
    assert read(text.format("上级交办"), "t.csv", layout=layout).codes == ["case-differs@3"]


def test_lines_are_counted_over_cells_that_run_over_lines(read):
    text = '案件,行为,日期,说明\nA,交办,2024-03-05,"一\n二"\nB,登己,2024-03-05,\n'
    result = read(text, "t.csv")
    assert result.cases[0].events[0].attributes == {"说明": "一\n二"}
    assert result.codes == ["unknown-act@4"]


def parquet(tmp_path, **columns):
    path = tmp_path / "t.parquet"
    pq.write_table(pa.table(columns), path)
    return path.read_bytes()


def test_parquet(read, tmp_path):
    data = parquet(
        tmp_path,
        案件=["A", "A", "B"],
        行为=["登记", "交办", "登己"],
        日期=[dt.date(2024, 3, 5), dt.date(2024, 3, 6), None],
        金额=[None, 0.1, None],
    )
    result = read(data, "t.parquet")
    assert [case.id for case in result.cases] == ["A"]
    assert str(result.cases[0].events[1].attributes["金额"]) == "0.1"
    assert result.codes == ["unknown-act@3"]


def test_parquet_that_cannot_be_used(read, tmp_path, monkeypatch):
    nested = parquet(tmp_path, 案件=["A"], 行为=["登记"], 日期=[["2024-03-05"]])
    assert read(nested, "t.parquet").codes == ["nested-column@None"]
    assert read(nested[:-20], "t.parquet").codes == ["bad-parquet@None"]
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    without = read(nested, "t.parquet")
    assert without.codes == ["no-pyarrow@None"]
    assert without.diagnostics[0].help == "pip install checker[archive]"


MAPPING = """\
列: {案件: 案号, act: 环节, date: 日期}
属性: {批示: 结论}
行为: {登: 登记}
忽略: [备注]
时区: Europe/Rome
按案连续: 是
"""


def test_a_mapping_file(tmp_path):
    path = tmp_path / "mapping.yaml"
    path.write_text(MAPPING, encoding="utf-8")
    assert read_layout(str(path)) == Layout(
        columns={"case": "案号", "act": "环节", "date": "日期"},
        attributes={"批示": "结论"},
        acts={"登": "登记"},
        ignore=["备注"],
        time_zone="Europe/Rome",
        grouped=True,
    )


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("列: 案号", "wrong-shape"),
        ("列: {案号: 案号}", "unknown-key"),
        ("clumns: {}", "unknown-key"),
        ("acts: [a]", "wrong-shape"),
        ("time_zone: Mars/Olympus", "bad-setting"),
        ("encoding: utf-99", "bad-setting"),
        ("delimiter: ab", "bad-setting"),
        ("date_format: 年月日", "bad-setting"),
        ("grouped: 也许", "wrong-type"),
        ("- 1", "wrong-shape"),
        ("a: [", "bad-yaml"),
        ("", "empty-file"),
        ("列: {}\n---\n列: {}", "wrong-shape"),
    ],
)
def test_mapping_files_that_cannot_be_used(tmp_path, text, code):
    path = tmp_path / "mapping.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DataError) as error:
        read_layout(str(path))
    assert [d.code for d in error.value.diagnostics] == [code]


def test_a_mapping_file_that_is_not_there(tmp_path):
    with pytest.raises(DataError) as error:
        read_layout(str(tmp_path / "none.yaml"))
    assert error.value.diagnostics[0].code == "no-such-file"
