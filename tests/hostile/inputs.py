"""Rules and cases that the attacks are made from."""

import json
import random

NORM = """规程 《试》
  标识 x
  效力 示范
  施行 2024-01-01
词汇
  机关 政法委、法院
  行为 登记、办结
规范 甲
  依据 测试
  登记 之前 应当 有 办结
"""
HEAD = NORM.partition("规范 甲")[0]
CYCLE = """规范 甲
  依据 测试
  当 违反 乙
  应当 办结，自 违反 起 3日 内
规范 乙
  依据 测试
  当 违反 甲
  应当 办结，自 违反 起 3日 内
"""
AS_OF = ("--as-of", "2026-01-01")


def event(**more):
    return {"date": "2024-03-05", "act": "登记", "actor": "政法委", **more}


def case(name="甲", **more):
    """One case with one violation of the norm above, as text on one line."""
    return json.dumps({"case": name, "events": [event()], **more}, ensure_ascii=False)


def noise(size=4000):
    return random.Random(7).randbytes(size)  # the same bytes in every run


def norm_with(sentence):
    return f"{HEAD}规范 甲\n  依据 测试\n  当 登记\n  {sentence}\n"
