"""The user's own ledger with remarks in it: what is added where, and that nothing else changes."""

import io
import re

import pytest
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.datavalidation import DataValidation
from python_calamine import CalamineWorkbook

from checker.model.case import Case, Event
from checker.model.diagnostic import Level
from checker.model.finding import Verdict
from checker.model.place import Place
from checker.reports.pages.wording import in_short
from explain.making import ACCUSING
from reports.ledgers import (
    DAY,
    ROWS,
    copy_of,
    opened,
    parts_of,
    rewritten,
    run_over,
    saved,
    told,
    wide_book,
    wide_cases,
)

RED, YELLOW, GREEN, GREY, BLUE = "FFFFC7CE", "FFFFEB9C", "FFC6EFCE", "FFD9D9D9", "FFDDEBF7"


@pytest.fixture
def path(tmp_path):
    return tmp_path / "台账.xlsx"


def fill(cell):
    return cell.fill.fgColor.rgb if cell.fill.fill_type == "solid" else None


def notes(sheet):
    return {cell.coordinate: cell.comment.text for row in sheet.iter_rows() for cell in row if cell.comment}


def test_each_case_gets_its_result_behind_the_table(path):
    saved(wide_book(), path)
    sheet = opened(copy_of(run_over(path, wide_cases(path))))["台账"]
    assert [sheet.cell(3, n).value for n in range(1, 10)] == [
        "案号", "来源", "登记日期", "交办日期", "办结日期", "备注", "检查结果", "说明", None,
    ]  # fmt: skip
    assert [(sheet.cell(n, 1).value, sheet.cell(n, 7).value, fill(sheet.cell(n, 7))) for n in range(4, 9)] == [
        ("督1", "绿：未见不符", GREEN),
        ("督2", "红：待核实（逾期履行 1）", RED),
        ("督3", "红：待核实（违反 1，逾期未履行 1）", RED),
        ("督4", "灰：资料不足 1", GREY),
        ("督5", "黄：15日内届满 1", YELLOW),
    ]
    assert [sheet.cell(n, 8).value for n in range(4, 9)] == [
        None,
        "逾期履行 · ledger/按期办结：届满 2026-06-12，超过 8日",
        "违反 · ledger/来源范围：e2 「来源」为 上级交办；应符合「来源 属于 {领导批…\n"
        "逾期未履行 · ledger/按期办结：届满 2026-06-12，超过 19日",
        "资料不足 · ledger/来源范围：缺少 e2 的「来源」",
        "待履行 · ledger/按期办结：届满 2026-07-06，还有 5日",
    ]


def test_remarks_stand_where_something_is_of_concern(path):
    saved(wide_book(), path)
    sheet = opened(copy_of(run_over(path, wide_cases(path))))["台账"]
    found = notes(sheet)
    assert {at: fill(sheet[at]) for at in found} == {
        "D5": RED, "E5": RED,  # late: what began the duty, and what came late
        "D6": RED, "E6": RED,  # what began it, and the empty cell of what is not recorded
        "B7": GREY,  # the source is not filled in
        "D8": YELLOW, "E8": YELLOW,  # still open
    }  # fmt: skip
    assert re.fullmatch(
        r"【程序规范检查】\n未见「办结」的记录：ledger/按期办结，届满 2026-06-12，待核实（\w{4}-\w{4}-\w{4}）",
        found["E6"],
    )
    assert found["B7"] == "【程序规范检查】\n缺少「来源」，补录后可判定：ledger/来源范围"
    coloured = {cell.coordinate for row in sheet.iter_rows(max_col=6) for cell in row if fill(cell)}
    assert coloured == set(found)
    assert not [word for word in ACCUSING for text in found.values() if word in text]


def test_the_original_stays_as_it_was_and_two_runs_are_alike(path):
    saved(wide_book(), path)
    before = path.read_bytes()
    report = run_over(path, wide_cases(path))
    assert copy_of(report) == copy_of(report)
    assert path.read_bytes() == before


def test_a_coloured_cell_keeps_everything_else_of_its_own(path):
    book = wide_book()
    cell = book["台账"]["D5"]
    cell.font = Font(bold=True, size=20, color="FFFFFFFF")
    cell.fill = PatternFill("solid", fgColor="FF000000")
    saved(book, path)
    kept = opened(copy_of(run_over(path, wide_cases(path))))["台账"]["D5"]
    assert (kept.number_format, kept.font.b, kept.font.sz, kept.value.date().isoformat()) == (
        "yyyy/m/d", True, 20, "2026-06-02",
    )  # fmt: skip
    assert (fill(kept), kept.font.color.rgb) == (RED, "FF000000")  # white would vanish on it


def rich_book():
    """What offices do to a sheet."""
    book = wide_book()
    page = book["台账"]
    page.freeze_panes = "B4"
    page.auto_filter.ref = "A3:F8"
    page.column_dimensions["B"].hidden = True
    page.column_dimensions["G"].hidden = True
    page.column_dimensions["G"].min, page.column_dimensions["G"].max = 7, 16384
    page.row_dimensions[6].hidden = True
    page.protection.sheet = True
    page.protection.password = "1"
    page["D5"].comment = Comment("交办日请核对", "张三")
    page["F4"].comment = Comment("重点", "张三")
    page["F4"] = "=E4-D4"
    rule = DataValidation(type="list", formula1='"领导批示,上级交办"')
    page.add_data_validation(rule)
    rule.add("B4:B8")
    page.conditional_formatting.add("F4:F8", CellIsRule(operator="greaterThan", formula=["3"], font=Font(bold=True)))
    chart = BarChart()
    chart.add_data(Reference(page, min_col=6, min_row=3, max_row=8), titles_from_data=True)
    page.add_chart(chart, "L3")
    book.create_sheet("说明")["A1"] = "原有的说明"
    book.create_sheet("问题清单")
    book.create_sheet("底稿").sheet_state = "veryHidden"
    return book


def with_results(parts):
    """The formula as a spreadsheet program saves it: with its result."""
    sheet = parts["xl/worksheets/sheet1.xml"]
    changed = re.sub(rb"(<f>E4-D4</f>)<v\s*/?>(</v>)?", rb"\1<v>3</v>", sheet)
    assert changed != sheet
    return {**parts, "xl/worksheets/sheet1.xml": changed}


def test_what_a_user_did_to_the_sheet_is_kept(path):
    rewritten(saved(rich_book(), path), with_results)
    data = copy_of(run_over(path, wide_cases(path)))
    book = opened(data)
    sheet = book["台账"]
    assert sheet.freeze_panes == "B4"
    assert sheet.auto_filter.ref == "A3:H8"  # the new columns can be filtered too
    assert sheet.column_dimensions["B"].hidden
    assert sheet.row_dimensions[6].hidden
    assert sheet.protection.sheet
    assert sheet["F4"].value == "=E4-D4"
    assert [(str(one.sqref), one.formula1) for one in sheet.data_validations.dataValidation] == [
        ("B4:B8", '"领导批示,上级交办"')
    ]
    assert [str(one.sqref) for one in sheet.conditional_formatting] == ["F4:F8"]
    found = notes(sheet)
    assert found["F4"] == "重点"
    assert found["D5"].startswith("交办日请核对\n\n【程序规范检查】\n逾期履行 · ledger/按期办结")
    assert sheet["D5"].comment.author == "张三"
    assert book.sheetnames == [
        "台账", "说明", "问题清单", "底稿", "说明2", "问题清单2", "临近期限", "待补资料", "未读入", "案件一览",
    ]  # fmt: skip
    assert book["说明"]["A1"].value == "原有的说明"
    assert book["底稿"].sheet_state == "veryHidden"
    again = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_name("台账").to_python()
    assert again[3][5] == 3  # the result of the formula, without calculating


def test_columns_hidden_to_the_end_of_the_sheet_do_not_hide_the_results(path):
    saved(rich_book(), path)
    sheet = opened(copy_of(run_over(path, wide_cases(path))))["台账"]
    parts = parts_of(copy_of(run_over(path, wide_cases(path))))
    cols = re.findall(rb"<col [^>]*>", parts["xl/worksheets/sheet1.xml"])
    shown = [one for one in cols if b'min="7"' in one or b'min="8"' in one]
    assert len(shown) == 2
    assert not [one for one in shown if b"hidden" in one]
    assert [one for one in cols if b'min="9"' in one and b'max="16384"' in one and b"hidden" in one]
    assert sheet["G3"].value == "检查结果"


def test_only_the_parts_that_say_something_are_changed(path):
    saved(rich_book(), path)
    old, new = parts_of(path.read_bytes()), parts_of(copy_of(run_over(path, wide_cases(path))))
    assert not old.keys() - new.keys()
    assert {name for name in old if old[name] != new[name]} == {
        "[Content_Types].xml",
        "xl/_rels/workbook.xml.rels",
        "xl/comments/comment1.xml",
        "xl/drawings/commentsDrawing1.vml",
        "xl/styles.xml",
        "xl/workbook.xml",
        "xl/worksheets/sheet1.xml",
    }


def test_a_filled_cell_is_never_written_over(path):
    book = wide_book()
    page = book["台账"]
    page["I6"] = "右边的注"
    page["G5"] = '=""'  # a formula that shows nothing
    page["K20"] = "表外"
    page.merge_cells("H8:L8")
    saved(book, path)
    sheet = opened(copy_of(run_over(path, wide_cases(path))))["台账"]
    assert sheet["M3"].value == "检查结果"
    assert sheet["N3"].value == "说明"
    assert (sheet["I6"].value, sheet["G5"].value, sheet["K20"].value) == ("右边的注", '=""', "表外")


@pytest.mark.parametrize(("at", "column"), [("G2", 16), ("H5", 17), ("K5", 7), ("G30", 7)])
def test_nothing_is_written_under_a_chart(path, at, column):
    """One that lies over the first free columns; one further right, and one below the table are in nobody's way."""
    book = wide_book()
    chart = BarChart()
    chart.width, chart.height = 15, 7.5
    book["台账"].add_chart(chart, at)
    saved(book, path)
    sheet = opened(copy_of(run_over(path, wide_cases(path))))["台账"]
    assert [cell.column for cell in sheet[3] if cell.value == "检查结果"] == [column]


def test_columns_of_the_same_name_are_not_doubled(path):
    book = wide_book()
    book["台账"]["F3"] = "说 明"
    saved(book, path)
    copy = opened(copy_of(run_over(path, wide_cases(path))))
    assert [copy["台账"].cell(3, n).value for n in (6, 7, 8)] == ["说 明", "检查结果", "检查说明"]
    text = [row[1].value for row in copy["说明"].iter_rows()]
    assert "表「台账」：G、H 两列是加上的「检查结果」「检查说明」，共 5行，着色 7格，批注 7处。" in text


def test_a_copy_that_is_checked_again_gets_columns_of_other_names(path):
    saved(wide_book(), path)
    for wanted in (["规范检查结果", "检查说明"], ["规范检查结果2", "检查说明2"]):
        path.write_bytes(copy_of(run_over(path, wide_cases(path))))
        sheet = opened(copy_of(run_over(path, wide_cases(path))))["台账"]
        assert [cell.value for cell in sheet[3]][-2:] == wanted


def test_what_is_lacking_is_told_though_there_is_a_due_date(path):
    """A due date alone would look like one that was missed."""
    saved(wide_book(), path)
    report = run_over(path, wide_cases(path))
    shown = next(s for s in report.cases[3].shown if s.finding.verdict is Verdict.UNDETERMINED)
    dated = shown._replace(finding=shown.finding.model_copy(update={"due": DAY, "days": 3}))
    assert in_short(dated) == in_short(shown) == "资料不足 · ledger/来源范围：缺少 e2 的「来源」"


def long_book():
    """One row an event; the case number stands once, over all rows of the case."""
    book = wide_book(rows=())
    page = book["台账"]
    page.delete_rows(3)
    rows = [
        ("案号", "环节", "日期"),
        ("督1", "登记", "2026-06-01"), (None, "交办", "2026-06-02"), (None, "办结", "2026-06-20"),
        ("督2", "登记", "2026-06-25"), (None, "交办", "2026-06-26"),
    ]  # fmt: skip
    for number, row in enumerate(rows, 3):
        for column, value in enumerate(row, 1):
            page.cell(number, column, value)
    page.merge_cells("A4:A6")
    page.merge_cells("A7:A8")
    return book


def long_case(path, name, rows):
    events = [
        Event(id=f"e{n}", position=n, act=act, date=day, attributes={"来源": "领导批示"} if act == "交办" else {},
              place=Place(file=str(path), sheet="台账", cell=f"A{row}"))
        for n, (row, act, day) in enumerate(rows, 1)
    ]  # fmt: skip
    return Case(id=name, events=tuple(events), place=events[0].place)


def test_of_a_row_an_event_the_first_row_of_a_case_has_the_result(path):
    saved(long_book(), path)
    june = [DAY.replace(month=6, day=day) for day in (1, 2, 20, 25, 26)]
    cases = (
        long_case(path, "督1", [(4, "登记", june[0]), (5, "交办", june[1]), (6, "办结", june[2])]),
        long_case(path, "督2", [(7, "登记", june[3]), (8, "交办", june[4])]),
    )
    sheet = opened(copy_of(run_over(path, cases)))["台账"]
    assert [sheet.cell(n, 4).value for n in range(3, 9)] == [
        "检查结果", "红：待核实（逾期履行 1）", None, None, "黄：15日内届满 1", None,
    ]  # fmt: skip
    # the place is the first cell of the row, the date stands in its own column
    assert set(notes(sheet)) == {"C5", "C6", "C8"}


def test_a_remark_on_a_cell_under_a_merge_stands_where_it_shows(path):
    saved(long_book(), path)
    case = long_case(path, "督1", [(4, "登记", DAY)])
    case = case.model_copy(update={"remarks": (told(path, "台账", "A6", level=Level.WARNING),)})
    sheet = opened(copy_of(run_over(path, (case,))))["台账"]
    assert notes(sheet) == {
        "A4": "【程序规范检查】\n有疑问：日期「24.3.5」读不懂；应是：2024-03-05",
    }


def test_rows_that_were_not_read_say_so(path):
    rows = (*ROWS[:2], ("督9", "领导批示", "24.3.5", None, None))
    book = wide_book(rows=rows[:2])
    book["台账"]["A6"], book["台账"]["C6"] = "督9", "24.3.5"
    saved(book, path)
    sheet = opened(copy_of(run_over(path, wide_cases(path, rows=rows[:2]), [told(path, "台账", "C6")])))["台账"]
    assert (sheet["G6"].value, fill(sheet["G6"])) == ("灰：未读入", GREY)
    assert sheet["H6"].value == "日期「24.3.5」读不懂"
    assert fill(sheet["C6"]) == GREY
    assert notes(sheet)["C6"] == "【程序规范检查】\n未读入：日期「24.3.5」读不懂；应是：2024-03-05"


def test_a_message_about_the_head_is_no_result_of_a_row(path):
    saved(wide_book(), path)
    unread = [told(path, "台账", "C3", "表头不明")]
    sheet = opened(copy_of(run_over(path, wide_cases(path), unread)))["台账"]
    assert "C3" in notes(sheet)
    assert sheet["G3"].value == "检查结果"


def test_the_register_leads_to_the_cells(path):
    saved(wide_book("张三's 表"), path)
    book = opened(copy_of(run_over(path, wide_cases(path, "张三's 表"))))
    sheet = book["问题清单"]
    assert [(cell.value, cell.hyperlink.location) for cell in sheet["C"][1:]] == [
        ("张三's 表 D5", "'张三''s 表'!D5"),
        ("张三's 表 D6", "'张三''s 表'!D6"),
        ("张三's 表 D6", "'张三''s 表'!D6"),
    ]


def test_the_copy_says_what_it_is(path):
    saved(wide_book(), path)
    book = opened(copy_of(run_over(path, wide_cases(path))))
    text = [row[1].value for row in book["说明"].iter_rows() if row[0].value is None and row[1].value]
    assert text == [
        "这是「台账.xlsx」的副本；原文件没有改动。",
        "表「台账」：G、H 两列是加上的「检查结果」「说明」，共 5行，着色 7格，批注 7处。",
        "图表、图片、公式和公式原有的结果、数据透视表、条件格式、数据有效性、筛选、冻结、隐藏的行列、"
        "工作表保护、外部链接等都照原样保留。",
        "格子的颜色以这一份为准，盖住了格子原有的底色；条件格式可能又盖住它，以文字为准。",
    ]


def test_too_many_comments_are_told(path, monkeypatch):
    monkeypatch.setattr("checker.reports.annotated.writing.MOST_NOTES", 2)
    monkeypatch.setattr("checker.reports.annotated.copying.MOST_NOTES", 2)
    saved(wide_book(), path)
    book = opened(copy_of(run_over(path, wide_cases(path))))
    assert len(notes(book["台账"])) == 2
    assert fill(book["台账"]["E8"]) == YELLOW
    text = [row[1].value for row in book["说明"].iter_rows()]
    assert "表「台账」的批注太多，只写了前 2处，其余 5处只有颜色，见各清单。" in text


def test_a_conversation_is_not_written_into(path):
    book = wide_book()
    book["台账"]["D5"].comment = Comment("[线程批注]", "tc={12345678-0000-0000-0000-000000000000}")
    saved(book, path)
    book = opened(copy_of(run_over(path, wide_cases(path))))
    assert notes(book["台账"])["D5"] == "[线程批注]"
    assert "表「台账」有 1处是对话式批注，程序不能续写，只有颜色，见各清单。" in [
        row[1].value for row in book["说明"].iter_rows()
    ]


def test_two_inputs_or_cases_without_cells_give_the_register_alone(path):
    saved(wide_book(), path)
    report = run_over(path, wide_cases(path))
    masked = report._replace(sources=())  # what is masked for its readers has no copy
    two = report._replace(sources=(str(path), str(path.with_name("乙.xlsx"))))
    bare = tuple(Case(id=one.id) for one in wide_cases(path))
    for other in (two, masked, run_over(path, bare)):
        assert opened(copy_of(other)).sheetnames[0] == "说明"
