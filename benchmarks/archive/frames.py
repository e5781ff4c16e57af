"""The six norms of ``others`` in libraries of data frames, hand-written, a join a norm."""

from datetime import date
from typing import Any

from benchmarks.archive.measuring import Watch, answer
from benchmarks.archive.questions import DEADLINES, NEEDED, PARTS, PRECEDENCE, SCOPE, SINCE, SOURCES

_ATTRIBUTES = ("来源", "结论")


def polars(path: str, dues: str, as_of: str) -> None:
    """polars, lazy and in parallel as it chooses."""
    import polars as pl

    end = date.fromisoformat(as_of)
    found: dict[str, int] = {}
    with Watch() as watch:
        days = pl.read_parquet(dues).select(
            pl.col("day").cast(pl.Int32).cast(pl.Date), pl.col("rolled").cast(pl.Int32).cast(pl.Date).alias("due")
        )
        events = (
            pl.read_parquet(path, columns=["kind", "events"])
            .with_row_index("case")
            .explode("events")
            .with_row_index("place")
            .select(
                "case",
                "place",
                "kind",
                *(pl.col("events").struct.field(name) for name in ("date", "act", "actor", "document", *_ATTRIBUTES)),
            )
            .with_columns(pl.col("actor").list.first())
        )
        for norm, opens, by, kinds, length, acts, doer in DEADLINES:
            anchor = events.filter((pl.col("act") == opens) & (pl.col("date") >= SINCE[norm.split("/")[0]]))
            anchor = anchor.filter(pl.col("actor") == by) if by else anchor
            anchor = anchor.filter(pl.col("kind").is_in(kinds)) if kinds else anchor
            anchor = (
                anchor.select("case", "place", day=pl.col("date") + pl.duration(days=length))
                .join(days, on="day")
                .filter(pl.col("due") < end)
            )
            done = events.filter(pl.col("act").is_in(acts))
            done = done.filter(pl.col("actor") == doer) if doer else done
            timely = (
                anchor.join(done.select("case", "date", after=pl.col("place")), on="case")
                .filter((pl.col("after") > pl.col("place")) & (pl.col("date") <= pl.col("due")))
                .select("place")
            )
            found[norm] = anchor.join(timely, on="place", how="anti").height
        given = events.filter(
            (pl.col("act") == "交办") & (pl.col("actor") == "政法委") & (pl.col("date") >= SINCE["duban"])
        )
        agreed = events.filter((pl.col("act") == "审批") & (pl.col("结论") == "同意")).select("case", first="place")
        preceded = given.join(agreed, on="case").filter(pl.col("first") < pl.col("place")).select("place")
        found[PRECEDENCE] = given.join(preceded, on="place", how="anti").height
        found[SCOPE] = given.filter(~pl.col("来源").is_in(SOURCES)).height
        asked = events.filter((pl.col("act") == "提请协调") & (pl.col("date") >= SINCE["duban"]))
        whole = pl.all_horizontal(pl.col("document").list.contains(part) for part in NEEDED)
        found[PARTS] = asked.filter(~whole).height
    answer(watch, violations=found)


def pandas(path: str, dues: str, as_of: str) -> None:
    """Pandas on Arrow's columns, the events unnested by pyarrow."""
    import pandas as pd

    end = pd.Timestamp(as_of)
    found: dict[str, int] = {}
    with Watch() as watch:
        table = pd.read_parquet(dues)
        day, rolled = (pd.to_datetime(table[name], unit="D").to_numpy() for name in ("day", "rolled"))
        due_of = pd.Series(rolled, day)
        events = _unnested(path)
        for norm, opens, by, kinds, length, acts, doer in DEADLINES:
            wanted = (events["act"] == opens) & (events["date"] >= pd.Timestamp(SINCE[norm.split("/")[0]]))
            wanted &= (events["actor"] == by) if by else True
            wanted &= events["kind"].isin(kinds) if kinds else True
            anchor = events.loc[wanted, ["case", "place", "date"]]
            anchor["due"] = (anchor.pop("date") + pd.Timedelta(days=length)).map(due_of)
            anchor = anchor[anchor["due"] < end]
            does = events["act"].isin(acts) & ((events["actor"] == doer) if doer else True)
            done = events.loc[does, ["case", "place", "date"]].rename(columns={"place": "after"})
            met = anchor.merge(done, on="case")
            met = met[(met["after"] > met["place"]) & (met["date"] <= met["due"])]
            found[norm] = int((~anchor["place"].isin(met["place"])).sum())
        is_given = (
            (events["act"] == "交办") & (events["actor"] == "政法委") & (events["date"] >= pd.Timestamp(SINCE["duban"]))
        )
        given = events[is_given]
        agreed = events.loc[(events["act"] == "审批") & (events["结论"] == "同意"), ["case", "place"]]
        both = given[["case", "place"]].merge(agreed.rename(columns={"place": "first"}), on="case")
        preceded = both.loc[both["first"] < both["place"], "place"]
        found[PRECEDENCE] = int((~given["place"].isin(preceded)).sum())
        found[SCOPE] = int((~given["来源"].isin(SOURCES)).sum())
        asked = events[(events["act"] == "提请协调") & (events["date"] >= pd.Timestamp(SINCE["duban"]))]
        found[PARTS] = int((~asked["document"].map(lambda parts: set(NEEDED).issubset(parts))).sum())
    answer(watch, violations=found)


def _unnested(path: str) -> Any:  # noqa: ANN401 - a frame of a library that may lack
    import pandas as pd
    import pyarrow as pa
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    table = pq.read_table(path, columns=["kind", "events"]).combine_chunks()
    events = table["events"].combine_chunks()
    flat, parent = events.flatten(), pc.list_parent_indices(events)
    columns = {
        "case": parent,
        "kind": table["kind"].combine_chunks().take(parent),
        "act": flat.field("act"),
        "actor": pc.list_element(flat.field("actor"), 0),
        **{name: flat.field(name) for name in _ATTRIBUTES},
    }
    frame = pa.table(columns).to_pandas()
    frame["date"] = pd.to_datetime(flat.field("date").to_pandas())
    frame["document"] = flat.field("document").to_pandas()
    frame["place"] = range(len(frame))
    return frame
