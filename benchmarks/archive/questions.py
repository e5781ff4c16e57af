"""Six norms of the shipped packs that engines of other makers can be asked about, and the facts for asking.

It needs nothing of the project's: it runs in an interpreter that has the other packages. The archive has no odd records
and no silent attributes, so that engines of two truth values can give the same counts. ``dues`` is a Parquet file of
``day`` (days since 1970) and ``rolled``, the first working day on or after it.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final

DEADLINES: Final[tuple[tuple[str, str, str | None, tuple[str, ...] | None, int, tuple[str, ...], str | None], ...]] = (
    ("duban/限期分流", "登记", "政法委", None, 15, ("交办", "转送", "不予督办"), "政法委"),
    ("enforcement/三日发执行通知", "承办人收到案件材料", None, ("执行",), 3, ("发出执行通知书",), None),
    (
        "trial-civil/当庭宣判发送判决书",
        "当庭宣判",
        None,
        ("民事一审", "民事二审", "民事再审"),
        10,
        ("发送判决书",),
        "法院",
    ),
)
"""Norm, the act that opens it, who does that, in cases of which kinds, days, acts that fulfil it, who does them."""
PRECEDENCE: Final = "duban/先批后交"
SCOPE: Final = "duban/督办范围"
SOURCES: Final = ("领导批示", "涉法上访", "久拖不决", "当事人信访")
PARTS: Final = "duban/书面报告要件"
NEEDED: Final = ("案件情况", "争议问题", "本单位意见", "法律依据", "案件材料")
SIX: Final = (*(norm for norm, *_ in DEADLINES), PRECEDENCE, SCOPE, PARTS)
SINCE: Final = {"duban": date(2024, 1, 1), "enforcement": date(2007, 1, 1), "trial-civil": date(2024, 1, 1)}
EPOCH: Final = date(1970, 1, 1)

Event = tuple[int, str, str, dict[str, Any]]
"""Day, act, actor, attributes; the place in the list is the order."""


def number_of(day: date) -> int:
    return (day - EPOCH).days


_SINCE: Final = {pack: number_of(day) for pack, day in SINCE.items()}


def since(norm: str) -> int:
    return _SINCE[norm.split("/", maxsplit=1)[0]]


def cases(path: str) -> Iterator[tuple[str, list[Event]]]:
    """Kind and events of each case, as Python objects."""
    import pyarrow.parquet as pq

    for batch in pq.ParquetFile(path).iter_batches(batch_size=2_000, columns=["kind", "events"]):
        for kind, events in zip(batch["kind"].to_pylist(), batch["events"].to_pylist(), strict=True):
            yield kind, [(number_of(event["date"]), event["act"], event["actor"][0], event) for event in events]


def dues_of(path: str) -> dict[int, int]:
    import pyarrow.parquet as pq

    table = pq.read_table(path)
    return dict(zip(table["day"].to_pylist(), table["rolled"].to_pylist(), strict=True))


def questions(
    kind: str, events: list[Event], dues: Mapping[int, int], as_of: int
) -> Iterator[tuple[str, dict[str, Any]]]:
    """What engines that compare values in one record can be asked: which events belong together is found by hand."""
    for place, (day, act, actor, attributes) in enumerate(events):
        for norm, opens, by, kinds, days, acts, doer in DEADLINES:
            is_open = act == opens and by in (None, actor) and (kinds is None or kind in kinds)
            if is_open and day >= since(norm):
                done = next((d for d, a, who, _ in events[place + 1 :] if a in acts and doer in (None, who)), None)
                yield norm, {"due": dues[day + days], "done": done, "as_of": as_of}
        if act == "交办" and actor == "政法委" and day >= since(PRECEDENCE):
            agreed = sum(a == "审批" and x["结论"] == "同意" for _, a, _, x in events[:place])
            yield PRECEDENCE, {"agreed": agreed}
            yield SCOPE, {"source": attributes["来源"]}
        if act == "提请协调" and day >= since(PARTS):
            yield PARTS, {"parts": attributes["document"]}


def needed() -> set[str]:
    """The acts that the six norms are about."""
    return {act for _, opens, _, _, _, acts, _ in DEADLINES for act in (opens, *acts)} | {"交办", "审批", "提请协调"}
