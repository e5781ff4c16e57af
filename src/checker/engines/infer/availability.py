"""Whether the rule engine can be used here, and how to get it."""

from typing import cast

from checker.model.diagnostic import Diagnostic, EngineFault

BUILD = (
    "CPPFLAGS=-DPyEval_CallObject=PyObject_CallObject "
    "pip install --no-binary :all: --no-cache-dir durable-rules==2.0.28"
)
"""Builds the engine on every Python from 3.11 on; since 3.13 it cannot be loaded without the definition."""


class EngineUnavailable(EngineFault):
    """``durable_rules_engine`` cannot be imported."""


def available() -> str | None:
    """None if the engine can be used, else why not and how to build it, one Chinese sentence."""
    try:
        module_file()
    except EngineUnavailable as error:
        return error.diagnostics[0].message
    return None


def module_file() -> str:
    """The file of the C module.

    :raises EngineUnavailable: it is not installed, or was built in a way this Python cannot load.
    """
    try:
        import durable_rules_engine
    except ImportError as error:
        raise _unavailable(error) from error
    return cast("str", durable_rules_engine.__file__)


def _unavailable(error: ImportError) -> EngineUnavailable:
    missing = isinstance(error, ModuleNotFoundError)
    reason = "没有安装" if missing else f"不能载入（{error}）"
    return EngineUnavailable(
        (
            Diagnostic(
                code="engine-unavailable",
                message=f"推理引擎 durable_rules_engine {reason}，请用「{BUILD}」编译安装。",
                help=BUILD,
            ),
        )
    )
