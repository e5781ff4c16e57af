"""Archives for the tests of their runs: small, with whatever may stand in one."""

import datetime as dt
import random

from hostile.inputs import case

PACK = """规程 《试》
  标识 x
  效力 示范
  施行 2024-01-01
词汇
  机关 政法委、法院
  行为 登记、办结、催办
规范 先办结
  依据 测试
  登记 之前 应当 有 办结
规范 按期办结
  依据 测试
  当 登记
  应当 办结，自 登记 起 5个工作日 内
规范 催办
  依据 测试
  当 违反 按期办结
  应当 催办，自 违反 起 3日 内
"""


def lines(count, seed=0):
    """So many lines of JSON: cases, and now and then a repeated id, a bad record, broken JSON or nothing."""
    chance = random.Random(seed)
    return [_line(n, chance) for n in range(count)]


def _line(n, chance):
    match chance.randrange(16):
        case 0:
            return ""
        case 1:
            return '{"case": "破'
        case 2:
            return case(f"坏{n}", events=[{"date": "2024-02-30", "act": "登记"}])
        case 3:
            return case(f"重{chance.randrange(2)}")
        case 4:
            return case(f"注{n}", answers=[{"norm": "x/先办结", "event": "e9", "answer": "是"}])
    return case(f"案{n}", events=list(_events(chance)))


def _events(chance):
    day = dt.date(2024, 1, 1) + dt.timedelta(days=chance.randrange(300))
    for act in ("登记", "办结", "催办")[: chance.randrange(4)]:
        yield {"date": day.isoformat(), "act": act, "actor": "政法委"}
        day += dt.timedelta(days=chance.randrange(12))
