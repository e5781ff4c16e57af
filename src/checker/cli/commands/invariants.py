"""``checker invariants``: the locked list against the rules as they stand."""

from pathlib import Path
from typing import Any

import click

from checker.cli.chinese import Command, Filled
from checker.cli.exits import Exit


@click.command(
    cls=Command,
    help="核对锁定的规范：清单里的规范有没有被删去、改动或者架空。\n\n"
    "RULES 是放着各规则包的文件夹，清单是其中的 invariants.yaml；不写时核对随附的规则包。",
)
@click.argument("rules", required=False, type=Filled(), metavar="[RULES]")
@click.option("--lock", type=Filled(), metavar="FILE", help="锁定的清单，默认是 RULES 里的 invariants.yaml")
@click.option("--digest", multiple=True, type=Filled(), metavar="NORM", help="只写出规范的摘要，供写进清单；可以写几条")
def command(rules: str | None, **given: Any) -> int:  # noqa: ANN401
    """Compile everything in the folder, compare digests."""
    from checker import api
    from checker.cli.diagnostics import show
    from checker.cli.locked import broken_diagnostics, digest_lines, held_against, lock_of
    from checker.cli.output import print_lines
    from checker.cli.streams import standard_output
    from checker.drafting.comparing.families import families_of
    from checker.language.packs import shipped_folder

    folder = rules or str(shipped_folder())
    if given["digest"]:
        print_lines(standard_output(), digest_lines(families_of(api.compile_rules((folder,))[0]), given["digest"]))
        return Exit.OK
    file = Path(given["lock"]) if given["lock"] else lock_of(folder)
    if file is None:
        raise click.UsageError(f"「{folder}」里没有锁定的清单 invariants.yaml")
    lock, _, breakages = held_against(folder, file)
    show(broken_diagnostics(lock, breakages))
    kept = len(lock.locked) - len(breakages)
    line = (
        f"锁定的规范 {len(lock.locked)}条：与清单相符 {kept}，不符 {len(breakages)}；登记的改动 {len(lock.entries)}项。"
    )
    print_lines(standard_output(), [line])
    return Exit.FOUND if breakages else Exit.OK
