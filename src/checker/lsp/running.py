"""The line over each norm that runs its fixtures, and the command behind it."""

import asyncio
from typing import Final

from lsprotocol import types

from checker.lsp.fixture_runs import Ran, lenses, run_norm
from checker.lsp.serving import Server, refusal
from checker.lsp.surroundings import fixtures_of

RUN: Final = "checker.runFixtures"


def lensed(ls: Server, params: types.CodeLensParams) -> list[types.CodeLens]:
    """A line over each norm with the number of its fixtures."""
    path = ls.rule_file(params.text_document.uri)
    if path is None:
        return []
    view = ls.session.view(path)
    found = []
    for lens in lenses(view, path, ls.session.fixtures(view.folder)):
        arguments = [params.text_document.uri, lens.norm]
        command = types.Command(title=f"运行用例 ({lens.fixtures})", command=RUN, arguments=arguments)
        found.append(types.CodeLens(range=ls.converter.range(lens.span), command=command))
    return found


async def run(ls: Server, uri: str, norm: str) -> str:
    """Run the fixtures of a norm; the sentence is the answer, what did not pass stands at its lines."""
    path = ls.rule_file(uri)
    if path is None:
        raise refusal("只能运行存好的规则文件的用例。")
    view = ls.session.view(path)
    loop = asyncio.get_running_loop()
    found: Ran = await loop.run_in_executor(None, run_norm, view, norm, fixtures_of(view.folder), ls.calendar)
    ls.send(f"{RUN} {norm}", found.problems)
    kind = types.MessageType.Info if found.passed else types.MessageType.Warning
    ls.window_show_message(types.ShowMessageParams(type=kind, message=found.message))
    return found.message
