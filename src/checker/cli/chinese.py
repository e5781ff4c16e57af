"""click in Chinese: help pages, the help option, and its own complaints about arguments."""

from collections.abc import Sequence
from typing import Any

import click

from checker.cli.annotations import annotation_options
from checker.cli.packs import spread_packs
from checker.reports.layout import WIDTH, pad, width, wrap

_HELP = "显示本说明后退出"


class Page(click.Command):
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
        lines += section("选项：", [record for record in records if record is not None])
        lines += self.more_help(ctx)
        formatter.write("\n".join(lines) + "\n")

    def more_help(self, ctx: click.Context) -> list[str]:
        """Further sections."""
        del ctx
        return []


class Command(Page):
    """A command whose complaint about surplus arguments is Chinese."""

    def __init__(self, *args: Any, **settings: Any) -> None:  # noqa: ANN401
        """As click's, with surplus arguments let through to ``parse_args``."""
        settings.setdefault("context_settings", {})["allow_extra_args"] = True
        settings.setdefault("options_metavar", "[选项]")
        super().__init__(*args, **settings)

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:
        """Its own, and what every command takes."""
        *own, last = super().get_params(ctx)  # the help page stands last
        return [*own, *annotation_options(), last]

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Refuse what is left over."""
        try:
            super().parse_args(ctx, spread_packs(args))
        except click.UsageError as error:
            error.ctx = error.ctx or ctx  # the parser of some releases does not tell
            raise
        if ctx.args and not ctx.resilient_parsing:
            raise click.UsageError(f"多余的参数「{'、'.join(map(str, ctx.args))}」", ctx)
        return []


def section(title: str, rows: Sequence[tuple[str, str]]) -> list[str]:
    """A heading with terms and what they mean; nothing without terms."""
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


class Filled(click.ParamType):  # type: ignore[type-arg]
    """A text that is not empty: an empty path would mean the folder we are in."""

    name = "text"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The text, refused if there is nothing in it."""
        if value == "":
            self.fail("不能是空的", param, ctx)
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
