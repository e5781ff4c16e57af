"""``checker test --to-excel``: fixtures as a workbook to go on with."""

from importlib.util import find_spec

import click

from checker import api
from checker.cli.diagnostics import note, show
from checker.cli.exits import Exit
from checker.cli.fixture_batches import Request
from checker.cli.output import replacing
from checker.cli.streams import writing
from checker.model.case import Fixture


def write_excel(request: Request, path: str) -> int:
    """Write the chosen fixtures; say what could not be read, or not be written."""
    _refuse(request, path)
    batch = request.batches[0]
    rules, warnings = api.compile_rules(batch.packs, request.site, batch.named)
    show(warnings)
    from checker.cases.expectations import split_paths
    from checker.cases.fixture_workbook import write_workbook
    from checker.cases.fixtures import read_fixtures

    fixtures, bad = [], 0
    for item in (item for one in split_paths(batch.paths).singles for item in read_fixtures(one, rules.vocabulary)):
        if isinstance(item, Fixture):
            fixtures += [item] if request.choice.takes(item) else []
        else:
            show(item.diagnostics)
            bad += 1
    if not fixtures:
        note("错误：没有可写的用例。")
        return Exit.WRONG
    written = write_workbook(fixtures, rules.vocabulary)
    with replacing(path) as beside, writing(f"文件「{path}」"):
        beside.write_bytes(written.data)
    note(f"写入用例 {len(fixtures) - len(written.left_out)}个：{path}")
    for case in written.left_out:
        note(f"用例「{case}」没有写入：编号重复，或者有表格写不下的内容")
    return Exit.WRONG if bad else Exit.FOUND if written.left_out else Exit.OK


def _refuse(request: Request, path: str) -> None:
    if not path.lower().endswith(".xlsx"):
        raise click.UsageError(f"「{path}」不是 .xlsx 文件")
    if len(request.batches) != 1:
        raise click.UsageError("一个工作簿只写一个规则包的用例，用「--rules」或者用例的路径选定一个规则包")
    if any(find_spec(name) is None for name in ("openpyxl", "python_calamine")):
        raise click.UsageError("写 Excel 需要 openpyxl 和 python-calamine，用「pip install 'checker[ledger]'」安装")
