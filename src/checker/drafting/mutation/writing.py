"""The cases that fixtures lack, named and written as fixtures to be reviewed."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from typing import Final

from checker.drafting.fixture_text import fixture_text
from checker.drafting.mutation.results import Killing
from checker.model.case import Fixture

HEADING: Final = "# 规范改动一处，这里就有用例不再通过；每例之上写明它能察觉的改动（checker mutate）。\n"
"""What a file of them begins with."""
_LONGEST: Final = 40
_PREFIX: Final = re.compile(r"[A-Z]+(?=-)")
_EXCEPTION: Final = re.compile(r"^例外.*?中，(?=「|加上|[^，]*$)")
_DROPPED: Final = re.compile(r"[「」{}（）()、，。：；\s/@#'\"\\-]+")


def prefix_of(fixtures: Iterable[Fixture], pack: str) -> str:
    """What the names of a pack's cases begin with; its id where they have nothing in common."""
    found = Counter(match[0] for one in fixtures if (match := _PREFIX.match(one.case.id)))
    return found.most_common(1)[0][0] if found else pack.upper().replace("-", "")


def named(killings: Sequence[Killing], prefix: str, taken: Collection[str]) -> tuple[Killing, ...]:
    """The same under names that say what they notice, none of them taken."""
    held = set(taken)
    done = []
    for one in killings:
        words = _DROPPED.sub("", _EXCEPTION.sub("例外", one.told[0]))[:_LONGEST]
        base = f"{prefix}-{one.norm.rpartition('/')[2]}-察觉-{words}"
        name = next(
            n for number in range(1, len(held) + 2) if (n := base if number == 1 else f"{base}{number}") not in held
        )
        held.add(name)
        done.append(one._replace(case=one.case.model_copy(update={"id": name})))
    return tuple(done)


def text_of(killing: Killing) -> str:
    """One YAML document, with the changes it notices above it."""
    remark = "\n".join(f"察觉：{told}" for told in killing.told)
    return fixture_text(killing.case, killing.as_of, killing.findings, remark, killing.keys)


def file_text(killings: Iterable[Killing]) -> str:
    """A whole file of them."""
    return "---\n".join(text_of(one) for one in killings)
