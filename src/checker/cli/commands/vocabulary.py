"""``checker vocabulary``: the declared words."""

import click

from checker.cli.chinese import Command, OneOf
from checker.cli.options import rules_options


@click.command(cls=Command, help="列出已声明的机关、行为、属性和取值，以及用到各行为的规范。")
@rules_options
@click.option("--format", "form", default="text", type=OneOf("text", "json"), help="格式：text（默认）、json")
def command(packs: tuple[str, ...], site: str | None, form: str) -> None:
    """Compile, print the words."""
    from checker import api
    from checker.cli.diagnostics import show
    from checker.cli.output import print_lines
    from checker.cli.streams import standard_output
    from checker.reports.vocabulary_text import vocabulary_json, vocabulary_lines

    stdout = standard_output()
    rules, warnings = api.compile_rules(packs, site)
    show(warnings)
    words = api.vocabulary(rules)
    print_lines(stdout, vocabulary_lines(words) if form == "text" else [vocabulary_json(words)])
