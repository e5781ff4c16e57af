"""Where the engine is missing or cannot be loaded, the user is told how to build it."""

import sys

import pytest

from checker.engines.infer import DurableInference, EngineUnavailable, available
from checker.engines.infer.availability import BUILD
from checker.model.diagnostic import EngineFault
from engines.infer.sample_rules import norm, rule_set

COMMAND = (
    "CPPFLAGS=-DPyEval_CallObject=PyObject_CallObject "
    "pip install --no-binary :all: --no-cache-dir durable-rules==2.0.28"
)


def test_here_it_is_available():
    assert available() is None


def test_not_installed(monkeypatch):
    monkeypatch.setitem(sys.modules, "durable_rules_engine", None)
    assert available() == f"推理引擎 durable_rules_engine 没有安装，请用「{COMMAND}」编译安装。"
    with pytest.raises(EngineUnavailable) as caught:
        DurableInference(rule_set(norm("甲")))
    (diagnostic,) = caught.value.diagnostics
    assert isinstance(caught.value, EngineFault)
    assert (diagnostic.code, diagnostic.help) == ("engine-unavailable", COMMAND)
    assert BUILD == COMMAND


def test_built_but_not_loadable(monkeypatch, tmp_path):
    """As on Python 3.13 without the definition: the file is there, a symbol is not."""
    (tmp_path / "durable_rules_engine.py").write_text(
        'raise ImportError("undefined symbol: PyEval_CallObject")\n', encoding="utf-8"
    )
    monkeypatch.delitem(sys.modules, "durable_rules_engine", raising=False)
    monkeypatch.syspath_prepend(str(tmp_path))
    message = available()
    assert message.startswith(
        "推理引擎 durable_rules_engine 不能载入（undefined symbol: PyEval_CallObject），请用「CPPFLAGS="
    )
