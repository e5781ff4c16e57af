"""A waiver that says nothing, or of nothing."""

from collections.abc import Iterator

from checker.language.linting.desk import Desk
from checker.language.linting.lint import Lint, Page
from checker.language.linting.waivers import waivers_of
from checker.model.diagnostic import Diagnostic, Level


def _check(desk: Desk) -> Iterator[Diagnostic]:
    """Waivers that are not whole or name no lint; those that match nothing are found by the run itself."""
    for one in (waiver for file in desk.files for waiver in waivers_of(file)):
        if not one.is_whole:
            message = f"「{one.text}」没有写明允许什么、为什么。"
            help = "写作「# lint: 允许 no-bearer 理由」，放在所说的那一行上面。"
        elif one.code not in desk.codes:
            message, help = f"没有「{one.code}」这一项检查。", f"可写的有：{'、'.join(desk.codes)}。"
        else:
            continue
        yield Diagnostic(code="", message=message, at=one.span, quote=one.text, help=help)


LINT = Lint(
    code="waiver",
    title="允许的注要写明哪一项、为什么，并且确有其事。",
    level=Level.WARNING,
    page=Page(
        summary="「# lint: 允许 代码 理由」写在一行的上面，那一行的这一项检查就不再列出；"
        "没有理由的、没有这一项的、那一行本来没有问题的，都要列出。",
        basis="不写理由的例外，后来的人无从判断是否还成立；问题改掉以后留下的例外，会盖住以后的问题。",
        method="注须独占一行；它管的是其后第一个不是注的行。没有运行的检查，不说它的注没有用。",
    ),
    bad="""# lint: 允许 no-bearer
规范 催办
  依据 本规程
  政法委 催办 之前 应当 有 登记
""",
    good="""规范 催办
  依据 本规程
  当 交办
  # lint: 允许 no-bearer 由登记的人自己办
  应当 登记，自 交办 起 3日 内
""",
    check=_check,
)
