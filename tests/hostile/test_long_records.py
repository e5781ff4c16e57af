"""One case with very many events: steady time, the same from both engines."""

import datetime as dt
import json
import time

from hostile.program import run

ACTS = [
    {"act": "登记", "actor": "政法委"},
    {"act": "审批", "actor": "政法委", "结论": "同意"},
    {"act": "交办", "actor": "政法委", "承办单位": "法院", "来源": "领导批示"},
    {"act": "中止", "actor": "法院"},
    {"act": "恢复", "actor": "法院"},
    {"act": "延期批准", "actor": "政法委"},
    {"act": "办结", "actor": "法院"},
    {"act": "结果报告", "actor": "法院"},
]
SECONDS = 20


def test_a_thousand_events_against_every_pack(tmp_path):
    first = dt.date(2024, 1, 2)
    events = [{"date": str(first + dt.timedelta(days=i // 40)), **ACTS[i % 8]} for i in range(1000)]
    (tmp_path / "a.json").write_text(json.dumps({"case": "甲", "events": events}), encoding="utf-8")
    written = []
    for engine in ("row", "durable"):
        began = time.monotonic()
        options = ["--as-of", "2026-01-01", "--only", "all", "--format", "jsonl", "--engine", engine]
        result = run("check", tmp_path / "a.json", *options)
        assert time.monotonic() - began < SECONDS
        assert result.exit_code == 1
        written.append(result.stdout)
    assert written[0] == written[1]
    assert len(written[0].splitlines()) > 1000
