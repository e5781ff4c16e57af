"""Reads the surface table and prints a core node in plain form, defaults left out."""

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

import yaml

from checker.language import Source, compile_packs
from checker.model.node import Node

HERE = Path(__file__).parent
PREAMBLE = (HERE / "preamble.norm").read_text(encoding="utf-8")
OMITTED = ("pack", "title", "version", "sources", "text", "span", "valid")


def plain(value):
    if isinstance(value, Node):
        fields = type(value).model_fields
        shown = {n: getattr(value, n) for n, f in fields.items() if n == "tag" or getattr(value, n) != f.default}
        return {name: plain(item) for name, item in shown.items()}
    if isinstance(value, Mapping):
        return {name: plain(item) for name, item in value.items()}
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    if isinstance(value, bool | int | type(None)):
        return value
    return str(value) if not isinstance(value, Decimal) else float(value)


class _Dumper(yaml.SafeDumper):
    """Writes text of several lines as such."""


_Dumper.add_representer(
    str,
    lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None),
)


def dumped(value):
    return yaml.dump(value, Dumper=_Dumper, allow_unicode=True, sort_keys=False, default_flow_style=None, width=118)


def shown(norm):
    core = plain(norm)
    return {name: item for name, item in core.items() if name not in OMITTED or (name == "valid" and norm.pivot)}


def source_of(body):
    lines = "\n".join("  " + line for line in body.rstrip("\n").split("\n"))
    return Source("t.norm", f"{PREAMBLE}\n规范 例\n  依据 测试\n{lines}\n".encode())


def compiled(body):
    """The core of the one norm in the table's vocabulary; of the prohibition where a permission was written."""
    rules, problems = compile_packs([source_of(body)])
    assert rules is not None, [p.message for p in problems]
    assert not problems
    norms = {norm.title: norm for norm in rules.norms}
    return norms.get("例") or norms["不得代定"]
