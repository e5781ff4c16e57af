"""The program ``checker``: commands, and what becomes of an error."""

import contextlib
import errno
import os
import sys
import traceback
from collections.abc import Sequence
from typing import Any, NoReturn

import click

from checker import __version__
from checker.calendars.unreadable import reason
from checker.cli.annotations import settle_report
from checker.cli.chinese import complaint
from checker.cli.exits import Exit
from checker.cli.group import Group
from checker.cli.streams import forget, hold_descriptors, say, settle, writing

_SURROUNDINGS = (errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EROFS, errno.EMFILE, errno.ENFILE, errno.ENOMEM)
"""What no program can help, unlike a file that we ought to have."""


class Program(Group):
    """The group with the last word about errors: no traceback, an exit code that can be relied on."""

    def main(  # type: ignore[override]
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        **extra: Any,  # noqa: ANN401
    ) -> NoReturn:
        """Run a command line and exit."""
        extra.pop("standalone_mode", None)
        # Looking for plug-ins among all installed packages costs a tenth of a cold start; we use none.
        os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
        code = self._run(args, prog_name or "checker", extra)
        settle()
        sys.exit(int(code))

    def make_context(self, *args: Any, **extra: Any) -> click.Context:  # noqa: ANN401
        """As click's; the help page and the version are written here."""
        try:
            with writing("说明"):
                return super().make_context(*args, **extra)
        except BrokenPipeError as error:
            forget(sys.stdout)
            raise click.exceptions.Exit(Exit.NO_READER) from error

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; a reader that went away is caught here, since click would call it a failure."""
        try:
            found: object = self._carried_out(ctx)
            settle_report(ctx)
            if sys.stdout is not None:
                with writing():
                    sys.stdout.flush()
        except BrokenPipeError:
            forget(sys.stdout)
            return Exit.NO_READER
        return found

    def _carried_out(self, ctx: click.Context) -> object:
        """Run the command; what it was refused for is told while the run still knows how to tell it."""
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.Abort, click.exceptions.Exit):
            raise
        except Exception as error:
            code = _told(error)
            if code is None:
                raise
            return code

    def _run(self, args: Sequence[str] | None, name: str, extra: dict[str, Any]) -> int:
        try:
            code = super().main(args, name, standalone_mode=False, **extra)
        except click.ClickException as error:
            return _refused(error)
        except click.Abort:
            say("已中断。")
            return Exit.INTERRUPTED
        except Exception as error:
            if _is_interrupt(error):
                say("已中断。")
                return Exit.INTERRUPTED
            return _failed(error)
        return code if isinstance(code, int) else Exit.OK


def _is_interrupt(error: Exception) -> bool:
    """Ctrl-C while pydantic writes JSON comes out of it as an error of its own."""
    return type(error).__name__ == "PydanticSerializationError" and "KeyboardInterrupt" in str(error)


def _refused(error: click.ClickException) -> int:
    if isinstance(error, click.exceptions.NoArgsIsHelpError) and error.ctx is not None:
        click.echo(error.ctx.get_help(), err=True)
        return Exit.WRONG
    text = complaint(error)
    say(f"错误：{text}{'' if text.endswith('？') else '。'}")
    context = getattr(error, "ctx", None)
    if context is not None:
        say(f"用「{context.command_path} --help」查看用法。")
    return Exit.WRONG


def _told(error: Exception) -> int | None:
    """Show the diagnostics of an error that was raised on purpose; None for any other."""
    from checker.model.diagnostic import CheckerError, EngineFault

    if not isinstance(error, CheckerError):
        return None
    from checker.cli.diagnostics import show

    show(error.diagnostics)
    return Exit.FAULT if isinstance(error, EngineFault) else Exit.WRONG


def _failed(error: Exception) -> int:
    if isinstance(error, OSError) and error.errno in _SURROUNDINGS:
        say(f"错误：系统不让读写：{reason(error)}。")
        return Exit.WRONG
    if os.environ.get("CHECKER_DEBUG"):
        with contextlib.suppress(OSError):
            traceback.print_exc()
    where = traceback.extract_tb(error.__traceback__)[-1]
    place = f"{os.path.basename(where.filename)} 第 {where.lineno} 行"
    say(f"内部错误：{type(error).__name__}（{place}），没有得出完整的结论。")
    say(f"请把上一行、所用的命令和可以公开的输入报告给维护者（checker {__version__}）。")
    say("设环境变量 CHECKER_DEBUG=1 再运行一次，可以看到详情。")
    return Exit.FAULT


def _show_version(ctx: click.Context, _: click.Parameter, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        click.echo(f"checker {__version__}")
        ctx.exit()


program = Program(
    name="checker",
    help="把程序规范写成可检查的规则，逐件对照案件记录。\n\n只看程序与权限；资料不足时说明缺什么。不联网。",
    no_args_is_help=True,
    options_metavar="[选项]",
    subcommand_metavar="命令 …",
    params=[
        click.Option(
            ["--version"],
            is_flag=True,
            is_eager=True,
            expose_value=False,
            callback=_show_version,
            help="显示版本后退出",
        )
    ],
)


def main() -> NoReturn:
    """The entry point: everything is UTF-8, whatever the terminal says it is."""
    hold_descriptors()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    program.main()
