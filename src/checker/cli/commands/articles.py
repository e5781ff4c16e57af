"""``checker articles``: the stored texts article by article, beside the norms that encode them."""

from typing import TYPE_CHECKING, Any

import click

from checker.cli.chinese import Command, Filled, OneOf
from checker.cli.exits import Exit
from checker.cli.options import colour_option, rules_options

if TYPE_CHECKING:
    from checker.drafting.articles.report import ArticleReport
    from checker.drafting.articles.views import ArticleView, InstrumentView


@click.command(
    cls=Command,
    help="逐条对照：每一条编成了哪些规范，哪些没有编、为什么，哪些用语留给人判断；核对引文与所存条文是否一致。\n\n"
    "TITLE 是文件的名称、简称或标识，如 信访工作条例；再写 ARTICLE（如 第二十二条）的，列出这一条的全文、规范和用例。"
    "不写时列出全部文件。",
)
@click.argument("title", required=False, metavar="[TITLE]", type=Filled())
@click.argument("article", required=False, metavar="[ARTICLE]", type=Filled())
@rules_options
@click.option("--open", "is_open", is_flag=True, help="只列出没有编成规范的条文，按原因分")
@click.option("--accept", is_flag=True, help="核对之后，把各条文现在的文字记作已核对（重写 text/articles.lock）")
@click.option("--format", "form", default="text", type=OneOf("text", "markdown"), help="格式：text（默认）、markdown")
@click.option("--output", type=Filled(), metavar="FILE", help="结果写入文件，默认写到标准输出")
@colour_option
def command(packs: tuple[str, ...], site: str | None, output: str | None, color: str, **given: Any) -> int:  # noqa: ANN401
    """Compile, compare, print; what does not hold goes to standard error."""
    from checker import api
    from checker.cli.article_page import open_lines, page_lines
    from checker.cli.article_text import article_lines, overview_lines
    from checker.cli.diagnostics import note, show
    from checker.cli.inputs import refuse_overwriting
    from checker.cli.output import is_coloured, print_lines, results

    refuse_overwriting(output, (), packs, [site] if site is not None else [])
    rules, warnings = api.compile_rules(packs or api.shipped_packs(), site)
    if given["accept"]:
        for path in api.accept_articles(rules):
            note(f"已写下「{path}」。")
    report = api.articles(rules)
    chosen, article = _chosen(report, given["title"]), given["article"]
    with results(output) as stream:
        coloured = is_coloured(color, stream)
        if article is not None:
            view = _article(chosen[0], article)
            fixtures = api.fixtures_of(rules, tuple(dict.fromkeys(c.norm for c in view.cited if c.is_norm)))
            print_lines(stream, article_lines(rules, chosen[0], view, fixtures, coloured))
        elif given["is_open"]:
            titles = {view.title for view in chosen}
            print_lines(stream, open_lines([p for p in report.provisions if not given["title"] or p.title in titles]))
        else:
            print_lines(stream, page_lines(chosen) if given["form"] == "markdown" else overview_lines(chosen, coloured))
    stale = [warning for warning in warnings if warning.code == "stale-quote"]
    show((*warnings, *report.problems))
    if report.problems or stale:
        note(f"有 {len(report.problems) + len(stale)} 处须改正或者重新核对。")
    return Exit.FOUND if report.problems or stale else Exit.OK


def _chosen(report: "ArticleReport", title: str | None) -> "tuple[InstrumentView, ...]":
    from checker.language.nearest import did_you_mean

    if title is None:
        return report.views
    wanted = title.removeprefix("《").removesuffix("》")
    found = [v for v in report.views if any(wanted in (p.title, p.short, p.slug) for p in v.pieces)]
    found = found or [view for view in report.views if wanted in view.title]
    if len(found) == 1:
        return tuple(found)
    if found:
        raise click.UsageError(f"「{title}」指的是哪一个：{'、'.join(view.title for view in found)}？")
    raise click.UsageError(f"没有存「{title}」的条文。{did_you_mean(wanted, [v.title for v in report.views])}")


def _article(view: "InstrumentView", name: str) -> "ArticleView":
    found = next((one for one in view.articles if one.article.name == name), None)
    if found is None:
        known = "、".join(one.article.name for one in view.articles[:3])
        raise click.UsageError(f"所存的《{view.title}》里没有「{name}」，写作 {known} 等")
    return found
