"""The server with all that it answers."""

import contextlib
import logging
import os
import sys
from collections.abc import Callable
from typing import Any, Final, NamedTuple

from lsprotocol import types
from pygls.exceptions import JsonRpcException

from checker.calendars.calendar import Calendar
from checker.lsp import answers, documents, edits, running
from checker.lsp.serving import PAUSE, Server


class _Feature(NamedTuple):
    """A request or a notification, who answers it, and what the client is told of it beforehand."""

    name: str
    handler: Callable[..., Any]
    options: object = None


_FEATURES: Final = (
    _Feature(types.TEXT_DOCUMENT_DID_OPEN, documents.opened),
    _Feature(types.TEXT_DOCUMENT_DID_CHANGE, documents.changed),
    _Feature(types.TEXT_DOCUMENT_DID_SAVE, documents.saved),
    _Feature(types.TEXT_DOCUMENT_DID_CLOSE, documents.closed),
    _Feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES, documents.watched),
    _Feature(types.TEXT_DOCUMENT_HOVER, answers.hovered),
    _Feature(
        types.TEXT_DOCUMENT_COMPLETION,
        answers.completed,
        types.CompletionOptions(trigger_characters=[" ", "、", "，", "；", "：", "（", "{", "《"]),
    ),
    _Feature(types.TEXT_DOCUMENT_DEFINITION, answers.defined),
    _Feature(types.TEXT_DOCUMENT_REFERENCES, answers.referred),
    _Feature(types.TEXT_DOCUMENT_DOCUMENT_SYMBOL, answers.outlined),
    _Feature(types.TEXT_DOCUMENT_FORMATTING, edits.laid_out),
    _Feature(types.TEXT_DOCUMENT_PREPARE_RENAME, edits.prepared),
    _Feature(types.TEXT_DOCUMENT_RENAME, edits.renamed, types.RenameOptions(prepare_provider=True)),
    _Feature(
        types.TEXT_DOCUMENT_CODE_ACTION,
        edits.mended,
        types.CodeActionOptions(code_action_kinds=[types.CodeActionKind.QuickFix]),
    ),
    _Feature(types.TEXT_DOCUMENT_CODE_LENS, running.lensed, types.CodeLensOptions()),
)


def make_server(calendar: Calendar, pause: float = PAUSE) -> Server:
    """A server with every feature, ready to be started."""
    server = Server(calendar, pause)
    for feature in _FEATURES:
        server.feature(feature.name, feature.options)(feature.handler)
    server.command(running.RUN)(running.run)
    return server


def serve(calendar: Calendar) -> None:
    """Talk to one editor over the standard streams, until it leaves.

    The protocol has the streams to itself: whatever else is printed goes to standard error.
    """
    logging.getLogger("pygls.protocol.json_rpc").addFilter(_is_fault)
    with (
        os.fdopen(os.dup(sys.stdin.fileno()), "rb") as stdin,
        os.fdopen(os.dup(sys.stdout.fileno()), "wb") as stdout,
        contextlib.redirect_stdout(sys.stderr),
    ):
        make_server(calendar).start_io(stdin, stdout)


def _is_fault(record: logging.LogRecord) -> bool:
    """Not a refusal, which is an answer."""
    return not (record.exc_info and isinstance(record.exc_info[1], JsonRpcException))
