"""Where the first drafts go: new files, never old ones; a norm is put behind the file with the head."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from checker.model.norm import Pack, RuleSet


def created(path: Path, text: str, holds: Callable[[], bool] | None = None) -> None:
    """Write a file that is not there yet, and say so; take it back where ``holds`` then says it is not right."""
    from checker.cli.output import print_lines
    from checker.cli.streams import standard_output, writing
    from checker.model.diagnostic import Diagnostic, EngineFault

    with writing(f"文件「{path}」"):
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with path.open("x", encoding="utf-8", newline="\n") as stream:
                stream.write(text)
        except FileExistsError as error:
            raise click.UsageError(f"「{path}」已经存在，不改写") from error
    if holds is not None and not holds():
        path.unlink()
        message = f"造出的用例没有通过，没有留下「{path}」。"
        raise EngineFault((Diagnostic(code="new-fixture", message=message, help="请把这条规范报告给维护者。"),))
    print_lines(standard_output(), (path.as_posix(),))


def home_of(pack: str, title: str) -> "tuple[RuleSet, Pack]":
    """The rules as they are, and the one pack among them; UsageError where a norm of the title is there already."""
    from checker import api

    rules, _ = api.compile_rules([pack])
    if len(rules.packs) != 1:
        known = "、".join(one.id for one in rules.packs)
        raise click.UsageError(f"「{pack}」里有几个规程（{known}），写明其中一个的文件夹")
    home = rules.packs[0]
    taken = {one.id for one in rules.norms} | {one.id for one in rules.indicators}
    if f"{home.id}/{title}" in taken:
        raise click.UsageError(f"规程「{home.id}」已经有「{title}」，不改写；新的一版请自己写明「施行」")
    return rules, home


def put_behind(home: "Pack", block: str, pack: str) -> None:
    """The block behind the file with the head, in the encoding of that file, if the pack then still compiles."""
    from checker.cli.output import print_lines, replacing
    from checker.cli.streams import standard_output, writing
    from checker.language import Source, compile_packs, load_packs
    from checker.language.source import decode
    from checker.language.tidying import encoded
    from checker.model.diagnostic import RulesError

    assert home.span is not None
    file = home.span.file
    sources = load_packs([pack])
    before = next(one for one in sources if one.name == file)
    text, _ = decode(before)
    assert text is not None
    whole = text if text.endswith("\n") else f"{text}\n"
    after = before._replace(data=encoded(f"{whole}{block}", before.data))
    rules, problems = compile_packs([after if one is before else Source(*one) for one in sources])
    if rules is None:
        raise RulesError(problems)
    with replacing(file) as beside, writing(f"文件「{file}」"):
        beside.write_bytes(after.data)
    print_lines(standard_output(), (file,))


def fixture_path(rules: "RuleSet", norm: str, is_own: bool) -> Path:
    """The file for the fixtures of a norm: named by its title, in the folder of its pack, which may be new."""
    from checker.drafting.folders import fixture_folder
    from checker.language.packs import shipped_folder

    pack, _, title = norm.partition("/")
    span = rules.pack(pack).span
    assert span is not None
    home = Path(span.file).parent
    folder = fixture_folder(str(home), shipped_folder())
    if folder is None and not is_own:
        raise click.UsageError(f"随附的规则包「{pack}」没有用例文件夹，用「--output」写明文件")
    beside = home.parent.parent / "fixtures" / home.name if home.parent.name == "rules" else home / "fixtures"
    return (Path(folder) if folder is not None else beside) / f"{title}.yaml"
