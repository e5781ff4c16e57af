"""How fast ledgers are opened, their cells read, and made case records of: 50,000 rows of 20 columns, in each format.

    python benchmarks/ledgers.py [--rows 50000]

Every figure stands beside the time in which calamine alone reads the workbook without formulas, in the same run, since
machines and moments differ. ``.xls`` and ``.ods`` are written by LibreOffice, and left out where there is none.
"""

import argparse
import io
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import openpyxl
from python_calamine import CalamineWorkbook

from checker.api import compile_rules
from checker.cases.event_record import words
from checker.cases.ledger.grid import Book, Grid
from checker.cases.ledger.opening import open_path
from checker.cases.ledger.proposing.ledger import propose
from checker.cases.ledger.reading.bound import fitted
from checker.cases.ledger.reading.ledger import read_ledger
from checker.cases.ledger.values.case_numbers import read_case_number
from checker.cases.ledger.values.dates import read_date
from checker.cases.problems import Refusal
from checker.cases.record import RawRecord, read_case

COLUMNS = 20
WAYS = ("{0}年{1}月{2}日", "{0}.{1}.{2}", "{0}-{1:02}-{2:02}", "{0}/{1}/{2}", "{0}{1:02}{2:02}")


def row(number: int, formula: bool) -> list[object]:
    """A case: a number, four dates typed in as many ways, texts that repeat, a number or a formula."""
    days = [date(2023, 1, 1) + timedelta(days=(number * 7 + step * 30) % 700) for step in range(4)]
    typed = [WAYS[(number + n) % len(WAYS)].format(day.year, day.month, day.day) for n, day in enumerate(days[1:])]
    texts = [f"文字{(number * step) % 997}" for step in range(1, COLUMNS - 5)]
    return [f"（2024）黑0381刑初{number}号", days[0], *typed, *texts[: COLUMNS - 6], "=ROW()" if formula else number]


def workbook(path: Path, rows: int, formula: bool) -> None:
    """A workbook of one sheet."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("台账")
    sheet.append([f"列{n}" for n in range(COLUMNS)])
    for number in range(rows):
        sheet.append(row(number, formula))
    book.save(path)


def text(path: Path, rows: int) -> None:
    """The same as CSV in GB18030."""
    lines = [",".join(f"列{n}" for n in range(COLUMNS))]
    lines += [",".join(map(str, row(number, formula=False))) for number in range(rows)]
    path.write_bytes("\n".join(lines).encode("gb18030"))


def converted(path: Path, suffix: str) -> Path | None:
    """What LibreOffice makes of it."""
    if shutil.which("soffice") is None:
        return None
    profile = f"-env:UserInstallation=file://{path.parent}/profile"
    command = ["soffice", "--headless", profile, "--convert-to", suffix, "--outdir", str(path.parent), str(path)]
    subprocess.run(command, check=True, capture_output=True)
    return path.with_suffix(f".{suffix}")


def took(task: Callable[[], object]) -> float:
    """Processor seconds, the least of two runs: others use the machine too."""
    least = float("inf")
    for _ in range(2):
        before = time.process_time()
        task()
        least = min(least, time.process_time() - before)
    return least


def by_calamine(path: Path) -> None:
    """What the library alone does."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(path.read_bytes()))
    book.get_sheet_by_index(0).to_python(skip_empty_area=False)


def opened(path: Path) -> Book:
    """The ledger; the benchmark ends where it cannot be read."""
    book = open_path(str(path))
    if not isinstance(book, Book):
        raise SystemExit(book.diagnostics[0].message)
    return book


def cells(book: Book) -> None:
    """Every case number and date read; the benchmark ends where one cannot be."""
    for number, *found in (line[:5] for line in book.grids[0].rows[1:]):
        read = [read_case_number(number), *map(read_date, found)]
        if any(isinstance(one, Refusal) for one in read):
            raise SystemExit(f"{number}: {found}")


def taken_in(rows: int) -> None:
    """A ledger of one row a case looked at, read by the mapping that is proposed, and made case records of."""
    heads = ["序号", "案号", "来源", "登记日期", "审批日期", "审批结论", "交办日期", "承办单位", "办理期限（日）"]
    heads += ["办结日期", "结果报告日期"]
    lines: list[tuple[object, ...]] = [tuple(heads)]
    for number in range(rows):
        days = [date(2023, 1, 1) + timedelta(days=(number * 7 + step * 20) % 700) for step in range(5)]
        typed = [WAYS[(number + n) % len(WAYS)].format(day.year, day.month, day.day) for n, day in enumerate(days)]
        unclear = "2024年3月" if number % 50 == 0 else typed[3]
        case = f"黑政法督〔2024〕{number}号"
        lines.append(
            (number, case, "领导批示", days[0], typed[1], "同意", typed[2], "法院", 30, unclear, typed[4], None)
        )
    book = Book("台账.xlsx", "xlsx", (Grid("台账", False, tuple(lines)),))
    rules = compile_rules(("duban",))[0]
    seconds = took(lambda: propose(book, rules, "台账.对照.yaml"))
    print(f"mapping proposed                         {seconds:6.2f} CPU s")
    mapping = propose(book, rules, "台账.对照.yaml").mapping
    fit = fitted(mapping, book)
    seconds = took(lambda: read_ledger(book, mapping, fit.bound, rules.vocabulary))
    print(f"{rows} rows to records                  {seconds:6.2f} CPU s")
    known = words(rules.vocabulary)
    found = read_ledger(book, mapping, fit.bound, rules.vocabulary)
    records = [one for one in found.items if isinstance(one, RawRecord)]
    seconds = took(lambda: [None for one in records if read_case(one, known) is None])
    print(f"{len(records)} records to cases                {seconds:6.2f} CPU s")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=50_000)
    rows = parser.parse_args().rows
    with tempfile.TemporaryDirectory() as folder:
        plain, formulas, csv = (Path(folder) / name for name in ("plain.xlsx", "formulas.xlsx", "plain.csv"))
        workbook(plain, rows, formula=False)
        workbook(formulas, rows, formula=True)
        text(csv, rows)
        least = took(lambda: by_calamine(plain))
        print(f"{rows} rows × {COLUMNS} columns; calamine alone: {least:.2f} CPU s (= 1), on {os.cpu_count()} cores")
        made = [plain, formulas, csv, converted(plain, "xls"), converted(plain, "ods")]
        for path in (one for one in made if one is not None):
            seconds = took(lambda path=path: opened(path))
            size = path.stat().st_size / 1e6
            print(f"{path.name:14} {size:6.1f} MB  opened {seconds:6.2f} CPU s  × {seconds / least:5.1f}")
        book = opened(plain)
        seconds = took(lambda: cells(book))
        print(f"{rows * 5} case numbers and dates read  {seconds:6.2f} CPU s  × {seconds / least:5.1f}")

    taken_in(rows)


if __name__ == "__main__":
    main()
