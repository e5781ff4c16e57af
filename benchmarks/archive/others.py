"""Engines of other makers on the six norms of ``questions``; started by ``measuring.run``.

python -m benchmarks.archive.others NAME JSON-ARGUMENTS
"""

import json
import sys
from collections.abc import Callable

from benchmarks.archive import expressions, frames, logic, mining
from benchmarks.archive.measuring import refuse

ENGINES: dict[str, Callable[..., None]] = {
    one.__name__: one
    for one in (
        frames.polars,
        frames.pandas,
        expressions.plain_python,
        expressions.zen_engine,
        expressions.rule_engine,
        expressions.json_logic,
        expressions.business_rules,
        logic.clips,
        logic.clingo,
        mining.pm4py,
    )
}
"""By the name of its package, as far as that is a name in Python."""


def main() -> None:
    """Run the engine that the arguments name."""
    name, arguments = sys.argv[1:3]
    try:
        ENGINES[name](**json.loads(arguments))
    except ImportError as error:
        refuse(f"没有安装 {error.name}")


if __name__ == "__main__":
    main()
