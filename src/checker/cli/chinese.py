"""click in Chinese: help pages, the help option, and its own complaints about arguments."""

import importlib
import pkgutil
from collections.abc import Sequence
from typing import Any

import click

from checker.cli import commands
from checker.cli.exits import Exit
from checker.reports.layout import WIDTH, pad, width, wrap

_HELP = "显示本说明后退出"


class _Page(click.Command):
    """A help page laid out by display width."""

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """The help option, in Chinese."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = _HELP
        return option

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """用法, what it does, options, commands."""
        pieces = " ".join(self.collect_usage_pieces(ctx))
        lines = wrap(f"{ctx.command_path} {pieces}", "用法：", " " * 6)
        for paragraph in (self.help or "").split("\n\n"):
            lines += ["", *wrap("".join(paragraph.split("\n")), "  ", "  ")]
        records = [param.get_help_record(ctx) for param in self.get_params(ctx) if isinstance(param, click.Option)]
        lines += _section("选项：", [record for record in records if record is not None])
        lines += self.more_help(ctx)
        formatter.write("\n".join(lines) + "\n")

    def more_help(self, ctx: click.Context) -> list[str]:
        """Further sections."""
        del ctx
        return []


class Command(_Page):
    """A command whose complaint about surplus arguments is Chinese."""

    def __init__(self, *args: Any, **settings: Any) -> None:  # noqa: ANN401
        """As click's, with surplus arguments let through to ``parse_args``."""
        settings.setdefault("context_settings", {})["allow_extra_args"] = True
        settings.setdefault("options_metavar", "[选项]")
        super().__init__(*args, **settings)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Refuse what is left over."""
        super().parse_args(ctx, args)
        if ctx.args and not ctx.resilient_parsing:
            raise click.UsageError(f"多余的参数「{'、'.join(map(str, ctx.args))}」", ctx)
        return []


class Group(_Page, click.Group):
    """The commands of the folder, each imported when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names of the files in the folder."""
        del ctx
        return sorted(info.name for info in pkgutil.iter_modules(commands.__path__))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that file."""
        if cmd_name not in self.list_commands(ctx):
            return None
        module = importlib.import_module(f"{commands.__name__}.{cmd_name}")
        found: click.Command = module.command
        return found

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click's, with a Chinese complaint."""
        if args and not args[0].startswith("-") and self.get_command(ctx, args[0]) is None:
            known = "、".join(self.list_commands(ctx))
            raise click.UsageError(f"没有命令「{args[0]}」；命令有：{known}", ctx)
        return super().resolve_command(ctx, args)

    def more_help(self, ctx: click.Context) -> list[str]:
        """The commands with the first sentence of their help, and the exit codes."""
        found = ((name, self.get_command(ctx, name)) for name in self.list_commands(ctx))
        rows = [(name, (one.help or "").split("\n\n")[0]) for name, one in found if one is not None]
        codes = [
            (str(int(Exit.OK)), "没有发现问题"),
            (str(int(Exit.FOUND)), "发现不符合规范的情形，或者用例没有通过"),
            (str(int(Exit.WRONG)), "规则、数据或者参数有误（不论是否同时发现问题）"),
            (str(int(Exit.FAULT)), "程序自身的故障"),
        ]
        return [*_section("命令：", rows), *_section("退出码：", codes)]


def _section(title: str, rows: Sequence[tuple[str, str]]) -> list[str]:
    if not rows:
        return []
    column = min(max(width(term) for term, _ in rows), 34) + 2
    lines = ["", title]
    for term, text in rows:
        if width(term) + 2 <= column:
            lines += wrap(text, "  " + pad(term, column), " " * (column + 2), WIDTH)
        else:
            lines += [f"  {term}", *wrap(text, " " * (column + 2), " " * (column + 2), WIDTH)]
    return lines


class OneOf(click.ParamType):  # type: ignore[type-arg]
    """One of some words."""

    name = "word"

    def __init__(self, *choices: str) -> None:
        """The words."""
        self.choices = choices

    def get_metavar(self, param: click.Parameter, ctx: click.Context | None = None) -> str:
        """``[a|b]``."""
        del param, ctx
        return f"[{'|'.join(self.choices)}]"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The word, refused if it is none of them."""
        if value not in self.choices:
            self.fail(f"「{value}」不在可选的值之内；可选：{'、'.join(self.choices)}", param, ctx)
        return str(value)


def complaint(error: click.ClickException) -> str:
    """One Chinese sentence for what click has to say."""
    match error:
        case click.NoSuchOption():
            near = f"；是不是「{error.possibilities[0]}」？" if error.possibilities else ""
            return f"没有选项「{error.option_name}」{near}"
        case click.MissingParameter():
            return f"缺少参数「{_name(error.param)}」"
        case click.BadParameter():
            return f"「{_name(error.param)}」的值有误：{error.message}"
        case click.BadOptionUsage():
            return f"选项「{error.option_name}」{'不带值' if _is_flag(error) else '后面缺少值'}"
        case click.FileError():
            return f"打不开文件「{error.ui_filename}」"
        case _:
            return error.message


def _name(parameter: click.Parameter | None) -> str:
    if parameter is None:
        return "参数"
    return parameter.opts[0] if isinstance(parameter, click.Option) else str(parameter.metavar or parameter.name)


def _is_flag(error: click.BadOptionUsage) -> bool:
    parameters = error.ctx.command.params if error.ctx is not None else []
    return any(isinstance(p, click.Option) and p.is_flag and error.option_name in p.opts for p in parameters)
