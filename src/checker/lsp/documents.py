"""What the editor opens, changes, saves and closes."""

from pathlib import Path

from lsprotocol import types

from checker.language.packs import SUFFIX
from checker.lsp.converting import path_of
from checker.lsp.serving import Server


def opened(ls: Server, params: types.DidOpenTextDocumentParams) -> None:
    """Take the text and tell of its pack at once."""
    path = ls.take(params.text_document.uri)
    if path is not None and path.endswith(SUFFIX):
        ls.now(Path(path).parent)


def changed(ls: Server, params: types.DidChangeTextDocumentParams) -> None:
    """Take the text; tell of its pack when the typing pauses."""
    path = ls.take(params.text_document.uri)
    if path is not None and path.endswith(SUFFIX):
        ls.soon(Path(path).parent)


def saved(ls: Server, params: types.DidSaveTextDocumentParams) -> None:
    """Tell of every open pack: what was saved may be a text or a fixture."""
    path = path_of(params.text_document.uri)
    for folder in ls.session.folders() if path is not None else ():
        ls.now(folder)


def closed(ls: Server, params: types.DidCloseTextDocumentParams) -> None:
    """Go back to what is on disk; a pack with no file open has nothing told of it."""
    path = path_of(params.text_document.uri)
    if path is None:
        return
    ls.session.drop(path)
    folder = Path(path).parent
    if folder in ls.session.folders():
        ls.soon(folder)
    elif path.endswith(SUFFIX):
        ls.send(folder.as_posix(), {})


def watched(ls: Server, params: types.DidChangeWatchedFilesParams) -> None:
    """Files changed outside the editor."""
    del params
    for folder in ls.session.folders():
        ls.soon(folder)
