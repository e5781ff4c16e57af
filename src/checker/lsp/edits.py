"""Requests that change text: formatting, rename, quick fixes."""

from lsprotocol import types

from checker.lsp.actions import actions
from checker.lsp.formatting import formatted
from checker.lsp.problems import problems
from checker.lsp.rename import Refused, renamable, renaming
from checker.lsp.serving import Server, refusal
from checker.lsp.surroundings import surroundings_of, text_of
from checker.model.place import Span


def laid_out(ls: Server, params: types.DocumentFormattingParams) -> list[types.TextEdit]:
    """The layout of checker fmt."""
    path = ls.rule_file(params.text_document.uri)
    text = text_of(path, ls.session.buffers) if path is not None else ""
    new = formatted(path, text) if path is not None else None
    if path is None or new is None:
        return []
    lines = ls.session.lines(path)
    whole = Span(file=path, line=1, column=1, end_line=len(lines), end_column=len(lines[-1]) + 1)
    return [types.TextEdit(range=ls.converter.range(whole), new_text=new)]


def prepared(ls: Server, params: types.PrepareRenameParams) -> types.PrepareRenamePlaceholder:
    """Whether a name can be changed, and which words that is about."""
    at = _rule_file(ls.at(params))
    found = renamable(ls.session.view(at[0]), *at)
    if isinstance(found, Refused):
        raise refusal(found.message)
    return types.PrepareRenamePlaceholder(range=ls.converter.range(found.span), placeholder=found.symbol.written)


def renamed(ls: Server, params: types.RenameParams) -> types.WorkspaceEdit:
    """The edits that change a name everywhere."""
    at = _rule_file(ls.at(params))
    view = ls.session.view(at[0])
    held = renamable(view, *at)
    if isinstance(held, Refused):
        raise refusal(held.message)
    around = surroundings_of(view.folder, held.symbol.written, ls.session.buffers)
    found = renaming(view, *at, params.new_name, around)
    if isinstance(found, Refused):
        raise refusal(found.message)
    edits: dict[str, list[types.TextEdit]] = {}
    converter = ls.converter
    for span in found.spans:
        edit = types.TextEdit(range=converter.range(span), new_text=found.new)
        edits.setdefault(converter.uri(span.file), []).append(edit)
    if found.left:
        names = "」「".join(name.removeprefix(f"{view.folder.parent.parent.as_posix()}/") for name in found.left)
        message = f"「{names}」里还写着「{held.symbol.name}」，没有改，请核对。"
        ls.window_show_message(types.ShowMessageParams(type=types.MessageType.Info, message=message))
    return types.WorkspaceEdit(changes=edits)


def mended(ls: Server, params: types.CodeActionParams) -> list[types.CodeAction]:
    """Suggestions that are plain replacements."""
    path = ls.rule_file(params.text_document.uri)
    if path is None:
        return []
    view, converter = ls.session.view(path), ls.converter
    found = []
    for diagnostic in problems(view).get(path, ()):
        shown = converter.diagnostic(diagnostic, path)
        if _touches(shown.range, params.range):
            for action in actions(view, diagnostic):
                edit = types.TextEdit(range=converter.range(action.span), new_text=action.text)
                changes = types.WorkspaceEdit(changes={converter.uri(path): [edit]})
                kind = types.CodeActionKind.QuickFix
                one = types.CodeAction(action.title, kind, [shown], is_preferred=True, edit=changes)
                found.append(one)
    return found


def _rule_file(at: tuple[str, int, int] | None) -> tuple[str, int, int]:
    if at is None:
        raise refusal("只能在存好的规则文件里改名。")
    return at


def _touches(one: types.Range, other: types.Range) -> bool:
    return not (one.end < other.start or other.end < one.start)
