"""A 督办 ledger with everything wrong with it that ledgers have, and beside it what was planted where.

``ugly()`` is the same on every call. 400 rows of cases and events stand on three sheets, one of them hidden; every
fault is in the list with what a reader should make of it.
"""

import datetime as dt
import io
from typing import Literal, NamedTuple

import openpyxl
from openpyxl.utils import get_column_letter

WIDE, LONG, HIDDEN, REMARKS = "督办台账", "办理过程", "2023年", "填表说明"
HEADS = (
    *("序号", "案号", "来源", "登记日期", "审批日期", "交办日期", "承办单位"),
    *("办理期限", "催办日期", "办结日期", "结果报告日期", "信访人", "备注"),
)
LONG_HEADS = ("案号", "办理日期", "事项", "办理单位")
ORGANS = ("法院", "检察院", "公安机关", "司法行政机关")
ALIASES = {"市法院": "法院", "市检": "检察院", "市公安局": "公安机关"}
NUMERALS = "〇一二三四五六七八九"
WIDTHS = str.maketrans("0123456789.-/", "０１２３４５６７８９．－／")

Outcome = Literal["read", "doubt", "unread", "nothing"]


class Planted(NamedTuple):
    """``read``: the cell gives ``expected``; ``doubt``: it is told with the code ``expected``, and its case is read
    otherwise; ``unread``: its row is left out, with the code; ``nothing``: it says that there is nothing.
    """

    sheet: str
    cell: str
    kind: str
    written: object
    outcome: Outcome
    expected: object
    case: str = ""


class Ugly(NamedTuple):
    """The workbook, what is planted in it, and the numbers of the rows by what they are, for each sheet."""

    data: bytes
    planted: tuple[Planted, ...]
    rows: dict[str, dict[str, list[int]]]

    def of(self, outcome, *kinds):
        """What is planted with this outcome."""
        return [one for one in self.planted if one.outcome == outcome and (not kinds or one.kind in kinds)]


def spoken(day):
    """二〇二四年三月五日"""
    year = "".join(NUMERALS[int(c)] for c in str(day.year))
    return f"{year}年{numeral(day.month)}月{numeral(day.day)}日"


def numeral(n):
    """五, 十, 十二, 二十, 三十一"""
    before = {0: "", 1: "十"}.get(n // 10, f"{NUMERALS[n // 10]}十")
    return before + (NUMERALS[n % 10] if n % 10 else "")


WAYS = (
    lambda d: d,
    lambda d: dt.datetime.combine(d, dt.time(9, 30)),
    lambda d: f"{d.year}年{d.month}月{d.day}日",
    lambda d: f"{d.year}年{d.month}月{d.day}号",
    lambda d: f"{d.year}.{d.month}.{d.day}",
    lambda d: f"{d.year}-{d.month}-{d.day}",
    lambda d: f"{d.year}/{d.month:02}/{d.day:02}",
    spoken,
    lambda d: spoken(d).replace("〇", "零"),
    lambda d: f"{d:%Y%m%d}",
    lambda d: int(f"{d:%Y%m%d}"),
    lambda d: f"{d.year}.{d.month}.{d.day}".translate(WIDTHS),
    lambda d: f" {d.year} 年 {d.month} 月 {d.day} 日\u200b",
    lambda d: f"{d.year}年{d.month}月{d.day}日（星期{'一二三四五六日'[d.weekday()]}）",
    lambda d: (d - dt.date(1899, 12, 30)).days,
    lambda d: f"{d.year}年{d.month}月{d.day}日 上午9时30分",
    lambda d: f"{d.year}、{d.month}、{d.day}",
)
DOUBTFUL_DATES = (
    ("24.3.5", "two-digit-year"),
    ("24年3月5日", "two-digit-year"),
    ("240305", "two-digit-year"),
    ("3/5/2024", "order-unclear"),
    ("2024年3月", "month-only"),
    ("2024.3", "month-only"),
    ("2024年", "year-only"),
    ("3月5日", "no-year"),
    ("2月30日", "no-year"),
    ("待定", "not-yet"),
    ("尚未办结", "not-yet"),
    ("不详", "not-known"),
    ("2024年2月30日", "impossible-date"),
    ("2024-3-5、2024-3-8", "two-dates"),
    ("2024年3月5日至8日", "two-dates"),
    ("农历三月初五", "lunar-date"),
    ("甲辰年三月五日", "other-era"),
    ("1900-01-01", "year-out-of-range"),
    ("9999-12-31", "year-out-of-range"),
    ("2024年3月5日收到", "more-than-date"),
    ("2024年3月5日（星期三）", "wrong-weekday"),
    ("2024-3-5 25:00", "impossible-time"),
    ("已办", "bad-date"),
    (30, "number-not-date"),
    ("=DATE(2024,3,5)", "formula-without-result"),
    ("#N/A", "error-cell"),
    ("#REF!", "error-cell"),
)
NO_DATES = ("无", "—", "/", "\u3000")
PERIODS = {
    30: "30日",
    "30日": "30日",
    "30天": "30日",
    "３０日": "30日",
    "三十日": "30日",
    "30日内": "30日",
    "一个月": "1个月",
    "两个月": "2个月",
    "15个工作日": "15个工作日",
    "十五个工作日": "15个工作日",
    "1年": "1年",
    "半年": "6个月",
}
DOUBTFUL_PERIODS = (("3月", "month-or-months"), ("尽快", "bad-period"), ("24小时", "hours"), ("30-60日", "bad-period"))
SEVERAL_ORGANS = (("市法院", "法院"), ("市检", "检察院"), (" 法\u3000院 ", "法院"), ("市公安局\u200b", "公安机关"))
DOUBTFUL_ORGANS = (
    ("市中院", "unknown-organ"),
    ("检察院、某公司", "unknown-organ"),
    ("待定", "not-yet"),
    (12, "bad-organ"),
)
BRACKETS = ("（{}）", "({})", "[{}]", "【{}】", "〔{}〕", "﹝{}﹞", "［{}］", "（ {} ）", "「{}」")
UNREAD_NUMBERS = (
    (None, "missing-case"),
    (1234567890123456, "rounded-number"),
    ("1.23457E+15", "rounded-number"),
    (dt.date(2024, 3, 1), "bad-case-number"),
    ("（2024）黑政督9001号、（2024）黑政督9002号", "two-case-numbers"),
    ("待补", "not-yet"),
)


def ugly():
    """The workbook and what is in it."""
    return _Maker().make()


class _Maker:
    def __init__(self):
        self.book = openpyxl.Workbook()
        self.planted = []
        self.rows = {}

    def make(self):
        self.wide()
        self.long()
        self.hidden()
        notes = self.book.create_sheet(REMARKS)
        notes.append(["本台账由各承办单位填报，每月五日前报送。"])
        stream = io.BytesIO()
        self.book.save(stream)
        return Ugly(stream.getvalue(), tuple(self.planted), self.rows)

    def note(self, kind, row):
        self.rows.setdefault(self.sheet.title, {}).setdefault(kind, []).append(row)

    def plant(self, at, kind, written, outcome, expected, case=""):
        row, column = at
        self.sheet.cell(row, column, written)
        cell = f"{get_column_letter(column)}{row}"
        self.planted.append(Planted(self.sheet.title, cell, kind, written, outcome, expected, case))

    def wide(self):
        """Three hundred rows of cases with titles, blank rows, sums and notes between them."""
        self.sheet = self.book.active
        self.sheet.title = WIDE
        self.sheet["A1"] = "某市委政法委执法监督督办台账（2024年度）"
        self.sheet.merge_cells("A1:M1")
        self.sheet["A2"] = "填报单位：执法监督科"
        self.sheet["H2"] = "填报日期：2024年12月31日"
        self.sheet.append([])
        for column, head in enumerate(HEADS, start=1):
            self.sheet.cell(4, column, head)
        self.row = 5
        for number in range(1, 301):
            self.case(number)
            if number % 50 == 0:
                self.between(number)
        self.sheet.cell(self.row, 1, "合计")
        self.sheet.cell(self.row, 2, "=COUNTA(B5:B999)")
        self.note("合计行", self.row)
        self.sheet.cell(self.row + 2, 1, "注：本表一式两份，办结日期以归档为准。")
        self.note("空行", self.row + 1)
        self.note("说明", self.row + 2)
        self.sheet.cell(self.row + 3, 1, "填表人：某某")
        self.note("说明", self.row + 3)
        self.plant_faults()

    def case(self, number):
        """A row as it should be; even the dates are, though each is typed in another way."""
        row, self.row = self.row, self.row + 1
        self.note("数据", row)
        name = f"（2024）黑政督{number}号"
        start = dt.date(2024, 1, 2) + dt.timedelta(days=number * 7 % 240)
        days = {4: start, 5: start + dt.timedelta(1), 6: start + dt.timedelta(2), 10: start + dt.timedelta(25)}
        self.sheet.cell(row, 1, number)
        self.plant(
            (row, 2), "案号", BRACKETS[number % len(BRACKETS)].format(2024) + f"黑政督{number}号", "read", name, name
        )
        self.sheet.cell(row, 3, ("领导批示", "涉法上访", "久拖不决", "当事人信访")[number % 4])
        for column, day in days.items():
            way = WAYS[(number + column) % len(WAYS)]
            self.plant((row, column), "日期", way(day), "read", day, name)
        self.plant((row, 7), "机关", ORGANS[number % 4], "read", ORGANS[number % 4], name)
        written = list(PERIODS)[number % len(PERIODS)]
        self.plant((row, 8), "期限", written, "read", PERIODS[written], name)
        self.sheet.cell(row, 12, f"某甲{number}")

    def between(self, number):
        """A sum, a blank row and the header again, as on a printed page."""
        self.sheet.cell(self.row, 1, "小计")
        self.sheet.cell(self.row, 2, f"{number}件")
        self.note("合计行", self.row)
        self.note("空行", self.row + 1)
        for column, head in enumerate(HEADS, start=1):
            self.sheet.cell(self.row + 2, column, head)
        self.note("重复的表头", self.row + 2)
        self.row += 3

    def replace(self, row, column, kind, written, outcome, expected):
        """Put something else into a cell; what was planted there is gone."""
        cell = f"{get_column_letter(column)}{row}"
        was = next((one for one in self.planted if (one.sheet, one.cell) == (WIDE, cell)), None)
        if was is not None:
            self.planted.remove(was)
        number = self.rows[WIDE]["数据"].index(row) + 1
        self.sheet.cell(row, column).value = None
        self.plant((row, column), kind, written, outcome, expected, f"（2024）黑政督{number}号")

    def plant_faults(self):
        free = iter(self.rows[WIDE]["数据"][10::4])
        for written, code in DOUBTFUL_DATES:
            self.replace(next(free), 6, "日期", written, "doubt", code)
        for written in NO_DATES:
            self.replace(next(free), 10, "日期", written, "nothing", None)
        for written, code in DOUBTFUL_PERIODS:
            self.replace(next(free), 8, "期限", written, "doubt", code)
        for written, organ in SEVERAL_ORGANS:
            self.replace(next(free), 7, "机关", written, "read", organ)
        for written, code in DOUBTFUL_ORGANS:
            self.replace(next(free), 7, "机关", written, "doubt", code)
        for written, code in UNREAD_NUMBERS:
            row = next(free)
            self.replace(row, 2, "案号", written, "unread", code)
            self.planted = [
                one for one in self.planted if one.sheet != WIDE or int(one.cell[1:]) != row or one.outcome == "unread"
            ]
        self.merge(next(free))

    def merge(self, row):
        """Two rows of one case: its number stands in merged cells, the second row has another 交办."""
        self.replace(row + 1, 2, "案号", None, "read", None)
        number = self.rows[WIDE]["数据"].index(row) + 1
        name = f"（2024）黑政督{number}号"
        self.sheet.merge_cells(start_row=row, end_row=row + 1, start_column=2, end_column=2)
        self.sheet.cell(row + 1, 3, self.sheet.cell(row, 3).value)
        moved = [one for one in self.planted if one.sheet == WIDE and int(one.cell[1:]) == row + 1]
        for one in moved:
            self.planted.remove(one)
            kept = one._replace(case=name, expected=name if one.kind == "案号" else one.expected)
            self.planted.append(kept)

    def long(self):
        """Eighty rows of events of the cases of the other sheet, one of them without a case."""
        self.sheet = self.book.create_sheet(LONG)
        self.sheet.append(["办理过程登记"])
        self.sheet.merge_cells("A1:D1")
        self.sheet.append(list(LONG_HEADS))
        for number in range(1, 81):
            row = number + 2
            self.note("数据", row)
            name = f"（2024）黑政督{number * 3}号"
            day = dt.date(2024, 3, 1) + dt.timedelta(days=number)
            self.sheet.cell(row, 1, name.translate(str.maketrans("（）", "()")))
            self.plant((row, 2), "日期", WAYS[number % len(WAYS)](day), "read", day, name)
            self.sheet.cell(row, 3, "督查")
            self.sheet.cell(row, 4, "政法委")
        doubtful = {10: ("24.3.5", "two-digit-year"), 20: ("待定", "not-yet"), 30: ("#N/A", "error-cell")}
        for row, (written, code) in doubtful.items():
            was = next(one for one in self.planted if (one.sheet, one.cell) == (LONG, f"B{row}"))
            self.planted.remove(was)
            self.plant((row, 2), "日期", written, "doubt", code, was.case)
        self.sheet.cell(40, 1).value = None
        self.planted = [one for one in self.planted if (one.sheet, one.cell) != (LONG, "B40")]
        self.plant((40, 1), "案号", None, "unread", "missing-case")

    def hidden(self):
        """Twenty rows on a sheet that is hidden."""
        self.sheet = self.book.create_sheet(HIDDEN)
        self.sheet.sheet_state = "hidden"
        self.sheet.append(list(HEADS))
        for number in range(1, 21):
            self.note("数据", number + 1)
            self.sheet.append([number, f"（2023）黑政督{number}号", "领导批示", dt.date(2023, 5, number)])
