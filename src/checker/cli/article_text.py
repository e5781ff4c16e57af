"""What ``checker articles`` prints for reading: instruments, or one article with its norms and fixtures."""

from collections.abc import Iterator, Mapping, Sequence

from checker.drafting.articles.provisions import Provision
from checker.drafting.articles.views import ArticleView, Cited, InstrumentView
from checker.explain.norms import validity_text
from checker.explain.requirement_phrases import requirement_phrases
from checker.model.case import Fixture
from checker.model.finding import VERDICT_NAMES, Verdict
from checker.model.norm import RuleSet
from checker.model.source import Instrument, TextStatus
from checker.reports.colours import BOLD, painted
from checker.reports.layout import pad, width, wrap

_LABEL = 8


def overview_lines(views: Sequence[InstrumentView], colour: bool) -> Iterator[str]:
    """Every instrument, article by article, and the sums."""
    for view in views:
        yield from painted(wrap(f"《{view.title}》", rest="  "), BOLD, colour)
        for piece in view.pieces:
            yield from wrap(f"{standing(piece)}（规程 {view.pack}，{piece.file}）", "  ", "    ")
        yield from wrap(sums(view), "  ", "    ")
        columns = max((width(one.article.name) for one in view.articles), default=0) + 2
        for one in view.articles:
            yield from _rows(one, columns)
        yield ""
    norms = {cited.norm for view in views for one in view.articles for cited in one.cited if cited.is_norm}
    yield from wrap(f"文件 {len(views)}件，条文 {sum(len(v.articles) for v in views)}条，规范 {len(norms)}条。")


def standing(piece: Instrument) -> str:
    """Rank, state, validity, how well the wording is known."""
    rank = str(piece.rank) if piece.rank is not None else "不是法源"
    excerpt = f"（摘录：{piece.excerpt}）" if piece.excerpt and len(piece.excerpt) < 40 else ""
    return f"{rank}，{piece.state}，{validity_text(piece.valid)}；文本：{piece.status}{excerpt}"


def sums(view: InstrumentView) -> str:
    """``条文 50：有规范 31，只有说明 19，没有说明 0``."""
    encoded = sum(bool(one.cited) for one in view.articles)
    told = sum(bool(one.open) and not one.cited for one in view.articles)
    return (
        f"条文 {len(view.articles)}：有规范 {encoded}，只有说明 {told}，没有说明 {len(view.articles) - encoded - told}"
    )


def cited_text(cited: Sequence[Cited]) -> str:
    """``petition/限期分流（第一款，参数）、…``."""
    named: dict[str, dict[str, None]] = {}
    for one in cited:
        how = "" if one.how == "依据" else one.how
        words = [word for word in ("参照" if one.by_analogy else "", one.detail, how) if word]
        named.setdefault(one.norm, {}).update(dict.fromkeys(["，".join(words)] if words else []))
    return "、".join(f"{norm}（{'；'.join(of)}）" if of else norm for norm, of in named.items())


def open_text(one: Provision) -> str:
    """``第二款 需要判断：…``."""
    detail = f"{one.detail} " if one.detail else ""
    return f"{detail}{one.why_not}：{one.note}"


def _rows(view: ArticleView, columns: int) -> Iterator[str]:
    rows = [cited_text(view.cited)] if view.cited else []
    rows += [f"未编 {open_text(one)}" for one in view.open]
    rows += [] if rows else ["没有规范，也没有说明"]
    rows += [f"留给人判断：{'、'.join(view.words)}"] if view.words and view.cited else []
    for number, row in enumerate(rows):
        label = pad(view.article.name or "全文", columns) if number == 0 else " " * columns
        yield from wrap(row, "  " + label, "  " + " " * columns)


def article_lines(
    rules: RuleSet, view: InstrumentView, one: ArticleView, fixtures: Mapping[str, Sequence[Fixture]], colour: bool
) -> Iterator[str]:
    """The wording of one article, then each norm with its requirement and its fixtures."""
    yield from painted(wrap(f"《{view.title}》{one.article.name}"), BOLD, colour)
    for piece in view.pieces:
        yield from wrap(standing(piece), "  ", "    ")
    yield ""
    for piece in view.pieces:
        yield from _wording(piece, one.article.name)
    yield ""
    if one.words:
        yield from wrap(f"留给人判断的用语：{'、'.join(one.words)}", "  ", "  ")
    for provision in one.open:
        yield from wrap(f"未编 {open_text(provision)}", "  ", "    ")
    packs = [cited for cited in one.cited if not cited.is_norm]
    if packs:
        yield from wrap(f"按这一条计算期间的规程：{cited_text([c._replace(how='依据') for c in packs])}", "  ", "    ")
    for norm in dict.fromkeys(cited.norm for cited in one.cited if cited.is_norm):
        yield ""
        yield from painted(wrap(cited_text([c for c in one.cited if c.norm == norm]), "■ ", "  "), BOLD, colour)
        yield from _norm(rules, norm)
        yield from _fixtures(norm, fixtures.get(norm, ()))


def _wording(piece: Instrument, name: str) -> Iterator[str]:
    stamp = f"〔{piece.status}〕" if piece.status in (TextStatus.SECONDARY, TextStatus.RECALLED) else ""
    for article in (a for a in piece.articles if a.name == name):
        for paragraph in filter(None, article.text.split("\n")):
            yield from wrap(f"{stamp}{paragraph}", "  ", "  ")


def _norm(rules: RuleSet, name: str) -> Iterator[str]:
    for norm in (n for n in rules.norms if n.id == name):
        where = f"，{norm.span.file} 第 {norm.span.line} 行" if norm.span is not None else ""
        yield from wrap(f"版本 {norm.version}{where}", "    ", "    ")
        asked = "".join(line.strip() for line in requirement_phrases(norm.requirement))
        yield from wrap(f"要求：{asked}", "    ", "      ")
    yield from wrap(f"详见 checker explain {name}", "    ", "    ")


def _fixtures(norm: str, fixtures: Sequence[Fixture]) -> Iterator[str]:
    yield f"    用例 {len(fixtures)}个："
    for fixture in fixtures:
        verdicts = [one.values.get("verdict") for one in fixture.expect if one.norm == norm]
        names = "、".join(VERDICT_NAMES[v] for v in verdicts if isinstance(v, Verdict))
        place = fixture.case.place
        where = f"{place.file}:{place.line}" if place is not None else ""
        yield from wrap(f"{fixture.case.id}：{names}（{where}，截至 {fixture.as_of}）", "      ", "        ")
    if fixtures:
        files = dict.fromkeys(f.case.place.file for f in fixtures if f.case.place is not None)
        yield from wrap(f"结论怎样得出：checker test --show {' '.join(files)}", "    ", "      ")
