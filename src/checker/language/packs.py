"""Finding rule files: folders, single files, and the packs that travel with the package."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from checker.language.source import Source
from checker.model.diagnostic import Diagnostic, RulesError

SUFFIX = ".norm"


def shipped_folder() -> Path:
    """The packs that travel with the package: inside it, or at the top of the repository."""
    package = Path(__file__).resolve().parents[1]
    shipped = package / "shipped" / "rules"
    return shipped if shipped.is_dir() else package.parents[1] / "rules"


def load_packs(paths: Iterable[str | Path], shipped: Path | None = None) -> tuple[Source, ...]:
    """Every rule file under the paths, in order of path; a word that is no path is the id of a shipped pack.

    Raises :class:`RulesError` naming every path that is missing or holds no rule file.
    """
    shipped = shipped or shipped_folder()
    found: dict[Path, Source] = {}
    problems: list[Diagnostic] = []
    for path in paths:
        files = _files(Path(path), shipped)
        if not files:
            problems.append(_missing(str(path), shipped))
        for file in files:
            try:
                found.setdefault(file.resolve(), Source(_shown(file), file.read_bytes()))
            except OSError as error:
                problems.append(Diagnostic(code="unreadable", message=f"读不了文件「{file}」：{error.strerror}。"))
    if problems:
        raise RulesError(tuple(problems))
    return tuple(found.values())


def _files(path: Path, shipped: Path) -> Sequence[Path]:
    if path.is_file():
        return [path]
    if path.is_dir():
        return sorted(p for p in path.rglob(f"*{SUFFIX}") if p.is_file())
    if len(path.parts) == 1 and (shipped / path).is_dir():
        return sorted((shipped / path).glob(f"*{SUFFIX}"))
    return []


def _shown(file: Path) -> str:
    return file.as_posix()


def _missing(name: str, shipped: Path) -> Diagnostic:
    packs = sorted(p.name for p in shipped.iterdir() if p.is_dir()) if shipped.is_dir() else []
    message = f"「{name}」里没有规则文件。" if Path(name).exists() else f"没有「{name}」这个文件、文件夹或规程。"
    help = f"自带的规程有：{'、'.join(packs)}。" if packs else ""
    return Diagnostic(code="no-files", message=message, help=help)
