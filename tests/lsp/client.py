"""A real client: pygls' own, talking over standard streams to ``checker lsp`` in a process of its own."""

import asyncio
import os
import sys
from pathlib import Path

from lsprotocol import types
from pygls.lsp.client import LanguageClient
from pygls.uris import from_fs_path

ROOT = Path(__file__).parents[2]
PATIENCE = 60
"""Seconds after which a test is not waiting but hanging."""


class Client(LanguageClient):
    """Remembers what the server tells it."""

    def __init__(self):
        super().__init__("checker-test", "1")
        self.diagnostics = {}
        self.hints = {}
        self.count = 0
        self.messages = []
        self.errors = []
        self.news = asyncio.Event()

        @self.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
        def published(params):
            grave = [one for one in params.diagnostics if one.severity is types.DiagnosticSeverity.Error]
            self.diagnostics[params.uri] = grave
            self.hints[params.uri] = [one for one in params.diagnostics if one not in grave]
            self.count += 1
            self.news.set()

        @self.feature(types.WINDOW_SHOW_MESSAGE)
        def shown(params):
            self.messages.append(params.message)

    def report_server_error(self, error, source):
        self.errors.append((error, source))

    async def until(self, condition):
        """Wait until what was told makes the condition true."""
        async with asyncio.timeout(PATIENCE):
            while not condition():
                self.news.clear()
                await self.news.wait()

    async def told(self, path):
        """The errors told of a file, once anything was."""
        await self.until(lambda: uri(path) in self.diagnostics)
        return [one.message.split("\n")[0] for one in self.diagnostics[uri(path)]]

    def open(self, path, text=None):
        item = types.TextDocumentItem(uri(path), "checker-norm", 1, text or Path(path).read_text(encoding="utf-8"))
        self.text_document_did_open(types.DidOpenTextDocumentParams(item))

    def change(self, path, text, version=2):
        document = types.VersionedTextDocumentIdentifier(version=version, uri=uri(path))
        change = types.TextDocumentContentChangeWholeDocument(text=text)
        self.text_document_did_change(types.DidChangeTextDocumentParams(document, [change]))


def uri(path):
    return from_fs_path(str(path))


def document(path):
    return types.TextDocumentIdentifier(uri=uri(path))


def place(line, character):
    return types.Position(line=line, character=character)


def talk(conversation, encodings=None, folder=None):
    """Start the server, shake hands, hold the conversation, and leave as a client should."""

    async def whole():
        client = Client()
        environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
        await client.start_io(sys.executable, "-m", "checker", "lsp", env=environment)
        try:
            async with asyncio.timeout(PATIENCE):
                general = types.GeneralClientCapabilities(position_encodings=encodings)
                capabilities = types.ClientCapabilities(general=general)
                root = uri(folder) if folder is not None else None
                params = types.InitializeParams(capabilities=capabilities, root_uri=root)
                client.server = await client.initialize_async(params)
                client.initialized(types.InitializedParams())
                found = await conversation(client)
                await client.shutdown_async(None)
                client.exit(None)
                await client._server.wait()
        finally:
            if client._server.returncode is None:
                client._server.kill()
            await client.stop()
        assert client._server.returncode == 0, (
            client._server.returncode,
            (await client._server.stderr.read()).decode(),
        )
        assert client.errors == []
        return found

    return asyncio.run(whole())
