"""``checker lsp``: the language server."""

import sys

import click

from checker.cli.chinese import Command
from checker.cli.options import calendar_option


@click.command(
    cls=Command,
    help="规则文件的语言服务器，由编辑器启动，经标准输入输出对话：边写边查错、补全、悬停说明、跳转、改名、运行用例。",
)
@calendar_option
def command(calendar: str) -> int:
    """Serve until the editor leaves."""
    from checker import api
    from checker.cli.streams import standard_output

    try:
        from checker.lsp.server import serve
    except ImportError as error:
        if error.name is not None and error.name.partition(".")[0] in ("pygls", "lsprotocol"):
            raise click.ClickException("语言服务器需要 pygls：pip install 'checker[editor]'") from error
        raise
    standard_output()
    if sys.stdin is None:
        raise click.ClickException("读不了请求：标准输入已经关闭")
    serve(api.calendar_named(calendar))
    return 0
