"""``checker watch``: compile, lint and run the fixtures again whenever a file changes."""

import os
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from checker.cli.chinese import Command, Filled
from checker.cli.options import calendar_option, colour_option

if TYPE_CHECKING:
    from checker.calendars.calendar import Calendar
    from checker.cli.watching import Seen

_RULES: Final = (".norm", ".txt", ".lock")
_CASES: Final = (".yaml", ".yml", ".json", ".jsonl", ".csv")
_QUIET: Final = 150
"""So many milliseconds without a change, and what has changed is looked at together."""
_LONGEST: Final = 2000
_WAKE: Final = 200


@click.command(
    cls=Command,
    help="看着规则和用例：文件一改，就重新编译、检查、运行受影响的用例，只列出有什么变了。按 Ctrl-C 结束。\n\n"
    "PATHS 是规则包的文件夹，或者含有几个规则包的文件夹，不写的，是当前文件夹；各规则包的用例文件夹一并看着。"
    "需要 pip install 'checker[watch]'。",
)
@click.argument("paths", nargs=-1, metavar="[PATHS…]", type=Filled())
@calendar_option
@colour_option
def command(paths: tuple[str, ...], color: str, **given: Any) -> None:  # noqa: ANN401
    """Look at everything once, then at each pack whose files have changed; ends only by a signal."""
    from checker import api
    from checker.cli.diagnostics import note
    from checker.cli.output import is_coloured, print_lines
    from checker.cli.streams import standard_output
    from checker.cli.watching import Seen

    calendar, stdout = api.calendar_named(given["calendar"]), standard_output()
    coloured = is_coloured(color, stdout)
    chosen = paths or (".",)
    seen: dict[str, Seen] = {}
    for changed in _changes(_watched(chosen)):
        for line in _news(chosen, changed, seen, calendar, coloured):
            print_lines(stdout, (line,))
        stdout.flush()
        if changed is None:
            note("看着这些文件，改了就再检查；按 Ctrl-C 结束。")


def _packs(paths: Collection[str]) -> tuple[str, ...]:
    from checker.drafting.folders import packs_inside

    return tuple(dict.fromkeys(pack for path in paths for pack in packs_inside(path)))


def _watched(paths: Collection[str]) -> list[str]:
    """The paths, and the folders of fixtures that stand outside them."""
    for path in paths:
        if not os.path.isdir(path):
            raise click.UsageError(f"「{path}」不是文件夹")
    if not _packs(paths):
        raise click.UsageError(f"「{'、'.join(paths)}」里没有规则包，用 checker new pack 新建一个")
    roots = [os.path.realpath(path) for path in paths]
    folders = [os.path.realpath(folder) for pack in _packs(paths) if (folder := _fixtures(pack)) is not None]
    outside = [one for one in folders if not any(Path(one).is_relative_to(root) for root in roots)]
    return list(dict.fromkeys((*roots, *outside)))


def _fixtures(pack: str) -> str | None:
    from checker.drafting.folders import fixture_folder
    from checker.language.packs import shipped_folder

    return fixture_folder(pack, shipped_folder())


def _changes(paths: Collection[str]) -> Iterator[frozenset[str] | None]:
    """None once the watch has begun, so that no change is missed; then the files that have changed, by real path."""
    try:
        from watchfiles import Change, DefaultFilter, watch
    except ImportError as error:
        raise click.ClickException("看着文件需要 watchfiles，用「pip install 'checker[watch]'」安装") from error

    known = DefaultFilter()

    def wanted(change: Change, path: str) -> bool:
        """A folder counts too: what is written into a new one at once may go without an event of its own."""
        return known(change, path) and (path.endswith((*_RULES, *_CASES)) or "." not in os.path.basename(path))

    is_first = True
    for found in watch(
        *paths,
        watch_filter=wanted,
        debounce=_LONGEST,
        step=_QUIET,
        rust_timeout=_WAKE,
        yield_on_timeout=True,
    ):
        if is_first:
            is_first = False
            yield None
        if found:
            yield frozenset(os.path.realpath(path) for _, path in found)


def _news(
    paths: Collection[str],
    changed: frozenset[str] | None,
    seen: "dict[str, Seen]",
    calendar: "Calendar",
    coloured: bool,
) -> Iterator[str]:
    """What is to be said of each pack that the changes touch; of all of them at first."""
    from checker.cli.watching import Seen, look, told

    packs = _packs(paths)
    for gone in [pack for pack in seen if pack not in packs]:
        del seen[gone]
        yield f"规则包「{gone}」没有了。"
    for pack in packs:
        fixtures = _fixtures(pack)
        touched = None if changed is None or pack not in seen else _touched(pack, fixtures, changed)
        if touched is not None and not touched:
            continue
        before = seen.get(pack, Seen())
        only = _only(touched or (), fixtures) if not before.faults else ()
        after = look(pack, fixtures, before, only, calendar)
        seen[pack] = after
        yield from ("", f"== {pack}{''.join(f' {_shown(path)}' for path in sorted(touched or ()))}")
        yield from told(before, after, pack not in seen or before == Seen(), coloured)


def _touched(pack: str, fixtures: str | None, changed: Collection[str]) -> list[str]:
    homes = [os.path.realpath(one) for one in (pack, fixtures) if one is not None]
    return [path for path in changed if any(Path(path).is_relative_to(home) for home in homes)]


def _only(touched: Collection[str], fixtures: str | None) -> list[str]:
    """The fixture files among what changed, as they are named in a run; none where anything else has changed."""
    if fixtures is None or not touched:
        return []
    home = os.path.realpath(fixtures)
    inside = [Path(path) for path in touched if Path(path).is_relative_to(home)]
    plain = [path for path in inside if path.suffix in (".yaml", ".yml") and not path.name.endswith(".expect.yaml")]
    return [str(Path(fixtures) / path.relative_to(home)) for path in plain] if len(plain) == len(touched) else []


def _shown(path: str) -> str:
    here = os.path.realpath(os.curdir)
    return os.path.relpath(path, here) if Path(path).is_relative_to(here) else path
