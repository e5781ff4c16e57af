"""Inference by durable-rules over ground facts, in a process of its own."""

from checker.engines.infer.availability import EngineUnavailable, available
from checker.engines.infer.durable import DurableInference

__all__ = ["DurableInference", "EngineUnavailable", "available"]
