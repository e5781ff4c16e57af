"""The same view as a page of the documentation, in Markdown."""

from collections.abc import Iterator, Sequence

from checker.cli.article_text import cited_text, open_text, standing, sums
from checker.drafting.articles.views import ArticleView, InstrumentView


def page_lines(views: Sequence[InstrumentView]) -> Iterator[str]:
    """A section a pack, a table an instrument."""
    for pack in dict.fromkeys(view.pack for view in views):
        yield f"## {pack}"
        yield ""
        for view in (v for v in views if v.pack == pack):
            yield from _instrument(view)


def _instrument(view: InstrumentView) -> Iterator[str]:
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
    yield "<br>".join(open_text(provision).replace("|", "｜") for provision in one.open) or "—"
    yield "、".join(one.words) or "—"
