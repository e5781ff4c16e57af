"""``checker lsp`` in a process of its own, asked by pygls' client over standard streams."""

import asyncio

import pytest
from lsprotocol import types
from pygls.exceptions import JsonRpcException

from lsp.client import document, place, talk, uri
from lsp.sample import MORE, NORMS, at, write


@pytest.fixture
def folder(tmp_path):
    return write(tmp_path)


def position(text, words, offset=0):
    """A place in UTF-16 where everything before it on the line is of one unit."""
    line, column = at(text, words, offset)
    return place(line - 1, column - 1)


def test_a_morning_with_an_editor(folder):
    rules, more = folder / "jia.norm", folder / "more.norm"

    async def conversation(client):
        client.open(rules)
        assert await client.told(rules) == []
        assert await client.told(more) == []
        broken = NORMS.replace("规范 按期", "规范 按时").replace("应当 承办单位 办结", "应当 承办单位 办决")
        client.change(rules, broken)
        await client.until(lambda: client.diagnostics[uri(rules)] and client.diagnostics[uri(more)])
        assert await client.told(rules) == ["行为「办决」没有在词汇中声明。"]
        assert await client.told(more) == ["没有名为「按期」的规范。"]
        (found,) = client.diagnostics[uri(rules)]
        assert (found.range, found.severity) == (
            types.Range(place(18, 10), place(18, 12)), types.DiagnosticSeverity.Error,
        )  # fmt: skip
        assert (found.code, found.source) == ("unknown-act", "checker")
        context = types.CodeActionContext(diagnostics=[])
        params = types.CodeActionParams(document(rules), types.Range(place(18, 11), place(18, 11)), context)
        (action,) = await client.text_document_code_action_async(params)
        assert action.title == "改为「办结」"
        assert list(action.edit.changes[uri(rules)]) == [
            types.TextEdit(types.Range(place(18, 10), place(18, 12)), "办结")
        ]
        client.change(rules, NORMS, 3)
        await client.until(lambda: not client.diagnostics[uri(rules)] and not client.diagnostics[uri(more)])

    talk(conversation, folder=folder)


def test_how_rules_are_written_is_told_beside_the_errors(folder):
    rules = folder / "jia.norm"

    async def conversation(client):
        client.open(rules)
        await client.until(lambda: client.hints.get(uri(rules)))
        return client.hints[uri(rules)]

    (found,) = [one for one in talk(conversation) if one.code == "unused-word"]
    assert found.message.startswith("属性「结论」声明了，没有一条规范或者指标用到。")
    assert (found.severity, found.range) == (
        types.DiagnosticSeverity.Information, types.Range(place(12, 8), place(12, 10)),
    )  # fmt: skip


async def asked_about_places(client, folder):
    rules, more = folder / "jia.norm", folder / "more.norm"
    client.open(rules)
    client.open(more)
    params = types.HoverParams(document(rules), position(NORMS, "规范 按期", 3))
    hover = await client.text_document_hover_async(params)
    assert hover.contents.value.startswith("**规范 jia/按期（版本 2024-01-01）**")
    assert hover.range == types.Range(place(15, 3), place(15, 5))
    params = types.DefinitionParams(document(more), position(MORE, "按期"))
    (location,) = await client.text_document_definition_async(params)
    assert (location.uri, location.range.start) == (uri(rules), place(15, 3))
    params = types.DefinitionParams(document(rules), position(NORMS, "《某法》第一条「"))
    (location,) = await client.text_document_definition_async(params)
    assert (location.uri, location.range.start) == (uri(folder / "text" / "mf.txt"), place(8, 0))
    params = types.ReferenceParams(types.ReferenceContext(True), document(rules), position(NORMS, "规范 按期", 3))
    found = await client.text_document_references_async(params)
    assert [one.uri.rpartition("/")[2] for one in found][:2] == ["jia.norm", "more.norm"]
    assert len(found) == 5
    symbols = await client.text_document_document_symbol_async(types.DocumentSymbolParams(document(rules)))
    assert [(one.name, one.detail) for one in symbols] == [("《甲》", "规程"), ("词汇", "行为"), ("按期", "规范")]
    params = types.HoverParams(document(rules), place(400, 7))
    assert await client.text_document_hover_async(params) is None


async def completed(client, folder):
    rules = folder / "jia.norm"
    text = NORMS + "规范 新\n  当 违反 按"
    client.change(rules, text, 2)
    lines = text.split("\n")
    params = types.CompletionParams(document(rules), place(len(lines) - 1, len(lines[-1])))
    found = await client.text_document_completion_async(params)
    assert [one.label for one in found] == ["按期", "新", "催办", "报告要件"]
    assert found[0].text_edit.range == types.Range(place(20, 7), place(20, 8))


async def renamed(client, folder):
    rules = folder / "jia.norm"
    client.change(rules, NORMS, 3)
    where = position(NORMS, "规范 按期", 3)
    prepared = await client.text_document_prepare_rename_async(types.PrepareRenameParams(document(rules), where))
    assert (prepared.placeholder, prepared.range) == ("按期", types.Range(place(15, 3), place(15, 5)))
    edit = await client.text_document_rename_async(types.RenameParams(document(rules), where, "准期"))
    assert {name.rpartition("/")[2]: len(edits) for name, edits in edit.changes.items()} == {
        "jia.norm": 1, "more.norm": 1, "%E4%B8%80.yaml": 3, "provisions.yaml": 1, "yi.norm": 1,
    }  # fmt: skip
    with pytest.raises(JsonRpcException, match="「催办」已经是规范的名称"):
        await client.text_document_rename_async(types.RenameParams(document(rules), where, "催办"))
    params = types.PrepareRenameParams(document(rules), place(0, 0))
    with pytest.raises(JsonRpcException, match="这里没有可以改名的词"):
        await client.text_document_prepare_rename_async(params)


async def laid_out(client, folder):
    rules = folder / "jia.norm"
    client.change(rules, NORMS.replace("，", ", "), 4)
    options = types.FormattingOptions(tab_size=2, insert_spaces=True)
    params = types.DocumentFormattingParams(document(rules), options)
    (edit,) = await client.text_document_formatting_async(params)
    client.change(rules, edit.new_text, 5)
    again = await client.text_document_formatting_async(params)
    assert (edit.new_text, edit.range.start) == (NORMS, place(0, 0))
    assert list(again) == []


def test_questions_about_places_and_changes(folder):
    """One process for them all: starting it takes longer than any answer."""

    async def conversation(client):
        for part in (asked_about_places, completed, renamed, laid_out):
            await part(client, folder)

    talk(conversation, folder=folder)


@pytest.mark.parametrize(
    ("encodings", "chosen"),
    [
        (None, "utf-16"),
        (["utf-8", "utf-16"], "utf-8"),
        (["utf-7", "utf-32"], "utf-32"),
    ],
)
def test_columns_are_counted_in_the_unit_agreed_on(folder, encodings, chosen):
    """Two characters that take two units of UTF-16 stand before the word that does not fit."""
    rules = folder / "jia.norm"
    text = NORMS.replace("「十日内办结」", "「𠮷𠮷日内办结」；《某法》第二条「载明」 乱")

    async def conversation(client):
        assert client.server.capabilities.position_encoding == chosen
        client.open(rules, text)
        await client.until(lambda: client.diagnostics.get(uri(rules)))
        return client.diagnostics[uri(rules)][0].range

    line = text.split("\n")[16]
    start = line.index("乱")
    column, wide = {"utf-8": (len(line[:start].encode()), 3), "utf-16": (start + 2, 1), "utf-32": (start, 1)}[chosen]
    assert talk(conversation, encodings) == types.Range(place(16, column), place(16, column + wide))


def test_fixtures_are_run_from_the_line_over_a_norm(folder, tmp_path):
    rules, fixture = folder / "jia.norm", tmp_path / "fixtures" / "jia" / "一.yaml"

    async def conversation(client):
        client.open(rules)
        lenses = await client.text_document_code_lens_async(types.CodeLensParams(document(rules)))
        assert [lens.command.title for lens in lenses] == ["运行用例 (2)"]
        command = lenses[0].command
        params = types.ExecuteCommandParams(command.command, command.arguments)
        passed = await client.workspace_execute_command_async(params)
        assert passed == "「jia/按期」的用例 2个：通过 2，没有通过 0。"
        client.change(rules, NORMS.replace("= 10日", "= 2日"))
        failed = await client.workspace_execute_command_async(params)
        await client.until(lambda: client.diagnostics.get(uri(fixture)))
        told = client.diagnostics[uri(fixture)]
        client.change(rules, NORMS, 3)
        await client.workspace_execute_command_async(params)
        await client.until(lambda: not client.diagnostics[uri(fixture)])
        assert client.messages == [passed, failed, passed]
        return failed, told

    failed, told = talk(conversation)
    assert failed == "「jia/按期」的用例 2个：通过 1，没有通过 1。"
    assert [one.range.start.line for one in told] == [7, 1]


def test_typing_is_not_answered_letter_by_letter(folder):
    rules = folder / "jia.norm"
    heard = []

    async def conversation(client):
        client.open(rules)
        await client.told(rules)
        before = client.count
        for version in range(2, 22):
            client.change(rules, NORMS + "#" * version, version)
        client.change(rules, NORMS + "规范 乱\n", 22)
        await client.until(lambda: client.diagnostics[uri(rules)])
        heard.append(client.count - before)

    talk(conversation)
    assert heard[0] <= 20  # of two files; letter by letter it would be 42


def test_closing_clears_what_was_told_and_other_documents_are_left_alone(folder, tmp_path):
    rules, fixture = folder / "jia.norm", tmp_path / "fixtures" / "jia" / "一.yaml"

    async def conversation(client):
        client.open(fixture)
        params = types.DocumentSymbolParams(document(fixture))
        assert await client.text_document_document_symbol_async(params) in ([], ())
        client.open(rules, NORMS + "规范 乱\n")
        await client.until(lambda: client.diagnostics.get(uri(rules)))
        client.text_document_did_close(types.DidCloseTextDocumentParams(document(rules)))
        await client.until(lambda: not client.diagnostics[uri(rules)])
        untitled = types.TextDocumentItem("untitled:Untitled-1", "checker-norm", 1, NORMS)
        client.text_document_did_open(types.DidOpenTextDocumentParams(untitled))
        symbols = types.DocumentSymbolParams(types.TextDocumentIdentifier(untitled.uri))
        assert await client.text_document_document_symbol_async(symbols) in ([], ())

    talk(conversation)


def test_what_is_saved_elsewhere_is_noticed(folder):
    rules, more = folder / "jia.norm", folder / "more.norm"

    async def conversation(client):
        client.open(rules)
        assert await client.told(more) == []
        await asyncio.to_thread(more.write_text, MORE.replace("违反 按期", "违反 没有"), "utf-8")
        event = types.FileEvent(uri=uri(more), type=types.FileChangeType.Changed)
        client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams([event]))
        await client.until(lambda: client.diagnostics[uri(more)])
        return await client.told(more)

    assert talk(conversation) == ["没有名为「没有」的规范。"]
