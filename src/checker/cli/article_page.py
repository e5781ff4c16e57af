"""The article view as pages of the documentation, in Markdown: instruments, norms of a pack, what is not encoded."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from checker.cli.article_text import cited_text, open_text, standing, sums
from checker.drafting.articles.provisions import Provision, WhyNot
from checker.drafting.articles.views import ArticleView, InstrumentView
from checker.explain.indicators import measure_phrase
from checker.explain.norms import rank_text, validity_text
from checker.explain.requirement_phrases import requirement_phrases
from checker.explain.sources import titled
from checker.model.norm import Norm, Pack, RuleSet

MADE = "<!-- 由 tools/pages.py 生成，不要手改。 -->"


def page_lines(views: Sequence[InstrumentView]) -> Iterator[str]:
    """A table for each instrument."""
    for view in views:
        yield f"### {view.title}"
        yield ""
        for piece in view.pieces:
            yield f"{standing(piece)}。"
        yield f"{sums(view)}。"
        yield ""
        yield "| 条 | 规范 | 没有编的和原因 | 留给人判断的用语 |"
        yield "|---|---|---|---|"
        for one in view.articles:
            yield f"| {' | '.join(_cells(one))} |"
        yield ""


def _cells(one: ArticleView) -> Iterator[str]:
    yield one.article.name or "全文"
    yield cited_text(one.cited) or "—"
    yield "<br>".join(_cell(open_text(provision)) for provision in one.open) or "—"
    yield "、".join(one.words) or "—"


def _cell(text: str) -> str:
    return text.replace("|", "｜").replace("\n", " ")


def pack_page(
    rules: RuleSet, pack: Pack, views: Sequence[InstrumentView], fixtures: Mapping[str, int]
) -> Iterator[str]:
    """The page of one pack: its norms with their fixtures, then the instruments that stand in it."""
    norms = [norm for norm in rules.norms if norm.pack == pack.id]
    yield from (MADE, "", f"# {pack.id} {titled(pack)}", "")
    note = "只在点名时使用（选用）。" if pack.opt_in else ""
    yield f"{pack.rank}，{validity_text(pack.valid)}。{note}"
    yield f"规范 {len({norm.id for norm in norms})}条。"
    yield ""
    if norms:
        yield from ("## 规范", "", "| 规范 | 版本 | 效力 | 依据 | 要求 | 用例 |", "|---|---|---|---|---|---|")
        for norm in norms:
            yield f"| {' | '.join(_norm_cells(norm, fixtures.get(norm.id, 0)))} |"
        yield ""
    counted = [indicator for indicator in rules.indicators if indicator.pack == pack.id]
    if counted:
        yield from ("## 指标", "", "| 指标 | 依据 | 分母 | 计 |", "|---|---|---|---|")
        for one in counted:
            base = "—" if one.base is None else _cell(measure_phrase(one.base))
            sources = _cell("；".join(source.reference for source in one.sources))
            yield f"| {one.title} | {sources} | {base} | {_cell(measure_phrase(one.measure))} |"
        yield ""
    own = [view for view in views if view.pack == pack.id]
    if own:
        yield from ("## 条文", "")
        yield from page_lines(own)


def _norm_cells(norm: Norm, fixtures: int) -> Iterator[str]:
    yield norm.title
    yield norm.version
    yield rank_text(norm)
    yield _cell("；".join(source.reference for source in norm.sources))
    yield _cell("；".join(line.strip() for line in requirement_phrases(norm.requirement)))
    yield str(fixtures)


def open_lines(provisions: Sequence[Provision]) -> Iterator[str]:
    """What no norm encodes, by reason, each passage with its note."""
    left = [one for one in provisions if one.why_not is not None]
    counts = Counter(one.why_not for one in left)
    yield f"登记的条文 {len(provisions)}处：编成规范 {len(provisions) - len(left)}处，没有编 {len(left)}处。"
    yield ""
    for why in WhyNot:
        if counts[why]:
            yield from (f"## {why}（{counts[why]}处）", "", "| 编号 | 文件 | 条 | 说明 |", "|---|---|---|---|")
            for one in (one for one in left if one.why_not is why):
                yield f"| {one.id or '—'} | {one.title} | {one.at} | {_cell(one.note)} |"
            yield ""
