"""How many random examples: few and always the same by default, many and new with HYPOTHESIS_PROFILE=thorough."""

import os

from hypothesis import HealthCheck, settings


def is_thorough() -> bool:
    """Whether time does not matter."""
    return os.environ.get("HYPOTHESIS_PROFILE") == "thorough"


def budget(examples: int) -> settings:
    """Settings for a property test; ``examples`` is the number in an everyday run."""
    return settings(
        max_examples=examples * 100 if is_thorough() else examples,
        derandomize=not is_thorough(),
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
    )
