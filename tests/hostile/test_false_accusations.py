"""Lawful conduct that a shipped pack must not accuse: only what the records and the articles say."""

import json

import pytest
import yaml

from hostile.program import run

CASES = {
    "another organ's completion does not start one's own time to report": (
        "duban/限期报告",
        "2024-04-01",
        """
- {date: 2024-03-05, act: 交办, actor: 政法委, 承办单位: 法院, 来源: 领导批示}
- {date: 2024-03-05, act: 交办, actor: 政法委, 承办单位: 检察院, 来源: 领导批示}
- {date: 2024-03-12, act: 办结, actor: 检察院}
- {date: 2024-03-13, act: 结果报告, actor: 检察院}
""",
    ),
    "a court's own register opens no duty of the committee": (
        "duban/限期分流",
        "2024-12-31",
        "- {date: 2024-03-05, act: 登记, actor: 法院}",
    ),
    "the committee need not press what it did not assign": (
        "duban/逾期催办",
        "2024-12-31",
        "- {date: 2024-03-05, act: 交办, actor: 检察院, 承办单位: 公安机关, 来源: 领导批示}",
    ),
    "the committee need not inspect what it did not assign": (
        "duban/期内督查",
        "2024-12-31",
        "- {date: 2024-03-05, act: 交办, actor: 检察院, 承办单位: 公安机关, 来源: 领导批示}",
    ),
    "the extension of one organ is not the second of another": (
        "duban/延期限次",
        "2024-06-01",
        """
- {date: 2024-03-05, act: 交办, actor: 政法委, 承办单位: 法院, 来源: 领导批示}
- {date: 2024-03-05, act: 交办, actor: 政法委, 承办单位: 检察院, 来源: 领导批示}
- {date: 2024-05-10, act: 延期申请, actor: 检察院}
- {date: 2024-05-11, act: 延期批准, actor: 政法委}
- {date: 2024-05-12, act: 延期申请, actor: 法院}
- {date: 2024-05-13, act: 延期批准, actor: 政法委}
""",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_not_accused(name, tmp_path):
    norm, as_of, events = CASES[name]
    record = {"case": "甲", "events": yaml.safe_load(events)}
    (tmp_path / "a.json").write_text(json.dumps(record, ensure_ascii=False, default=str), encoding="utf-8")
    result = run("check", tmp_path / "a.json", "--rules", "duban", "--as-of", as_of, "--format", "jsonl")
    assert result.exit_code in (0, 1)
    assert norm not in [json.loads(line)["norm"] for line in result.stdout.splitlines()]
