"""Options that several commands share."""

from collections.abc import Callable
from typing import TypeVar

import click

from checker.cli.chinese import Filled, OneOf
from checker.cli.day import Day
from checker.cli.number import Positive

F = TypeVar("F", bound=Callable[..., object])


def rules_options(function: F) -> F:
    """``--rules`` and ``--site``."""
    rules = click.option(
        "--rules",
        "packs",
        multiple=True,
        type=Filled(),
        metavar="PACK",
        help="规则包：.norm 文件、文件夹，或者随附规则包的标识；可以写几个。默认用全部随附的规则包",
    )
    site = click.option(
        "--site", type=Filled(), metavar="FILE", help="本地登记文件（YAML）：本地机关属于哪一类，改用哪些参数"
    )
    return rules(site(function))


def as_of_option(function: F) -> F:
    """``--as-of``."""
    return click.option(
        "--as-of", type=Day(), metavar="DATE", help="截至日期，如 2026-03-02；其后的事件看不见。默认今日"
    )(function)


def only_option(function: F) -> F:
    """``--only``."""
    return click.option(
        "--only",
        default="violations",
        type=OneOf("violations", "all"),
        help="列出哪些：violations（默认，不符合规范的）、all（全部规范实例）",
    )(function)


def layout_options(function: F) -> F:
    """``--columns`` and ``--mapping``."""
    columns = click.option("--columns", metavar="NAME=COLUMN,…", help="CSV 各列的用途，如 case=案号,act=环节,date=日期")
    mapping = click.option(
        "--mapping", type=Filled(), metavar="FILE", help="CSV、Parquet 的对照文件（YAML），写明列、行为和涵盖范围"
    )
    return columns(mapping(function))


def archive_options(function: F) -> F:
    """``--jobs``, ``--restart``: how an archive is run."""
    jobs = click.option("--jobs", type=Positive(), metavar="N", help="批量检查用几个进程，默认与可用的处理器核数相同")
    restart = click.option("--restart", is_flag=True, help="丢弃上次没有办完的部分，从头批量检查")
    return jobs(restart(function))


def sums_options(function: F) -> F:
    """``--by-norm``, ``--summary``: the counts by norm and verdict."""
    by_norm = click.option("--by-norm", is_flag=True, help="另在标准错误列出各规范、各种结论的数目")
    summary = click.option("--summary", type=Filled(), metavar="FILE", help="各项数目另写入文件（JSON）")
    return by_norm(summary(function))


def calendar_option(function: F) -> F:
    """``--calendar``."""
    return click.option(
        "--calendar",
        default="cn",
        type=Filled(),
        metavar="FILE|cn|weekends",
        help="工作日表：cn（中国大陆，默认）、weekends（只看周末），或者自己的 YAML 文件",
    )(function)


def colour_option(function: F) -> F:
    """``--color``."""
    return click.option(
        "--color",
        default="auto",
        type=OneOf("auto", "always", "never"),
        help="颜色：auto（默认，只在终端上用，并遵从环境变量 NO_COLOR）、always、never",
    )(function)
