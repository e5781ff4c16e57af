"""Two of the six norms in a library of process mining."""

from benchmarks.archive.measuring import Watch, answer
from benchmarks.archive.questions import DEADLINES, PRECEDENCE, cases


def pm4py(path: str, dues: str, as_of: str) -> None:  # noqa: ARG001 - it has no due dates
    """pm4py: DECLARE precedence and a temporal profile; conditions must go into the names of activities."""
    import pandas as pd
    import pm4py as engine

    label = {("审批", "同意"): "审批同意", ("交办", "政法委"): "交办政法委"}
    with Watch() as watch:
        rows = [
            (number, label.get((act, x["结论"] if act == "审批" else who), act), pd.Timestamp(day, unit="D"))
            for number, (_, events) in enumerate(cases(path))
            for day, act, who, x in events
        ]
        frame = pd.DataFrame(rows, columns=["case:concept:name", "concept:name", "time:timestamp"])
        frame["case:concept:name"] = frame["case:concept:name"].astype(str)
        with Watch() as checking:
            model = {"precedence": {("审批同意", "交办政法委"): {"support": 1, "confidence": 1}}}
            declared = engine.conformance_declare(frame, model)
            half = 3 * 86_400 / 2
            profile = {("承办人收到案件材料", "发出执行通知书"): (half, half)}
            timed = engine.conformance_temporal_profile(frame, profile, zeta=1.0)
    found = {PRECEDENCE: sum(not one["is_fit"] for one in declared), DEADLINES[1][0]: sum(map(bool, timed))}
    answer(watch, cases=len(declared), violations=found, checking=checking.cpu)
