"""The commands, found by walking their folder."""

import importlib
import pkgutil

import click

from checker.cli import commands
from checker.cli.chinese import Page, section
from checker.cli.exits import Exit


class Group(Page, click.Group):
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
        return [*section("命令：", rows), *section("退出码：", codes)]
