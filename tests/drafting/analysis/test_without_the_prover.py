"""Without the prover what it would have to decide is said to be open, never to be clean."""

from pathlib import Path

from checker import api
from checker.calendars.shipped import shipped_calendar
from checker.drafting.analysis.running import analyse
from checker.drafting.proof import asking

PACK = """规程 《测试规程》
  标识 t
  效力 示范
  施行 2024-01-01
  期间 十日以内为工作日

词汇
  行为 交办：期限 期间
  行为 办结

规范 按期办结
  依据 测试
  当 交办
  应当 办结，自 交办 起 其 期限 内
  但 期限 为 1个自然日 的，期限为 1日
"""
"""One natural day rolled over is one working day: no case tells them apart, and the words do not show why."""


def test_what_only_the_prover_can_decide_stays_open(tmp_path, monkeypatch):
    monkeypatch.setattr(asking, "is_available", lambda: False)
    path = Path(tmp_path) / "t.norm"
    path.write_text(PACK, encoding="utf-8")
    rules, _ = api.compile_rules([str(path)])
    (found,) = analyse(rules, shipped_calendar())
    assert found.kind == "idle-exception"
    assert found.open == "没有证明器：须安装 pip install 'checker[proof]'"
    assert found.claim == (
        "没有找到因「t/按期办结」的例外「但 期限 为 1个自然日 的，期限为 1日」而结论不同的案件，也没有证明没有。"
    )
    assert found.shown == ()
    assert found.proof == ""
