"""A small pack with everything an editor asks about, as files under a folder."""

from checker.lsp.view import view_of

NORMS = """规程 《甲》
  标识 jia
  效力 示范
  施行 2024-01-01
  期间 次日起算；末日遇休假日顺延；日为自然日
  案结 以 归档 为准
  参数 办结期限 = 10日 「《某法》第一条：十日内办结」

词汇
  机关 法院、政法委
  行为 登记、归档
  行为 交办：承办单位 机关，来源 {领导批示、群众来信}
  行为 办结：结论 {同意、不同意}
  行为 报告：文书 {事实、依据}

规范 按期
  依据 《某法》第一条「十日内办结」
  当 政法委 交办 且 来源 为 领导批示
  应当 承办单位 办结，自 交办 起 办结期限 内
"""
MORE = """规范 催办
  依据 某
  当 违反 按期
  应当 政法委 登记，自 违反 起 5日 内

规范 报告要件
  依据 《某法》第二条「载明事实」
  法院 报告 应当 载明 事实、依据
"""
TEXT = """# 名称：某法
# 标识：mf
# 效力：法律
# 施行：2020-01-01
# 状态：现行
# 文本：已核对
# 来源：公报

第一条 交办的，应当在十日内办结。

第二条 报告应当载明事实。
"""
FIXTURES = """# 按期 的两例
case: 好
events:
  - {id: e1, date: 2026-03-02, act: 交办, actor: 政法委, 承办单位: 法院, 来源: 领导批示}
  - {id: e2, date: 2026-03-05, act: "办结", actor: [法院], 结论: 同意}
as_of: 2026-07-01
expect:
  - {norm: jia/按期, verdict: met, bearer: 法院}
---
case: 迟
covers: [交办, 办结]
events:
  - {id: e1, date: 2026-03-02, act: 交办, actor: 政法委, 承办单位: 法院, 来源: 领导批示}
as_of: 2026-07-01
expect:
  - {norm: jia/按期, verdict: overdue}
  - {norm: jia/催办, anchor: "违反:jia/按期@e1", verdict: undetermined}
"""
REGISTER = """- {编号: MF-1, 文件: 某法, 条: 第一条, 规范: [按期, 催办]}
- {编号: MF-2, 文件: 某法, 条: 第二条, 规范: [jia/报告要件]}
"""
SITE = """参数:
  jia/办结期限: {值: 15日, 出处: 「某」}
"""
OTHER = """规程 《乙》
  标识 yi
  效力 示范
词汇
  机关 政法委
  行为 催促
规范 乙一
  依据 某
  当 违反 jia/按期
  应当 政法委 催促
"""


def write(home):
    """The pack and what stands around it; the folder of its rules."""
    for name, text in (
        ("rules/jia/jia.norm", NORMS),
        ("rules/jia/more.norm", MORE),
        ("rules/jia/text/mf.txt", TEXT),
        ("rules/jia/provisions.yaml", REGISTER),
        ("rules/jia/regions/some.yaml", SITE),
        ("rules/yi/yi.norm", OTHER),
        ("fixtures/jia/一.yaml", FIXTURES),
    ):
        path = home / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return home / "rules" / "jia"


def seen(folder, buffers=None):
    """The view of the pack."""
    return view_of(folder, {(folder / name).as_posix(): text for name, text in (buffers or {}).items()})


def at(text, words, offset=0):
    """Line and column of the first place of some words, moved by ``offset``."""
    before = text[: text.index(words) + offset]
    return before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1


def quoted(span, home):
    """What stands in a span, with its file and line."""
    from pathlib import Path

    line = Path(span.file).read_text(encoding="utf-8").split("\n")[span.line - 1]
    name = Path(span.file).relative_to(home).as_posix()
    return f"{name}:{span.line} {line[span.column - 1 : span.end_column - 1]}"
