"""The Excel register: values, dates and colours as another reader finds them."""

import datetime as dt
import io
from collections import Counter

import openpyxl
import pytest

from checker.model.case import Case, Event
from checker.model.diagnostic import DataError, Diagnostic, Level
from checker.model.finding import VERDICT_NAMES, Verdict
from checker.model.place import Place
from checker.reports.content import CaseReport
from checker.reports.documents import Wish, written
from checker.reports.overview.lamps import Lamp, lamp_of_case
from checker.reports.pages.lamp_words import lamp_words
from explain.making import ACCUSING
from reports.test_documents import SAMPLE, whole_run

SHEETS = ["说明", "问题清单", "临近期限", "待补资料", "未读入", "案件一览"]


def opened(report):
    return openpyxl.load_workbook(io.BytesIO(written("xlsx", report, Wish())))


def table(sheet):
    heads, *rows = ([cell.value for cell in row] for row in sheet.iter_rows())
    return [dict(zip(heads, row, strict=True)) for row in rows]


@pytest.fixture(scope="module")
def run():
    return whole_run([SAMPLE / "cases.yaml"], "2026-07-01")


@pytest.fixture(scope="module")
def book(run):
    return opened(run)


def test_every_violation_is_a_row(run, book):
    assert book.sheetnames == SHEETS
    rows = table(book["问题清单"])
    wanted = [s.finding for one in run.cases for s in one.shown if s.finding.verdict.is_violation]
    assert Counter((f.case, f.norm, VERDICT_NAMES[f.verdict]) for f in wanted) == Counter(
        (row["案件"], row["规范"], row["结论"]) for row in rows
    )
    assert len({row["编号"] for row in rows}) == len(rows) == run.totals.violations


def test_one_finding_in_full(book):
    (row,) = [r for r in table(book["问题清单"]) if r["案件"] == "一" and r["规范"] == "sample/按期办结"]
    assert row.pop("推算和说明").startswith("触发：2026-03-09 政法委 交办（e3）\n期限：30日")
    assert row == {
        "编号": "PF9X-04FZ-9SQM",
        "案件": "一",
        "位置": "第 7 行",
        "责任机关": "虎林市人民法院",
        "规范": "sample/按期办结",
        "结论": "逾期履行",
        "归类": "程序违规",
        "情节": "严重",
        "触发": "2026-03-09 政法委 交办（e3）",
        "届满日": dt.datetime(2026, 4, 24),
        "超过日数": 38,
        "记录显示": "有 2026-06-01 虎林市人民法院 办结（e8），超过期限 38日",
        "依据条文": "《测试办法》第一条「自交办之日起三十日内办结，经批准可以延长；中止的期间不计入」",
        "核实情况": None,
        "处理意见": None,
        "备注": None,
        "类型": "督办",
        "所据记录": "2026-03-09 政法委 交办（e3）\n2026-03-20 政法委 延期批准（e4）\n2026-03-27 中止（e6）\n"
        "2026-04-02 恢复（e7）\n2026-06-01 虎林市人民法院 办结（e8）",
        "缺少": None,
        "效力": "sample《报告样例》【示范】【草案】",
    }


def test_dates_and_hours_are_cells_of_their_kind(book):
    sheet = book["问题清单"]
    column = next(cell.column for cell in sheet[1] if cell.value == "届满日")
    cells = [sheet.cell(n, column) for n in range(2, sheet.max_row + 1)]
    formats = {cell.number_format for cell in cells if cell.value is not None}
    assert all(cell.is_date for cell in cells if cell.value is not None)
    assert formats == {"yyyy\\-mm\\-dd", "yyyy\\-mm\\-dd\\ hh:mm"}
    assert dt.datetime(2026, 6, 17, 9) in [cell.value for cell in cells]


def test_what_is_coming_is_sorted_and_counted(run, book):
    rows = table(book["临近期限"])
    assert [(row["届满日"], row["剩余日数"]) for row in rows] == [
        (dt.datetime(2026, 7, 1), 0),
        (dt.datetime(2026, 7, 6), 5),
        (dt.datetime(2026, 7, 14), 13),
    ]
    assert [book["临近期限"].cell(n, 1).fill.fgColor.rgb for n in (2, 3, 4)] == ["FFFFEB9C", "FFFFEB9C", "FFFFEB9C"]
    words = {row[0].value: row[1].value for row in book["说明"].iter_rows() if row[0].value}
    assert words["待履行"] == "7个：30日内届满 3，更晚 1，届满日未定 3"
    assert run.totals.verdicts[Verdict.PENDING] == 7


def test_what_is_lacking_says_what_would_mend_it(run, book):
    rows = table(book["待补资料"])
    assert len(rows) == run.totals.verdicts[Verdict.UNDETERMINED] + run.totals.verdicts[Verdict.REVIEW]
    assert all(row["缺少什么，补什么"] for row in rows)
    assert "e5 的「事项」；补录后可判定" in [row["缺少什么，补什么"] for row in rows]


def test_every_case_has_a_lamp_and_its_counts(run, book):
    rows = table(book["案件一览"])
    assert [(row["案件"], row["灯"]) for row in rows] == [
        (one.case.id, lamp_of_case(one, run.head.as_of).value) for one in run.cases
    ]
    assert [row["规范实例"] for row in rows] == [
        sum(row[VERDICT_NAMES[verdict]] or 0 for verdict in Verdict) for row in rows
    ]
    fills = {row[2].value: row[2].fill.fgColor.rgb for row in book["案件一览"].iter_rows(min_row=2)}
    assert fills["红"] == "FFFFC7CE"
    assert fills["灰"] == "FFD9D9D9"
    words = {row[0].value: row[1].value for row in book["说明"].iter_rows() if row[0].value}
    counted = Counter(row["灯"] for row in rows)
    assert words["案件"] == f"读入 8件：{'，'.join(f'{lamp} {counted[lamp.value]}' for lamp in Lamp)}"


def test_tables_are_ready_to_filter_and_print(book):
    for name in SHEETS[1:]:
        sheet = book[name]
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref.startswith("A1:")
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        assert sheet.print_title_rows == "$1:$1"
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert book["问题清单"].print_area == f"'问题清单'!$A$1:$P${book['问题清单'].max_row}"


def test_nothing_accuses(book):
    text = "\n".join(str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row)
    assert not [word for word in ACCUSING if word in text]


HOSTILE = ["=1+1", '=HYPERLINK("http://x","y")', "+1", "-1", "@a", "<b>&\"'", "a\x00b\u202ec", "_x000D_", "\ufffe"]


@pytest.mark.parametrize("name", HOSTILE)
def test_names_of_users_are_text(run, name):
    case = Case.model_construct(id=name, kind=name, place=Place(file=name, line=1))
    told = Diagnostic(code="x", message=name, quote=name, expected=name, at=Place(file=name, sheet=name, cell=name))
    hint = told.model_copy(update={"level": Level.WARNING})
    report = run._replace(
        cases=(CaseReport(case, (), Counter(), failure=name),), unread=(told, hint), sources=(name,)
    )  # fmt: skip
    book = opened(report)
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert not [cell for cell in cells if cell.data_type in ("f", "e")]
    (row,) = table(book["案件一览"])
    shown = row["案件"].replace("_x005F_", "_")
    assert shown == name.replace("\x00", "�").replace("\u202e", "�").replace("\ufffe", "�")
    assert book["案件一览"]["A2"].quotePrefix == (name[0] in "=+-@")


def test_what_was_not_read_is_told_with_its_cell(run):
    told = Diagnostic(
        code="bad-date",
        message="日期「24.3.5」读不懂",
        quote="24.3.5",
        expected="2024-03-05",
        help="写全年份",
        meanwhile="本案未检查，其余照常",
        at=Place(file="台账.xlsx", sheet="督办", cell="D7"),
    )
    (row,) = table(opened(run._replace(unread=(told,)))["未读入"])
    assert row == {
        "情况": "未读入",
        "文件": "台账.xlsx",
        "位置": "督办 D7",
        "原文": "24.3.5",
        "问题": "日期「24.3.5」读不懂",
        "应是什么": "2024-03-05",
        "怎样改": "写全年份",
        "程序怎样处理": "本案未检查，其余照常",
        "更正情况": None,
    }


def test_the_words_of_a_lamp_count_what_stands_behind_it(run):
    case = Case(id="空", events=(Event(id="e1", position=1, act="登记"),))
    day = run.head.as_of
    assert lamp_words(CaseReport(case, (), Counter()), day) == "绿：没有规范触发"
    assert lamp_words(CaseReport(case, (), Counter(), failure="x"), day) == "灰：没有结论"
    assert lamp_words(CaseReport(case, (), Counter({Verdict.MET: 1})), day) == "绿：未见不符"
    assert [lamp_words(one, day) for one in run.cases] == [
        "红：待核实（违反 2，逾期未履行 5，逾期履行 1）",
        "红：待核实（违反 3，逾期未履行 2，逾期履行 1；另有 资料不足 2，待人工认定 1）",
        "灰：资料不足 16",
        "黄：15日内届满 2",
        "红：待核实（逾期履行 2）",
        "红：待核实（违反 2，逾期未履行 6；另有 资料不足 1）",
        "绿：没有规范触发",
        "黄：15日内届满 1",
    ]


def test_more_rows_than_a_sheet_holds_are_told(run, monkeypatch):
    monkeypatch.setattr("checker.reports.ooxml.register.MOST_ROWS", 20)
    book = opened(run)
    assert book["问题清单"].max_row == 22
    assert book["问题清单"]["A22"].value == "其余 4行写不下，全部结论用 jsonl 写出"
    assert book["案件一览"].max_row == 9


def test_without_the_library_it_is_said(run, monkeypatch):
    monkeypatch.setattr("checker.reports.documents.xlsx.find_spec", lambda _: None)
    with pytest.raises(DataError, match="checker\\[ledger\\]"):
        written("xlsx", run, Wish())
