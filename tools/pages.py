"""Write the generated pages of the documentation: one for each pack and each lint, and what is not encoded.

``.venv/bin/python tools/pages.py`` rewrites them; with ``--check`` it only says which are out of date.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

from checker import api
from checker.cli.article_page import MADE, open_lines, pack_page
from checker.language.linting.page_text import index_lines, page_lines
from checker.language.lints import all_lints

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs" / "reference" / "packs"
LINTS = ROOT / "docs" / "reference" / "lints"


def pages() -> Iterator[tuple[Path, str]]:
    """Every generated page with its text."""
    rules, _ = api.compile_rules(api.shipped_packs())
    report = api.articles(rules)
    fixtures = {norm: len(found) for norm, found in api.fixtures_of(rules, [n.id for n in rules.norms]).items()}
    index = [MADE, "", "# 随附的规程", "", "| 标识 | 规程 | 效力 | 规范 | 用例 | 条文 |", "|---|---|---|---|---|---|"]
    for pack in rules.packs:
        norms = {norm.id for norm in rules.norms if norm.pack == pack.id}
        articles = sum(len(view.articles) for view in report.views if view.pack == pack.id)
        tried = sum(fixtures[norm] for norm in norms)
        kind = f"{pack.rank}{'，选用' if pack.opt_in else ''}"
        index.append(f"| [{pack.id}]({pack.id}.md) | {pack.title} | {kind} | {len(norms)} | {tried} | {articles} |")
        yield FOLDER / f"{pack.id}.md", text(pack_page(rules, pack, report.views, fixtures))
    index += [
        "",
        "用例一列按规范计，一个用例写到几条规范的，各计一次。",
        "没有编成规范的条文和原因，见[没有编的条文](not-encoded.md)。",
    ]
    yield FOLDER / "index.md", text(index)
    yield FOLDER / "not-encoded.md", text([MADE, "", "# 没有编的条文", "", *open_lines(report.provisions)])
    for lint in all_lints():
        yield LINTS / f"{lint.code}.md", text([MADE, "", *page_lines(lint)])
    yield LINTS / "index.md", text([MADE, "", *index_lines(all_lints())])


def text(lines: Iterator[str] | list[str]) -> str:
    """The lines as a file."""
    return "\n".join(lines).rstrip() + "\n"


def main(check: bool) -> int:
    """Write the pages, or say which differ."""
    stale = [path for path, wanted in pages() if not path.is_file() or path.read_text(encoding="utf-8") != wanted]
    names = {path for path, _ in pages()}
    left = [path for folder in (FOLDER, LINTS) for path in folder.glob("*.md") if path not in names]
    if check:
        for path in (*stale, *left):
            sys.stderr.write(f"out of date: {path.relative_to(ROOT)}\n")
        return 1 if stale or left else 0
    for folder in (FOLDER, LINTS):
        folder.mkdir(parents=True, exist_ok=True)
    for path, wanted in pages():
        path.write_text(wanted, encoding="utf-8")
    for path in left:
        path.unlink()
    return 0


if __name__ == "__main__":
    raise SystemExit(main("--check" in sys.argv[1:]))
