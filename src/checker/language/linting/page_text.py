"""The page of a lint, in Markdown: read in a terminal with --explain, and in the documentation."""

from collections.abc import Iterator

from checker.language.linting.lint import STAGE, Lint
from checker.language.render import LEVELS


def page_lines(lint: Lint) -> Iterator[str]:
    """The headings are those of every page of its kind."""
    page = lint.page
    yield f"# {lint.code}"
    yield ""
    yield f"{lint.title}级别：{LEVELS[lint.level]}（{lint.level}）。"
    for heading, text in (("摘要", page.summary), ("依据", page.basis)):
        yield from ("", f"## {heading}", "", text)
    for heading, example in (("违规示例", lint.bad), ("合规示例", lint.good)):
        yield from ("", f"## {heading}", "", "```norm", example.rstrip(), "```")
    for heading, text in (("判定方法", page.method), ("例外", page.exceptions), ("参数", page.parameters)):
        yield from ("", f"## {heading}", "", text)


def index_lines(lints: tuple[Lint, ...]) -> Iterator[str]:
    """The list of all of them, and what stands under every example."""
    yield from ("# 检查规则的各项", "")
    yield "`checker lint` 逐项检查规则怎样写；各项的代码、级别和一句话的说明如下，每项另有一页。"
    yield "错误、提示使退出码成为 1；说明只供参考，不影响退出码。"
    yield from ("", "| 代码 | 级别 | 检查什么 |", "|---|---|---|")
    for lint in lints:
        yield f"| [{lint.code}]({lint.code}.md) | {LEVELS[lint.level]} | {lint.title} |"
    yield ""
    yield (
        "确有理由的，在那一行的上面写「# lint: 允许 代码 理由」；没有理由的、用不上的，也会列出，"
        "见 [waiver](waiver.md)。"
    )
    yield (
        "没有依据、名称不明、互相抵触一类，编译时已经报错；引文与条文不符、效力和时间说不通一类，"
        "由 `checker articles` 核对：这里都不重复。"
    )
    yield from ("", "各页的示例没有写「规程」的，接在下面这一段之后：", "", "```norm", STAGE.rstrip(), "```")
