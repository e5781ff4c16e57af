"""The smallest pack that has fixtures: one duty with a period."""

RULES = """规程 《甲》
  标识 jia
  效力 示范
  施行 2024-01-01
  案结 以 归档 为准

词汇
  机关 法院
  行为 交办、办结、归档

规范 按期
  依据 测试
  当 交办
  应当 办结，自 交办 起 10日 内
"""
