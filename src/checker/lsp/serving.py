"""One editor's server: open files, the pause before a pack is compiled, what was told."""

import asyncio
from collections.abc import Mapping
from pathlib import Path
from typing import Final, Protocol

from lsprotocol import types
from pygls.exceptions import JsonRpcException
from pygls.lsp.server import LanguageServer

from checker import __version__
from checker.calendars.calendar import Calendar
from checker.language.packs import SUFFIX
from checker.lsp.converting import Converter, path_of
from checker.lsp.problems import hints, problems
from checker.lsp.session import Session
from checker.model.diagnostic import Diagnostic

PAUSE: Final = 0.25
"""Seconds without a change after which a pack is compiled."""
_REFUSED: Final = -32803


def refusal(message: str) -> JsonRpcException:
    """An answer that is a sentence to the user."""
    return JsonRpcException(message, _REFUSED)


class AtPlace(Protocol):
    """A request about a place of a document."""

    text_document: types.TextDocumentIdentifier
    position: types.Position


class Server(LanguageServer):
    """A language server for one editor."""

    def __init__(self, calendar: Calendar, pause: float = PAUSE) -> None:
        """``calendar`` counts the examples and the fixtures."""
        super().__init__("checker", __version__, text_document_sync_kind=types.TextDocumentSyncKind.Full)
        self.session = Session()
        self.calendar, self.pause = calendar, pause
        self.waiting: dict[Path, asyncio.TimerHandle] = {}
        self.telling: set[asyncio.Future[None]] = set()

    @property
    def converter(self) -> Converter:
        """In the unit agreed on with the client."""
        encoding = self.server_capabilities.position_encoding or types.PositionEncodingKind.Utf16
        names = [document.uri for document in self.workspace.text_documents.values()]
        uris = {path: uri for uri in names if (path := path_of(uri)) is not None}
        return Converter(str(getattr(encoding, "value", encoding)), self.session.lines, uris)

    def take(self, uri: str) -> str | None:
        """Keep the text of an open document; its path."""
        path = path_of(uri)
        if path is not None:
            self.session.put(path, self.workspace.get_text_document(uri).source)
        return path

    def rule_file(self, uri: str) -> str | None:
        """The path of a rule file on disk; None for any other document."""
        path = path_of(uri)
        return path if path is not None and path.endswith(SUFFIX) else None

    def at(self, params: AtPlace) -> tuple[str, int, int] | None:
        """File, line and column that a request is about; None where it is about no rule file."""
        path = self.rule_file(params.text_document.uri)
        if path is None:
            return None
        return (path, *self.converter.place(path, params.position))

    def soon(self, folder: Path) -> None:
        """Tell of a pack after the pause; a further change begins the pause again."""
        if (held := self.waiting.pop(folder, None)) is not None:
            held.cancel()
        self.waiting[folder] = asyncio.get_running_loop().call_later(self.pause, self.now, folder)

    def now(self, folder: Path) -> None:
        """Tell of a pack without a pause."""
        self.waiting.pop(folder, None)
        task = asyncio.ensure_future(self.tell(folder))
        self.telling.add(task)
        task.add_done_callback(self.telling.discard)

    async def tell(self, folder: Path) -> None:
        """Send the diagnostics of a pack; how it is written is looked at beside other requests, which takes longer."""
        name = (folder / f"x{SUFFIX}").as_posix()
        view = self.session.view(name)
        hits = await asyncio.get_running_loop().run_in_executor(None, hints, view) if view.rules is not None else ()
        if folder in self.session.folders() and self.session.view(name) is view:
            self.send(folder.as_posix(), problems(view, hits))

    def send(self, key: str, found: Mapping[str, tuple[Diagnostic, ...]]) -> None:
        """Send diagnostics by file; those told before under the same key, and no longer there, are cleared."""
        cleared = self.session.cleared(key, found)
        converter = self.converter
        for name in (*found, *sorted(cleared - set(found))):
            told = [converter.diagnostic(one, name) for one in found.get(name, ())]
            params = types.PublishDiagnosticsParams(uri=converter.uri(name), diagnostics=told)
            self.text_document_publish_diagnostics(params)
