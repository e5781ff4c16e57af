"""Where the fixtures of a pack stand: ``fixtures/<pack>/`` beside ``rules/<pack>/``, or inside the pack."""

import os
from collections.abc import Collection
from itertools import pairwise
from pathlib import Path


def fixture_folder(pack: str, shipped: Path) -> str | None:
    """The folder of a pack, named by its path or by the id of a shipped one; None if there is none."""
    home = Path(pack) if Path(pack).exists() else shipped / pack
    folder = home if home.is_dir() else home.parent
    for candidate in (folder / "fixtures", folder.parent.parent / "fixtures" / folder.name):
        if candidate.is_dir():
            return _short(candidate)
    return None


def own_folders(path: str, packs: Collection[str]) -> tuple[str, ...]:
    """Where the path is a folder that holds one folder a pack (``fixtures``), those; else nothing."""
    folder = Path(path)
    if folder.name != "fixtures" or not folder.is_dir():
        return ()
    return tuple(str(one) for one in sorted(folder.iterdir()) if one.is_dir() and one.name in packs)


def packs_inside(path: str) -> tuple[str, ...]:
    """Where the path is a folder of rules, the folders of its packs; else nothing."""
    folder = Path(path)
    if not folder.is_dir():
        return ()
    return tuple(str(one) for one in sorted({file.parent for file in folder.rglob("*.norm")}))


def shared_folders(rules: str) -> tuple[str, ...]:
    """The folders of ``fixtures`` beside a folder of packs that carry the name of none of them."""
    home = Path(rules).resolve()
    beside = home.parent / "fixtures"
    if not beside.is_dir():
        return ()
    return tuple(_short(one) for one in sorted(beside.iterdir()) if one.is_dir() and not (home / one.name).is_dir())


def pack_of_path(path: str, packs: Collection[str]) -> str | None:
    """The pack whose name follows ``fixtures`` in the path."""
    parts = Path(os.path.abspath(path)).parts
    for before, name in pairwise(parts):
        if before == "fixtures" and name in packs:
            return name
    return None


def _short(path: Path) -> str:
    """As seen from the working directory, where that is shorter to read."""
    found = path.resolve()
    return str(found.relative_to(Path.cwd())) if found.is_relative_to(Path.cwd()) else str(found)
