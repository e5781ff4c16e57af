"""What the server keeps between two questions: views of packs, fixtures as read, and what was told of which file."""

from collections.abc import Mapping
from pathlib import Path

from checker.lsp.fixture_names import FixtureText, fixture_files, read_fixture
from checker.lsp.positions import lines_of
from checker.lsp.surroundings import fixtures_of, text_of
from checker.lsp.view import Stamp, View, changed_at, stamp_of, view_of

_Kept = tuple[int, FixtureText]


class Session:
    """The open files of one editor. Nothing here knows the protocol."""

    def __init__(self) -> None:
        """Nothing is open."""
        self.buffers: dict[str, str] = {}
        self.told: dict[str, set[str]] = {}
        self._views: dict[Path, tuple[Stamp, View]] = {}
        self._fixtures: dict[str, _Kept] = {}

    def put(self, file: str, text: str) -> None:
        """A file as it stands in the editor."""
        self.buffers[file] = text

    def drop(self, file: str) -> None:
        """The editor has closed the file: what is on disk counts again."""
        self.buffers.pop(file, None)

    def lines(self, file: str) -> list[str]:
        """The lines of any file."""
        return lines_of(text_of(file, self.buffers))

    def view(self, file: str) -> View:
        """The pack around a file, compiled anew where something has changed."""
        folder = Path(file).parent
        held = self._views.get(folder)
        stamp = stamp_of(folder, {name: hash(text) for name, text in self.buffers.items()})
        if held is None or held[0] != stamp:
            held = stamp, view_of(folder, self.buffers, held[1].good if held is not None else None)
            self._views[folder] = held
        return held[1]

    def folders(self) -> set[Path]:
        """The packs with a file open."""
        return {Path(name).parent for name in self.buffers if name.endswith(".norm")}

    def fixtures(self, folder: Path) -> tuple[FixtureText, ...]:
        """The fixtures of a pack, each read again only where it has changed."""
        return tuple(self._fixture(name) for name in fixture_files(fixtures_of(folder)))

    def _fixture(self, name: str) -> FixtureText:
        stamp = hash(self.buffers[name]) if name in self.buffers else changed_at(Path(name))
        held = self._fixtures.get(name)
        if held is None or held[0] != stamp:
            held = stamp, read_fixture(name, text_of(name, self.buffers))
            self._fixtures[name] = held
        return held[1]

    def cleared(self, key: str, told: Mapping[str, object]) -> set[str]:
        """Files of which something was told under this key, and nothing is now."""
        now = {name for name, found in told.items() if found}
        before = self.told.get(key, set())
        self.told[key] = now
        return before - now
