"""One norm laid open: as written, its articles, its core in words, what it hangs together with, its truth tables."""

from typing import NamedTuple, assert_never

from checker.explain.phrases import condition_phrase, pattern_phrase
from checker.explain.references import referred_norms, used_acts, used_parameters
from checker.explain.requirement_phrases import clause_phrases, requirement_phrases
from checker.explain.sources import source_text, titled, wording_text
from checker.explain.truth_tables import Table, inner_table, overlay_table
from checker.explain.values import period_text, value_text
from checker.model.norm import Counting, Norm, OnBreach, OnEvent, OnExpiry, OnPeriod, Pack, Parameter, RuleSet
from checker.model.requirements import Deem
from checker.model.source import Source, Validity
from checker.model.values import Period

_PERIODS = {1: "月", 3: "季度", 6: "半年", 12: "年"}


class Line(NamedTuple):
    """A line of text; ``level`` is how far it is indented."""

    level: int
    text: str


class Section(NamedTuple):
    """A heading with lines under it; ``verbatim`` lines are never broken."""

    title: str
    lines: tuple[Line, ...]
    verbatim: bool = False


class NormPage(NamedTuple):
    """Everything about one version of a norm, or about an indicator (``word`` says which)."""

    title: str
    sections: tuple[Section, ...]
    tables: tuple[Table, ...]
    word: str = "规范"


def norm_page(rules: RuleSet, norm: Norm) -> NormPage:
    """The page of one version of a norm."""
    pack = rules.pack(norm.pack)
    sections = (
        Section("原文", tuple(Line(0, line) for line in norm.text.splitlines()), verbatim=True),
        Section("依据", source_lines(norm.sources)),
        Section("效力", _standing(pack, norm)),
        Section("核心形式", _core(norm)),
        Section("例外", _exceptions(norm)),
        Section("参数", _parameters(pack, norm)),
        Section("后果", source_lines(norm.consequences)),
        Section("与其他规范的关系", _relations(rules, norm)),
    )
    tables = (inner_table(norm), overlay_table(norm, bool(_prior(rules, norm))))
    filled = tuple(section for section in sections if section.lines)
    return NormPage(f"{norm.id}（版本 {norm.version}）", filled, tables)


def rank_text(norm: Norm) -> str:
    """效力, stamped where the norm is a draft."""
    return f"{norm.rank}（草案）" if norm.draft else str(norm.rank)


def validity_text(valid: Validity) -> str:
    """From when to when it is in force."""
    if valid.first is None and valid.last is None:
        return "未写施行日期"
    first = f"自 {valid.first} 起" if valid.first is not None else "自始"
    return f"{first}，至 {valid.last} 止" if valid.last is not None else f"{first}施行"


def _lines(*texts: str) -> tuple[Line, ...]:
    return tuple(Line(0, text) for text in texts)


def source_lines(sources: tuple[Source, ...]) -> tuple[Line, ...]:
    """Each source with the words quoted, and how well they are known."""
    lines = []
    for source in sources:
        lines.append(Line(0, source.reference))
        lines += [Line(1, f"「{source.quote}」")] if source.quote else []
        lines += [Line(1, text)] if (text := wording_text(source)) else []
    return tuple(lines)


def _standing(pack: Pack, norm: Norm) -> tuple[Line, ...]:
    relation = [f"关系：{norm.relation}"] if norm.relation is not None else []
    breach = f"不符合的，属 {norm.breach.category}，情节 {norm.breach.severity}"
    return _lines(f"{rank_text(norm)}，{titled(pack)}，{validity_text(norm.valid)}", *relation, breach)


def _core(norm: Norm) -> tuple[Line, ...]:
    lines = [Line(0, f"触发：{anchor_phrase(norm)}")]
    if norm.applies is not None:
        lines.append(Line(0, f"只适用于：{condition_phrase(norm.applies)}"))
    if norm.correlate:
        lines.append(Line(0, f"同一：各事件的「{'、'.join(norm.correlate)}」须与触发事件相同"))
    if norm.pivot is not None:
        lines.append(Line(0, f"版本以 {pattern_phrase(norm.pivot)} 之日选定"))
    head, *rest = requirement_phrases(norm.requirement)
    lines += [Line(0, f"要求：{head}"), *(Line(1, text) for text in rest)]
    if form_counts(norm):
        lines.append(Line(0, f"期间：{counting_text(norm.counting)}"))
        lines += [Line(1, f"出处：{source_text(source)}") for source in norm.counting.sources]
    return tuple(lines)


def form_counts(norm: Norm) -> bool:
    """Whether the norm has a period that is counted."""
    return getattr(norm.requirement, "window", None) is not None


def counting_text(counting: Counting) -> str:
    """How time is counted."""
    words = [
        "次日起算" if counting.next_day else "当日起算",
        "末日遇休假日顺延" if counting.roll else "末日不顺延",
        *(["月末对月末"] if counting.month_end else []),
        *(["次时起算"] if counting.next_hour else []),
    ]
    return "，".join(words)


def anchor_phrase(norm: Norm) -> str:
    """What opens an instance."""
    match norm.anchor:
        case OnEvent(pattern=pattern):
            return f"每有 {pattern_phrase(pattern)}"
        case OnBreach(norm=base):
            return f"记录每不符合一次「{base}」"
        case OnExpiry(norm=base, extended=extended):
            return f"「{base}」的期限每届满一次（{'延长后' if extended else '未延长的'}）"
        case OnPeriod(months=months):
            return f"记录所涵盖时间内的每{_PERIODS[months]}"
        case _:
            assert_never(norm.anchor)


def _exceptions(norm: Norm) -> tuple[Line, ...]:
    lines = []
    for number, clause in enumerate(norm.exceptions, start=1):
        head, *rest = clause_phrases(clause)
        lines += [Line(0, f"{number}. {head}"), *(Line(1, text) for text in rest)]
    return tuple(lines)


def _parameters(pack: Pack, norm: Norm) -> tuple[Line, ...]:
    found = [pack.parameters[name] for name in used_parameters(norm) if name in pack.parameters]
    return tuple(line for parameter in found for line in _parameter(parameter))


def _parameter(parameter: Parameter) -> tuple[Line, ...]:
    value = parameter.value
    text = period_text(value) if isinstance(value, Period) else value_text(value)
    return Line(0, f"{parameter.name} = {text}"), Line(1, f"出处：{source_text(parameter.source)}")


def _relations(rules: RuleSet, norm: Norm) -> tuple[Line, ...]:
    acts = set(used_acts(norm))
    deeming = [
        other.id
        for other in rules.norms
        if isinstance(other.requirement, Deem) and other.requirement.act in acts and other.id != norm.id
    ]
    read = [name for name in referred_norms(norm) if name != norm.id]
    readers = [other.id for other in rules.norms if norm.id in referred_norms(other) and other.id != norm.id]
    named = (
        ("依赖的规范", read),
        ("用到其视为的行为", deeming),
        ("优先于", [override.norm for override in norm.overrides]),
        ("让位于", _prior(rules, norm)),
        ("依赖本条的规范", readers),
    )
    return tuple(Line(0, f"{name}：{'、'.join(dict.fromkeys(ids))}") for name, ids in named if ids)


def _prior(rules: RuleSet, norm: Norm) -> list[str]:
    """Norms that take precedence over it, directly or through others."""
    found: dict[str, None] = {}
    wanted = [norm.id]
    while wanted:
        goal = wanted.pop()
        for other in rules.norms:
            if any(o.norm == goal for o in other.overrides) and other.id not in found:
                found[other.id] = None
                wanted.append(other.id)
    return list(found)
