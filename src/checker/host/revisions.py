"""One side of a comparison: rules in the file system, shipped ones, or those of a git revision, laid out for reading.

A revision is never checked out: its files are written into a temporary folder, whatever ``.gitattributes`` says.
"""

from __future__ import annotations

import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import Final, NamedTuple, NoReturn

from checker.calendars.unreadable import reason
from checker.language.packs import SUFFIX, shipped_folder
from checker.model.diagnostic import DataError, Diagnostic

INVARIANTS: Final = "invariants.yaml"
"""The locked list, beside the folders of the packs."""

_GIT: Final = ("git", "--no-pager", "-c", "core.quotePath=false")


class RulesAt(NamedTuple):
    """Rules ready to be compiled.

    ``name`` is what the user called them. ``packs`` are what to compile. ``home`` is the folder that holds the packs,
    ``lock`` the locked list in it; None where there is none. ``prefix`` is a temporary folder, which no message shows.
    """

    name: str
    packs: tuple[str, ...]
    home: Path | None
    lock: Path | None
    prefix: str = ""


@contextmanager
def rules_at(spec: str, packs: Sequence[str] = ()) -> Iterator[RulesAt]:
    """The rules that a word of the command line stands for; a temporary folder is gone afterwards.

    A path, the id of a shipped pack, ``REV:path`` (from the top of the repository, or ``REV:./path`` from here), or
    ``REV`` with the paths in ``packs`` (without them ``rules``). DataError where it is none of these.
    """
    if Path(spec).exists():
        yield _of_path(spec, Path(spec))
    elif len(Path(spec).parts) == 1 and (shipped_folder() / spec).is_dir():
        yield _of_path(spec, shipped_folder() / spec)
    else:
        with TemporaryDirectory(prefix="checker-") as folder:
            yield _of_revision(spec, packs, Path(folder).resolve())


def _of_path(name: str, path: Path, prefix: str = "") -> RulesAt:
    folder = path if path.is_dir() else path.parent
    homes = [one for one in (folder, *folder.resolve().parents[:2]) if (one / INVARIANTS).is_file()]
    home = homes[0] if homes else None
    return RulesAt(name, (str(path),), home, home / INVARIANTS if home else None, prefix)


def _of_revision(spec: str, packs: Sequence[str], folder: Path) -> RulesAt:
    revision, mark, path = spec.partition(":")
    commit = _commit(revision, spec)
    here = _git("rev-parse", "--show-prefix").decode().strip()
    wanted = [_from_top(path, here)] if mark else [_from_top(f"./{one}", here) for one in packs or ("rules",)]
    for one in wanted:
        _require(commit, one, spec)
    for one in dict.fromkeys(part for path in wanted for part in _needed(commit, path)):
        _extract(commit, one, folder)
    found = [_of_path(spec, folder / one, f"{folder}/") for one in wanted]
    return found[0]._replace(packs=tuple(pack for one in found for pack in one.packs))


def _from_top(path: str, here: str) -> str:
    """The path as the repository knows it, ``rules/duban``."""
    joined = f"{here}{path[2:]}" if path.startswith("./") else path
    parts: list[str] = []
    for part in PurePosixPath(joined).parts:
        if part == "..":
            parts = parts[:-1]
        elif part not in (".", "/"):
            parts.append(part)
    return "/".join(parts)


def _needed(commit: str, path: str) -> Iterator[str]:
    """What is taken out for a path: the folder of its packs, for they quote each other's texts; and the fixtures."""
    pure = PurePosixPath(path)
    pack = pure.parent if pure.suffix == SUFFIX else pure
    is_home = not any(name.endswith(SUFFIX) for name in _names(commit, str(pack)))
    home = pack if is_home else pack.parent
    yield "" if str(home) == "." else str(home)
    fixtures = str(home.parent / "fixtures")
    if _has(commit, fixtures):
        yield fixtures


def _names(commit: str, path: str) -> list[str]:
    listed = _git(
        "ls-tree", "--full-tree", "--name-only", commit, "--", *([] if path == "." else [f"{path}/"])
    ).decode()
    return listed.splitlines()


def _has(commit: str, path: str) -> bool:
    return _run("cat-file", "-e", f"{commit}:{path}").returncode == 0


def _require(commit: str, path: str, spec: str) -> None:
    if not _has(commit, path):
        _refuse("no-rules-there", f"「{spec}」里没有「{path}」", "路径从仓库的顶层写起，如 HEAD~3:rules/duban")


def _commit(revision: str, spec: str) -> str:
    found = _run("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    if found.returncode or not revision:
        inside = _run("rev-parse", "--is-inside-work-tree").returncode == 0
        what = "也不是 git 的版本" if inside else "这里也不是 git 的仓库"
        _refuse(
            "no-such-rules", f"没有「{spec}」这个文件、文件夹或规程，{what}", "写路径、随附规则包的标识，或 版本:路径"
        )
    return found.stdout.decode().strip()


def _extract(commit: str, path: str, folder: Path) -> None:
    """The plain files of a folder; links and the like are no rules.

    Not with ``git archive``: a committed attribute (export-ignore) can hide a pack or the locked list from it.
    """
    listed = _git("ls-tree", "--full-tree", "-r", "-z", commit, "--", *([path] if path else []))
    files = [entry.partition(b"\t") for entry in listed.split(b"\0") if entry]
    plain = [(head.split()[2], name.decode(errors="surrogateescape")) for head, _, name in files if head[:3] == b"100"]
    contents = _contents([blob for blob, _ in plain])
    for (_, name), data in zip(plain, contents, strict=True):
        target = (folder / name).resolve()
        if target.is_relative_to(folder):
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)


def _contents(blobs: Sequence[bytes]) -> Iterator[bytes]:
    """What the files hold, in order: after a line ``<id> blob <size>`` so many bytes and a line end."""
    told = _git("cat-file", "--batch", given=b"".join(blob + b"\n" for blob in blobs))
    at = 0
    for _ in blobs:
        end = told.index(b"\n", at)
        size = int(told[at:end].split()[2])
        yield told[end + 1 : end + 1 + size]
        at = end + 1 + size + 1


def _git(*words: str, given: bytes = b"") -> bytes:
    done = _run(*words, given=given)
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().splitlines()
        _refuse("git-failed", f"git 没有成功：{said[0] if said else '没有说明'}", "核对版本和路径")
    return done.stdout


def _run(*words: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run([*_GIT, *words], capture_output=True, check=False, input=given)
    except OSError as error:
        _refuse("no-git", f"不能运行 git：{reason(error)}", "安装 git，或者比较两个文件夹")


def _refuse(code: str, message: str, help_: str) -> NoReturn:
    raise DataError((Diagnostic(code=code, message=message, help=help_),))
