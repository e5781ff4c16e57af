"""What the drafter is told about a line that could not be read: one sentence, and the smallest edit that mends it."""

from collections.abc import Callable, Iterator
from itertools import pairwise

from checker.language.nearest import missing_space, nearest, segment
from checker.language.parse import BLOCKS, Fault, Parsed, is_numeral, keywords
from checker.language.scan import Word
from checker.language.windows import DISCRETION, discretion_help
from checker.model.diagnostic import Diagnostic
from checker.model.place import Span

_LABELS = {
    "NAME": "名称", "PERIOD": "期间（如 30日）", "NUMBER": "数", "DATE": "日期（如 2024-01-31）", "QUOTE": "「…」",
    "TITLE": "《…》", "TIMES": "次数（如 一次）", "ORDINAL": "第几次", "REFERENCE": "出处", "_NL": "行末",
}  # fmt: skip
_MEANT = {
    "应当": "应该 必须 须 需 应", "不得": "禁止 严禁 不能 不准", "当": "如果 如 若 由于 每当", "但": "除非 但是",
    "且": "并且 并", "、": "和 及 以及", "或": "或者", "为": "等于 是", "不为": "不是 不等于", "大于": "超过",
    "小于": "少于", "内": "以内 之内", "自": "从", "依据": "根据", "包含": "包括", "限于": "只能 仅限", "相同": "一样",
    "计": "统计 计算 计数", "比": "除以 占",
}  # fmt: skip
_HABITS = {habit: meant for meant, habits in _MEANT.items() for habit in habits.split()}
_SIGNS = {">": "大于", "<": "小于", "≥": "不少于", "≤": "不超过", "≠": "不为", "&": "且", "|": "或", "/": "或"}
_UNITS = ("日", "天", "月", "年", "个月", "个工作日", "工作日", "小时", "次", "个季度")
_EFFECTS = ("不适用", "期限为", "延长", "不计入", "重新计算", "不顺延", "除外")
_DECLARING = ("参数", "规范", "指标", "标识", "行为", "机关", "人员", "类型")
_BEFORE_FROM = ("但", "应当", "重新计算", "且", "或", "非", "限于", "不得")
_SEPARATORS = ("，", ",", "；", ";")
_SHOWN = 12
_QUOTED = 30

_Known = frozenset[str]
_Reading = tuple[str, str, str, Word] | None
"""Code, sentence, help, and the word it is about."""


def explain(parsed: Parsed, known: set[str]) -> list[Diagnostic]:
    """A diagnostic for every fault of the file; ``known`` are the declared words."""
    words = frozenset(known) | keywords()
    return [_one(parsed.name, fault, words) for fault in parsed.faults]


def _one(file: str, fault: Fault, known: _Known) -> Diagnostic:
    code, message, help, word = _read(fault, known)
    span = Span(file=file, line=fault.line.number, column=word.start + 1, end_line=fault.line.number,
                end_column=max(word.end, word.start + 1) + 1 if word.kind == "end" else word.end + 1)  # fmt: skip
    expected = "主体" if code == "no-actor" else "、".join(_labels(fault))
    return Diagnostic(code=code, message=message, at=span, quote=_short(word.text), help=help,
                      expected=expected, meanwhile="这一行没有读入，其余照常检查。")  # fmt: skip


def _read(fault: Fault, known: _Known) -> tuple[str, str, str, Word]:
    readings: tuple[Callable[[Fault, _Known], _Reading], ...] = (
        _structure, _symbol, _discretion, _mixed, _missing_space, _window_first, _missing_comma,
        _comma_after_de, _split_number, _habit, _numeral, _block, _in_indicator, _unfinished,
    )  # fmt: skip
    found = next((reading for reader in readings if (reading := reader(fault, known))), None)
    return found or _plain(fault, known)


def _short(text: str) -> str:
    return text if len(text) <= _QUOTED else text[:_QUOTED] + "…"


def _labels(fault: Fault) -> Iterator[str]:
    shown = [_LABELS.get(a, f"「{a}」") for a in fault.accepted if a not in ("_INDENT", "_DEDENT", "$END")]
    yield from shown[:_SHOWN]
    if len(shown) > _SHOWN:
        yield "等"


def _structure(fault: Fault, _: _Known) -> _Reading:
    word = fault.words[0] if fault.words else fault.word
    text = _short(fault.word.text)
    match fault.code:
        case "not-indented":
            return "not-indented", f"「{text}」这一行没有缩进，不知属于哪一段。", "在行首加两个空格。", word
        case "too-deep":
            return (
                "too-deep",
                f"「{text}」这一行缩进过深。",
                "与上一行对齐；只有「但 … 的，除外」可以在例外之下再缩进一层。",
                word,
            )
        case "odd-indent":
            return "odd-indent", f"「{text}」这一行的缩进与同段各行不齐。", "与同段各行对齐。", word
        case "too-many":
            return "too-many", "错误太多，以下各行没有再读。", "先改正前面的错误。", fault.word
        case "too-nested":
            return "too-nested", "括号与「非」嵌套超过 40 层。", "把条件拆成几条规范。", fault.word
        case "long-word":
            return "long-word", f"「{text}」长于 60 字，不能作名称。", "词与词之间要有空格。", fault.word
        case "long-line":
            return "long-line", "这一行超过 2000 个词。", "分成几条规范。", fault.word
        case _:
            return None


def _symbol(fault: Fault, _: _Known) -> _Reading:
    word = fault.word
    match word.kind:
        case "unclosed-quote":
            return "unclosed", "引号「没有闭合。", "在引文末尾加」。", Word("「", "bad", word.start, word.start + 1)
        case "unclosed-title":
            return "unclosed", "书名号《没有闭合。", "在书名末尾加》。", Word("《", "bad", word.start, word.start + 1)
        case "bad":
            meant = _SIGNS.get(word.text)
            help = f"写作「{meant}」。" if meant else "去掉它；引文写在「」里，句号只能在行末。"
            return "bad-symbol", f"这里不能有符号「{word.text}」。", help, word
        case _:
            return None


def _clause(fault: Fault) -> list[Word]:
    """The words up to the fault since the last comma, and the fault itself."""
    start = max((i + 1 for i, w in enumerate(fault.words[: fault.at]) if w.text in ("，", "的，")), default=0)
    return list(fault.words[start : fault.at + 1])


def _discretion(fault: Fault, _: _Known) -> _Reading:
    word = next((w for w in _clause(fault) if w.text in DISCRETION), None)
    if word is None:
        return None
    return "discretion", f"「{word.text}」不是可以计算的期限。", discretion_help(word.text), word


def _mixed(fault: Fault, _: _Known) -> _Reading:
    depth = 0
    marks: dict[int, dict[str, Word]] = {}
    for word in _clause(fault):
        depth += {"（": 1, "）": -1, "{": 1, "}": -1}.get(word.text, 0)
        if word.text in ("且", "或", "、"):
            marks.setdefault(depth, {}).setdefault(word.text, word)
    for found in marks.values():
        if {"且", "或"} <= found.keys():
            later = max(found["且"], found["或"], key=lambda w: w.start)
            return (
                "mixed",
                "「且」与「或」混用而没有括号，读法不明。",
                "给其中一组加括号，如「甲 且 （乙 或 丙）」。",
                later,
            )
        if {"、", "或"} <= found.keys():
            later = max(found["、"], found["或"], key=lambda w: w.start)
            return (
                "mixed",
                "「、」与「或」混用而没有括号，读法不明。",
                "给其中一组加括号，如「甲、（乙 或 丙）」。",
                later,
            )
    return None


def _missing_space(fault: Fault, known: _Known) -> _Reading:
    declared = fault.words[1:2] if fault.words and fault.words[0].text in _DECLARING else ()
    candidates = [fault.word, *reversed(_clause(fault))]
    for word in (w for w in candidates if w not in declared):
        if word.kind == "word" and word.text not in known and (cut := segment(word.text, known)):
            message = f"「{_short(word.text)}」里缺少空格。"
            return "missing-space", message, missing_space(cut), word
    return None


def _missing_comma(fault: Fault, _: _Known) -> _Reading:
    clause = _clause(fault)
    for before, word in pairwise(clause):
        if word.text in ("自", "在") and before.kind == "word" and before.text not in _BEFORE_FROM:
            return "missing-comma", f"「{word.text}」之前缺少逗号。", f"写作「{before.text}，{word.text}」。", word
    return None


def _comma_after_de(fault: Fault, _: _Known) -> _Reading:
    for before, word in pairwise(_clause(fault)):
        if before.text == "的" and word.text in _EFFECTS:
            return "missing-comma", "「的」之后缺少逗号。", f"写作「的，{word.text}」。", word
    return None


def _split_number(fault: Fault, _: _Known) -> _Reading:
    for word, after in pairwise(fault.words):
        if is_numeral(word.text) and after.text in _UNITS:
            joined = word.text + after.text
            return "split-number", f"「{word.text} {after.text}」中间多了空格。", f"写作「{joined}」。", word
    return None


def _window_first(fault: Fault, _: _Known) -> _Reading:
    texts = [w.text for w in fault.words]
    if texts[:1] != ["应当"] or "内" not in texts or "，" in texts[: texts.index("内")]:
        return None
    period = texts[texts.index("内") - 1]
    help = f"写作「应当 行为，自 行为 起 {period}内」。"
    return "window-order", "期限要写在行为之后，并写明从何时起算。", help, fault.words[texts.index("内") - 1]


def _habit(fault: Fault, known: _Known) -> _Reading:
    if _HABITS.get(fault.word.text) in fault.accepted:
        word = fault.word
    else:
        earlier = (w for w in _clause(fault)[:-1] if w.text in _HABITS and w.text not in known)
        found = next(earlier, None)
        if found is None:
            return None
        word = found
    return "habit", f"「{word.text}」不是本语言的词。", f"写作「{_HABITS[word.text]}」。", word


def _numeral(fault: Fault, _: _Known) -> _Reading:
    word = fault.word
    if word.kind != "word" or "NAME" not in fault.accepted or not is_numeral(word.text):
        return None
    return "numeral", f"「{word.text}」是数或期间，不能作名称。", "换一个不只是数字的名称。", word


def _block(fault: Fault, _: _Known) -> _Reading:
    if fault.at or not set(BLOCKS) & set(fault.accepted):
        return None
    near = nearest(fault.word.text, BLOCKS)
    message = f"「{_short(fault.word.text)}」不能作一段的开头。"
    help = f"是否指「{near}」？" if near else "每段以「规程」「词汇」「规范」或「指标」开头。"
    return "block", message, help, fault.word


def _in_indicator(fault: Fault, _: _Known) -> _Reading:
    """A line of a norm where only those of an indicator can stand."""
    word = fault.word
    if fault.at or "计" not in fault.accepted or word.text not in keywords():
        return None
    return "indicator", f"指标里不能写「{word.text}」。", "指标只计数；有要求的，另写一条规范。", word


def _unfinished(fault: Fault, _: _Known) -> _Reading:
    if fault.code != "unfinished":
        return None
    texts = [word.text for word in fault.words]
    if fault.accepted == ("不得",) and ("，", "不得") in pairwise(texts):
        message = "「，」与「不得」之间没有主体。"
        return "no-actor", message, "删去「，」，或者在「不得」前写主体。", fault.words[texts.index("不得")]
    last = texts[-1] if texts else ""
    asked = [_LABELS.get(a, f"「{a}」") for a in fault.accepted]
    help = f"后面要写{'或'.join(asked)}。" if len(asked) <= 3 else ""
    return "unfinished", f"这一行到「{_short(last)}」还没有写完。", help, fault.word


def _plain(fault: Fault, _: _Known) -> tuple[str, str, str, Word]:
    word = fault.word
    near = nearest(word.text, [a for a in fault.accepted if a in keywords()]) if word.kind == "word" else ""
    if near:
        help = f"是否指「{near}」？"
    elif word.text in _SEPARATORS and "、" in fault.accepted and not {"，", "："} & set(fault.accepted):
        help = "并列的各项之间写「、」。"
    elif 0 < len(fault.insertions) <= 3:
        help = f"是否在它前面漏了「{'」或「'.join(fault.insertions)}」？"
    elif fault.accepted == ("_NL",):
        help = "这一行到此为止，后面的另起一行。"
    else:
        help = ""
    before = f"「{_short(fault.words[fault.at - 1].text)}」之后" if fault.at else "行首"
    return "unexpected", f"{before}不能写「{_short(word.text)}」。", help, word
