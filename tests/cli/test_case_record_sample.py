"""The sample record of the file format gives just the findings it expects, with the shipped pack."""

import pytest
from click.testing import CliRunner

from checker.cli.main import program

SAMPLE = """\
case: DB-2024-012            # 案件
kind: 督办                    # 类型
covers: [登记, 审批, 交办, 办结, 延期批准, 催办]
attributes: {来源: 领导批示}
events:
  - {id: e1, date: 2024-03-05, act: 登记, actor: 政法委}
  - {id: e2, date: 2024-03-06, act: 审批, actor: 政法委, 结论: 同意}
  - {id: e3, date: 2024-03-07, act: 交办, actor: 政法委, 承办单位: 法院, 来源: 领导批示}
  - {id: e4, date: 2024-03-20, act: 提请协调, actor: 法院, document: [案件情况, 争议问题]}
answers:
  - {norm: duban/效果统一, event: e9, answer: 是, by: 审核员甲, date: 2024-07-01}
as_of: 2024-07-01
expect:
  - {norm: duban/按期办结, verdict: overdue, due: 2024-06-05, breached_on: 2024-06-06}
  - {norm: duban/逾期催办, verdict: overdue, due: 2024-06-14}
  - {norm: duban/书面报告要件, verdict: breached}
"""


@pytest.mark.parametrize("packs", [["duban"], ["duban", "four-relations", "nosub", "nosub-law"]])
def test_the_sample_gives_exactly_its_expectations(tmp_path, packs):
    path = tmp_path / "sample.yaml"
    path.write_text(SAMPLE, encoding="utf-8")
    result = CliRunner().invoke(program, ["test", str(path), *(word for p in packs for word in ("--rules", p))])
    assert result.exit_code == 0, result.output
    assert "通过 1" in result.stdout
    assert "「e9」不在本案记录中" in result.stderr
