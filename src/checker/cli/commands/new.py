"""``checker new``: the first draft of a pack, of a norm, of the fixtures of a norm."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import click

from checker.cli.chinese import Command, Filled, OneOf
from checker.cli.exits import Exit
from checker.cli.options import calendar_option

_WANTED: Final = {"pack": ("ID",), "norm": ("PACK", "TITLE"), "fixture": ("NORM",)}
_OPTIONS: Final = {
    "pack": ("title", "folder"),
    "norm": ("kind", "organ", "act", "trigger"),
    "fixture": ("packs", "site", "output", "calendar"),
}
_SPELT: Final = {"folder": "--dir", "packs": "--rules", "trigger": "--when"}


@click.command(
    cls=Command,
    help="写出初稿：new pack ID 是一个新的规则包，new norm PACK TITLE 在规则包里加一条规范，"
    "new fixture NORM 按规范的核心造出用例，结论是算出来的。\n\n"
    "初稿排好了版，编译、检查、用例都通过；带「待办」的地方要改写。不改写已有的文件，规范加在规程所在文件的末尾。",
)
@click.argument("what", metavar="pack|norm|fixture", type=OneOf(*_WANTED))
@click.argument("names", nargs=-1, metavar="NAMES…", type=Filled())
@click.option("--title", type=Filled(), metavar="TITLE", help="pack：规程的名称，默认是「标识＋规程」")
@click.option(
    "--dir", "folder", default="rules", type=Filled(), metavar="DIR", help="pack：放在哪个文件夹里，默认 rules"
)
@click.option(
    "--kind",
    default="duty",
    type=OneOf("duty", "ban", "limit", "by", "precede", "contain", "review"),
    help="norm：应当、不得、限于、由、之前应当有、载明、人工认定，默认应当",
)
@click.option("--organ", type=Filled(), metavar="NAME", help="norm：由哪个机关，默认「承办机关」")
@click.option("--act", type=Filled(), metavar="NAME", help="norm：什么行为，默认由名称造出")
@click.option(
    "--when", "trigger", type=Filled(), metavar="NAME", help="norm：什么行为触发，或者须在先有，默认由名称造出"
)
@click.option("--rules", "packs", multiple=True, type=Filled(), metavar="PACK", help="fixture：规则包，默认全部随附的")
@click.option("--site", type=Filled(), metavar="FILE", help="fixture：本地登记文件（YAML），同 check")
@click.option("--output", type=Filled(), metavar="FILE", help="fixture：写到哪个文件，默认是规则包的用例文件夹")
@calendar_option
def command(what: str, names: tuple[str, ...], **given: Any) -> int:  # noqa: ANN401
    """Check what was given, then write."""
    _refuse(click.get_current_context(), what, names)
    if what == "pack":
        return _pack(names[0], given["title"], given["folder"])
    if what == "norm":
        return _norm(names[0], names[1], given)
    return _fixture(names[0], given)


def _refuse(ctx: click.Context, what: str, names: Sequence[str]) -> None:
    wanted = _WANTED[what]
    if len(names) != len(wanted):
        raise click.UsageError(f"写作 checker new {what} {' '.join(wanted)}")
    given = {"pack": names[:1], "norm": names[1:]}.get(what, ())
    for name in given:
        if any(letter.isspace() for letter in name):
            raise click.UsageError(f"名称「{name}」里不能有空格")
    for name in (one for of, options in _OPTIONS.items() if of != what for one in options):
        if ctx.get_parameter_source(name) is click.core.ParameterSource.COMMANDLINE:
            raise click.UsageError(f"「{_SPELT.get(name, f'--{name}')}」不能与 new {what} 一起用")


def _pack(name: str, title: str | None, folder: str) -> int:
    from checker.cli.starting import created
    from checker.drafting.making.skeletons import pack_text
    from checker.language import Source, compile_packs
    from checker.model.diagnostic import RulesError

    path = Path(folder) / name / f"{name}.norm"
    if "/" in name or Path(folder, name).exists():
        raise click.UsageError(f"「{Path(folder, name)}」已经存在，不改写" if "/" not in name else "标识不能含有「/」")
    text = pack_text(name, title or f"{name}规程")
    rules, problems = compile_packs([Source(path.as_posix(), text.encode())])
    if rules is None:
        raise RulesError(problems)
    created(path, text)
    return Exit.OK


def _norm(pack: str, title: str, given: dict[str, Any]) -> int:
    from checker.cli.starting import home_of, put_behind
    from checker.drafting.making.skeletons import names_of, norm_text

    rules, home = home_of(pack, title)
    words = rules.vocabulary
    known = {*words.organs, *words.persons, *words.acts}
    names = names_of(title, given["organ"], given["act"], given["trigger"])
    put_behind(home, norm_text(given["kind"], names, known), pack)
    return Exit.OK


def _fixture(norm: str, given: dict[str, Any]) -> int:
    from checker import api
    from checker.cli.diagnostics import note, show
    from checker.cli.starting import created, fixture_path
    from checker.drafting.making.samples import samples_of, samples_text

    rules, warnings = api.compile_rules(given["packs"], given["site"])
    show(warnings)
    name = api.norm_id(rules, norm)
    path = Path(given["output"]) if given["output"] else fixture_path(rules, name, bool(given["packs"]))
    calendar = api.calendar_named(given["calendar"])
    samples = samples_of(rules, name, calendar)
    for line in samples.lacking:
        note(line)
    if not samples.found:
        raise click.ClickException(f"没有为规范「{name}」造出任何用例，没有写文件")
    created(path, samples_text(name, samples), lambda: _passes(rules, path, given["calendar"]))
    return Exit.OK


def _passes(rules: Any, path: Path, calendar: str) -> bool:  # noqa: ANN401
    """Whether the file says, read back, what was computed."""
    from checker import api

    run = api.run_fixtures(rules, [str(path)], api.calendar_named(calendar))
    return bool(run.outcomes) and all(outcome.passed for outcome in run.outcomes)
