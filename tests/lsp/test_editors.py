"""The server asked by real editors: Neovim, and the libraries of which VS Code's client is made."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from lsp.sample import NORMS, at, write

ROOT = Path(__file__).parents[2]
EXTENSION = ROOT / "editors" / "vscode"
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "CHECKER": f"{sys.executable} -m checker"}

needs_neovim = pytest.mark.skipif(shutil.which("nvim") is None, reason="Neovim is not installed")
needs_node = pytest.mark.skipif(
    shutil.which("node") is None or not (EXTENSION / "node_modules").is_dir(),
    reason="Node or the packages of the extension are missing (npm ci in editors/vscode)",
)


@needs_neovim
def test_neovim(tmp_path):
    folder = write(tmp_path / "一处 规则")
    line, _ = at(NORMS, "  应当 承办单位")
    title, _ = at(NORMS, "规范 按期")
    answers = tmp_path / "answers.json"
    lines = NORMS.split("\n")
    environment = {
        **ENVIRONMENT,
        "ANSWERS": str(answers),
        "LINE": str(line - 1),
        "TITLE": str(title - 1),
        "BROKEN": lines[line - 1].replace("办结，", "办决，"),
        "LOOSE": lines[line - 1].replace(" 起 ", "  起  "),
    }
    script = Path(__file__).with_name("neovim.lua")
    command = ["nvim", "--headless", "-u", "NONE", "-i", "NONE", "-n", "-S", str(script), str(folder / "jia.norm")]
    subprocess.run(command, env=environment, timeout=170, check=True, capture_output=True, cwd=tmp_path)
    found = json.loads(answers.read_text(encoding="utf-8"))
    assert "failure" not in found, found
    assert found["server"] == ["checker.runFixtures"]
    assert found["broken"] == [
        {
            "message": "行为「办决」没有在词汇中声明。\n建议：是否指「办结」？",
            "code": "unknown-act",
            "range": [18, 22, 18, 28],
        }
    ]  # Neovim turns UTF-16 into bytes
    assert found["mended"] == []
    assert found["hover"]["contents"]["value"].startswith("**规范 jia/按期（版本 2024-01-01）**")
    assert len(found["rename"]["changes"]) == 5
    assert found["refused"]["message"] == "「应当」是语言自己的词，或者读作数、日期、期间，不能作名称。"
    assert [one["range"]["start"] for one in found["definition"]] == [{"line": 11, "character": 8}]
    assert {"逐一", "载明", "办结", "法院"} <= set(found["completion"])
    assert found["formatted"] == lines[line - 1]


@needs_node
def test_the_extension_and_the_libraries_of_vs_code():
    command = ["node", "--test", "test/"]
    done = subprocess.run(command, env=ENVIRONMENT, timeout=170, check=False, capture_output=True, cwd=EXTENSION)
    assert done.returncode == 0, done.stdout.decode() + done.stderr.decode()


def test_the_colours_of_the_extension_know_every_keyword():
    """One grammar: the list in the extension is that of the language."""
    from checker.language.parse import BLOCKS, keywords

    grammar = json.loads((EXTENSION / "syntaxes" / "norm.tmLanguage.json").read_text(encoding="utf-8"))
    listed = grammar["repository"]["keyword"]["match"]
    inside = listed[listed.index("(?:") + 3 : listed.rindex(")(?!")]
    assert set(inside.split("|")) == {word for word in keywords() if word not in BLOCKS and word != "的，"}
    heads = grammar["repository"]["head"]["match"]
    assert f"({'|'.join(BLOCKS)})" in heads


def test_the_extension_declares_what_its_code_reads():
    manifest = json.loads((EXTENSION / "package.json").read_text(encoding="utf-8"))
    code = (EXTENSION / "extension.js").read_text(encoding="utf-8")
    for setting in manifest["contributes"]["configuration"]["properties"]:
        assert f'settings.get("{setting.removeprefix("checker.")}")' in code
    for command in manifest["contributes"]["commands"]:
        assert f'"{command["command"]}"' in code
    for part in (manifest["contributes"]["grammars"][0]["path"], "./language-configuration.json"):
        json.loads((EXTENSION / part).read_text(encoding="utf-8"))
