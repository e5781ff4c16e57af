"""Fourth pass: the head of a pack, and how an instrument counts time."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from lark.lexer import Token

from checker.language.hours import is_hours
from checker.language.nearest import did_you_mean
from checker.language.numerals import read_date, read_number, read_period
from checker.language.syntax import Branch, Refusal, branch, branches, complaint, names, refuse, span_of, token, tokens
from checker.model.diagnostic import Diagnostic, Note
from checker.model.norm import Counting, Parameter
from checker.model.place import Span
from checker.model.source import Rank, Source, Validity
from checker.model.values import Period, Unit, Value


@dataclass(frozen=True)
class DayRule:
    """Which numbers of 日 are working days: all, those up to a number, those listed."""

    every: bool = False
    up_to: int = 0
    listed: frozenset[int] = frozenset()

    def __call__(self, n: int, /) -> Unit:
        """The unit that ``n 日`` counts in."""
        return Unit.WORKDAY if self.every or n <= self.up_to or n in self.listed else Unit.DAY


class TimeRule(NamedTuple):
    """Counting of the core together with what 日 means, which only this layer needs."""

    counting: Counting = Counting()
    day: DayRule = DayRule()


_PLAIN = TimeRule()


@dataclass
class Head:
    """The head of one pack while it is read; ``file`` and ``tree`` say where."""

    file: str
    tree: Branch
    title: str = ""
    id: str = ""
    rank: Rank | None = None
    draft: bool = False
    opt_in: bool = False
    is_damaged: bool = False
    first: dt.date | None = None
    end: dt.date | None = None
    time: TimeRule = _PLAIN
    closing: Branch | None = None
    applies: list[Branch] = field(default_factory=list)
    parameters: dict[str, Parameter] = field(default_factory=dict)
    places: dict[str, Span] = field(default_factory=dict)
    problems: list[Diagnostic] = field(default_factory=list)


_WORDS = {
    "次日起算": {"next_day": True}, "当日起算": {"next_day": False},
    "末日遇休假日顺延": {"roll": True}, "末日遇休假日不顺延": {"roll": False}, "末日不顺延": {"roll": False},
    "月末对月末": {"month_end": True}, "月对应日": {"month_end": False},
    "次时起算": {"next_hour": True}, "自然时": {"next_hour": False},
}  # fmt: skip
_DAYS = {"日为自然日": DayRule(), "日为工作日": DayRule(every=True)}
COUNTING_WORDS = (*_WORDS, *_DAYS)
"""What may follow 期间."""


def read_head(file: str, tree: Branch, overrides: Mapping[str, tuple[str, Source]]) -> Head:
    """The head of a pack; ``overrides`` are a site's values for ``pack/parameter``."""
    title = token(tree, "TITLE")
    head = Head(file=file, tree=tree, title=str(title)[1:-1] if title else "")
    for line in sorted(branches(tree), key=lambda line: line.data == "parameter"):  # parameters need 期间 first
        try:
            _line(head, line)
        except Refusal as refusal:
            head.problems.append(refusal.diagnostic)
    for name in head.parameters:
        found = overrides.get(f"{head.id}/{name}")
        if found:
            head.parameters[name] = _overridden(head, name, *found)
    return head


def _line(head: Head, line: Branch) -> None:
    once = line.data not in ("parameter", "applies")
    if once and line.data in head.places:
        note = Note(at=head.places[str(line.data)], text="先前写在这里。")
        raise refuse(head.file, line, "twice", "规程的这一项写了两次。", help="只留一行。", notes=(note,))
    head.places[str(line.data)] = span_of(head.file, line)
    match line.data:
        case "pack_id":
            head.id = str(names(line)[0])
        case "rank":
            head.rank = rank_of(head.file, names(line)[0])
        case "start_date":
            head.first = day_of(head.file, line)
        case "end_date":
            head.end = day_of(head.file, line)
        case "counting":
            head.time = read_counting(head.file, line, head.time)
        case "closing":
            head.closing = branch(line, "patterns")
        case "applies":
            head.applies += branches(line, "condition")
        case "draft" | "opt_in":
            setattr(head, str(line.data), True)
        case _:
            _parameter(head, line)


def rank_of(file: str, name: Token) -> Rank:
    """效力 …: the standing of the text."""
    known = [rank.value for rank in Rank]
    if str(name) not in known:
        help = did_you_mean(name, known) or "效力须为 " + "、".join(known) + " 之一。"
        raise refuse(file, name, "unknown-rank", f"没有「{name}」这种效力。", help=help, expected="、".join(known))
    return Rank(str(name))


def day_of(file: str, line: Branch) -> dt.date:
    """The day of 施行 or 废止."""
    word = token(line, "DATE")
    found = read_date(str(word)) if word else None
    if word is None or found is None:
        raise refuse(file, word or line, "bad-date", f"没有「{word}」这一天。", help="日期写作 2024-01-31。")
    return found


def validity(first: dt.date | None, end: dt.date | None) -> Validity:
    """From 施行 on; 废止 names the first day out of force."""
    return Validity(first=first, last=end - dt.timedelta(days=1) if end else None)


def read_counting(file: str, line: Branch, base: TimeRule) -> TimeRule:
    """期间 …；…: what it says changes, the rest stays as in ``base``."""
    for item in branches(line):
        base = _counted(file, item, base)
    sources = tuple(split_source(str(quote)[1:-1]) for quote in tokens(line, "QUOTE"))
    return base._replace(counting=base.counting.model_copy(update={"sources": sources})) if sources else base


def _counted(file: str, item: Branch, base: TimeRule) -> TimeRule:
    if item.data == "count_word":
        word = names(item)[0]
        if str(word) in _WORDS:
            return base._replace(counting=base.counting.model_copy(update=_WORDS[str(word)]))
        if str(word) in _DAYS:
            return base._replace(day=_DAYS[str(word)])
        raise refuse(
            file,
            word,
            "unknown-counting",
            f"不懂「{word}」这种算法。",
            help=did_you_mean(word, COUNTING_WORDS),
            expected="、".join(COUNTING_WORDS),
        )
    days = tuple(_days(file, word) for word in tokens(item, "PERIOD"))
    rule = DayRule(up_to=days[0]) if item.data == "count_short" else DayRule(listed=frozenset(days))
    return base._replace(day=rule)


def _days(file: str, word: Token) -> int:
    period = read_period(str(word))
    if period is None or len(period.parts) != 1 or period.parts[0].unit is not Unit.DAY:
        raise refuse(file, word, "bad-period", f"「{word}」不是以日计的期间。", help="写作「3日、5日 为工作日」。")
    return period.parts[0].n


def split_source(quote: str) -> Source:
    """出处：原文 → reference and quoted words; without a colon all of it is the reference."""
    reference, mark, words = quote.partition("：")
    return Source(reference=reference.strip(), quote=words.strip() if mark else "")


def _parameter(head: Head, line: Branch) -> None:
    name, value = line.children[0], line.children[1]
    quote = token(line, "QUOTE")
    assert isinstance(name, Token)
    assert isinstance(value, Token)
    assert quote is not None
    if str(name) in head.parameters:
        raise refuse(head.file, name, "twice", f"参数「{name}」写了两次。", help="只留一行。")
    source = split_source(str(quote)[1:-1])
    if not source.reference:
        raise refuse(head.file, quote, "no-source", f"参数「{name}」没有出处。", help="写作「某某条例第几条：原文」。")
    place = span_of(head.file, line)
    head.parameters[str(name)] = Parameter(name=str(name), value=_value(head, value), source=source, span=place)
    head.places[f"参数 {name}"] = place


def _value(head: Head, word: Token) -> Period | Value:
    found = parameter_value(word.type, str(word), head.time)
    if found is None:
        raise refuse(head.file, word, "bad-value", f"「{word}」不能作参数的值。", help="写作 90日、3 或 2024-01-31。")
    return found


def parameter_value(kind: str, text: str, time: TimeRule) -> Period | Value:
    """The value of a parameter; None if the text is none."""
    match kind:
        case "PERIOD":
            return read_period(text, time.day)
        case "NUMBER":
            return read_number(text)
        case "DATE":
            return read_date(text)
        case _:
            return text == "是" if text in ("是", "否") else text


def _overridden(head: Head, name: str, text: str, source: Source) -> Parameter:
    old = head.parameters[name]
    readings = (read_period(text, head.time.day), read_date(text), read_number(text))
    found = next((value for value in readings if value is not None), parameter_value("NAME", text, head.time))
    if _kind(found) == _kind(old.value):
        return Parameter(name=name, value=found, source=source, span=old.span)
    message = f"现场给参数「{head.id}/{name}」的值「{text}」是{_kind(found)}，而规程的原值是{_kind(old.value)}。"
    problem = complaint(head.file, head.tree, "bad-override", message, help="改现场文件里的值，使它与原值同类。")
    head.problems.append(problem.model_copy(update={"at": head.places[f"参数 {name}"]}))
    return old


def _kind(value: Period | Value) -> str:
    """The kind of a parameter's value; one value may stand for another of the same kind only."""
    match value:
        case Period():
            return "按小时计的期间" if is_hours(value) else "按日、月、年计的期间"
        case bool():
            return "是否"
        case dt.date():
            return "日期"
        case str():
            return "一个词"
        case _:
            return "数"


def complete(head: Head) -> list[Diagnostic]:
    """What every head must say."""
    found = list(head.problems)
    title = token(head.tree, "TITLE") or head.tree
    if head.is_damaged:  # what seems to be missing may stand in the line that could not be read
        return found
    if not head.id:
        found.append(complaint(head.file, title, "no-id", "规程缺少「标识」。", help="加一行「标识 duban」。"))
    elif "/" in head.id:
        found.append(complaint(head.file, title, "bad-id", f"标识「{head.id}」不能含有「/」。"))
    if head.rank is None and not any(d.code == "unknown-rank" for d in found):
        found.append(
            complaint(head.file, title, "no-rank", "规程缺少「效力」。", help="加一行，如「效力 规范性文件」。")
        )
    if head.first and head.end and head.end <= head.first:
        found.append(complaint(head.file, title, "bad-validity", "规程的废止日不在施行日之后。"))
    return found


def with_id(head: Head, name: str) -> Head:
    """A head without 标识 gets a stand-in, so that its norms are still read."""
    return head if head.id else replace(head, id=name)
