"""What stands beside the meaning of a norm: its basis, its rank, whether it is a draft, how it is written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from checker.drafting.comparing.phrasing import phrase
from checker.explain.references import used_parameters
from checker.model.changes import Detail
from checker.model.norm import Norm
from checker.model.requirements import Defeat
from checker.model.source import Source


def annotation_details(old: Norm, new: Norm) -> tuple[Detail, ...]:
    """Every difference that no verdict depends on, but for the wording."""
    return tuple(_differences(old, new))


def _differences(old: Norm, new: Norm) -> Iterator[Detail]:
    yield from sources_details("依据", old.sources, new.sources)
    if old.rank != new.rank:
        yield Detail(aspect="效力", old=str(old.rank), new=str(new.rank))
    if old.draft != new.draft:
        yield Detail(aspect="草案", old="是" if old.draft else "", new="是" if new.draft else "")
    if old.relation != new.relation:
        yield Detail(aspect="关系", old=old.relation or "", new=new.relation or "")
    yield from sources_details("后果", old.consequences, new.consequences)
    yield from sources_details("期间的依据", old.counting.sources, new.counting.sources)
    yield from sources_details("优先的依据", *([one.source for one in norm.overrides] for norm in (old, new)))
    yield from _lists("许可条款", *(_permissions(norm) for norm in (old, new)))
    yield from sources_details("许可的依据", *(_bases(norm) for norm in (old, new)))
    yield from _lists("所用参数", used_parameters(old), used_parameters(new))


def sources_details(aspect: str, old: Sequence[Source], new: Sequence[Source]) -> Iterator[Detail]:
    """References gone and come; how well a stored wording is known belongs to the stored text."""
    yield from _lists(aspect, [phrase(one) for one in old], [phrase(one) for one in new])


def _lists(aspect: str, old: Sequence[str], new: Sequence[str]) -> Iterator[Detail]:
    gone = [one for one in dict.fromkeys(old) if one not in new]
    come = [one for one in dict.fromkeys(new) if one not in old]
    if gone or come:
        yield Detail(aspect=aspect, old="；".join(gone), new="；".join(come))


def _permissions(norm: Norm) -> list[str]:
    return [one.permission for one in norm.exceptions if isinstance(one, Defeat) and one.permission]


def _bases(norm: Norm) -> list[Source]:
    return [source for one in norm.exceptions if isinstance(one, Defeat) for source in one.sources]
