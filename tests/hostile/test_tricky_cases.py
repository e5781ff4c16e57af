"""Cases on the edge of two readings: what must come out was worked out by hand from the rulings, not by the program."""

import json
from pathlib import Path

import pytest
import yaml

from hostile.program import run

HERE = Path(__file__).parent
CASES = yaml.safe_load((HERE / "tricky.yaml").read_text(encoding="utf-8"))["cases"]
EVENT_KEYS = ("date", "act", "actor")


def event(number, text):
    if isinstance(text, dict):
        return {"id": f"e{number}", **text}
    words = text.split()
    plain = [word for word in words if "=" not in word]
    found = {"id": f"e{number}", **dict(zip(EVENT_KEYS, plain, strict=False))}
    if found["date"] == "?":
        del found["date"]
    for word in words:
        if "=" in word:
            name, value = word.split("=")
            found[name] = None if value == "~" else value
    return found


def record(given):
    events = given.get("raw_events", given.get("events"))
    kept = {key: given[key] for key in ("kind", "covers", "answers", "extent", "ordered") if key in given}
    return {"case": "甲", "events": [event(i, text) for i, text in enumerate(events, 1)], **kept}


def pack(norms):
    lines = []
    for line in norms.splitlines():
        lines.append(line)
        if line.startswith("规范"):
            lines.append("  依据 测试")
    return (HERE / "tricky.norm").read_text(encoding="utf-8") + "\n" + "\n".join(lines) + "\n"


@pytest.mark.parametrize("engine", ["row", "durable"])
@pytest.mark.parametrize("given", CASES, ids=lambda given: given["name"].replace(" ", "-"))
def test_verdicts(given, engine, tmp_path):
    (tmp_path / "t.norm").write_text(pack(given["norms"]), encoding="utf-8")
    case = json.dumps(record(given), ensure_ascii=False, default=str)
    (tmp_path / "case.json").write_text(case, encoding="utf-8")
    options = ["--as-of", given["as_of"], "--only", "all", "--format", "jsonl", "--engine", engine]
    result = run("check", tmp_path / "case.json", "--rules", tmp_path / "t.norm", *options)
    assert result.exit_code in (0, 1), result.stderr
    found = [json.loads(line) for line in result.stdout.splitlines()]
    wanted = given["expect"]
    seen = [{key: one[key] for key in like} for one, like in zip(found, wanted, strict=False)]
    assert seen == json.loads(json.dumps(wanted, default=str))
    assert len(found) == len(wanted), found[len(wanted) :]
