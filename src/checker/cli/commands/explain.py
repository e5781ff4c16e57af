"""``checker explain``: one norm laid open."""

import click

from checker.cli.chinese import Command, Filled
from checker.cli.options import colour_option, rules_options


@click.command(
    cls=Command,
    help="说明一条规范：原文、条文、核心形式、例外、参数和真值表。\n\n"
    "NORM 写作「规则包/规范名」，不重名的可以只写规范名。",
)
@click.argument("norm", metavar="NORM", type=Filled())
@rules_options
@colour_option
def command(norm: str, packs: tuple[str, ...], site: str | None, color: str) -> None:
    """Compile, find the norm, print its page."""
    from checker import api
    from checker.cli.diagnostics import show
    from checker.cli.output import is_coloured, print_lines
    from checker.cli.streams import standard_output
    from checker.reports.norm_text import norm_lines

    stdout = standard_output()
    rules, warnings = api.compile_rules(packs, site)
    show(warnings)
    for page in api.explain(rules, norm):
        print_lines(stdout, norm_lines(page, is_coloured(color, stdout)))
