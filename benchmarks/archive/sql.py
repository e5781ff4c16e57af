"""Fifteen norms of the shipped packs as somebody would write them by hand in SQL for DuckDB.

Each query counts violations of one norm (late, overdue, breached) as the kernel does, odd records included: what a
record leaves unknown is NULL, and a violation is only what no unknown could turn into something else. Due dates come
from a table of the calendar; events are unnested once.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pyarrow as pa

from checker.calendars.calendar import Calendar

if TYPE_CHECKING:
    import duckdb

_FIRST: Final = date(2014, 1, 1)
_LAST: Final = date(2027, 12, 31)

_ACTS: Final = [
    "登记",
    "审批",
    "交办",
    "转送",
    "不予督办",
    "提出异议",
    "延期批准",
    "中止",
    "恢复",
    "办结",
    "结果报告",
    "提请协调",
    "协调会",
    "执行立案",
    "确定执行承办人",
    "承办人收到案件材料",
    "发出执行通知书",
    "启动财产调查",
    "完成财产调查",
    "民事立案",
    "送达起诉状副本",
    "当庭宣判",
    "发送判决书",
]

_EVENTS: Final = """
CREATE TEMP TABLE ev AS
SELECT r, kind, covers, unordered, pos, e.date AS d,
       epoch_us(e.date::TIMESTAMP) + coalesce(epoch_us(DATE '1970-01-01' + e.time), 0) + pos AS k,
       e.act AS act, e.actor AS actor, e.document AS document,
       coalesce(e."known-none", []) AS none, e."承办单位" AS unit, e."来源" AS source, e."结论" AS result,
       e."在职权内" AS competent, e."事由" AS reason
FROM (SELECT file_row_number AS r, kind, covers, ordered IS NOT DISTINCT FROM false AS unordered,
             unnest(events) AS e, generate_subscripts(events, 1) AS pos
      FROM read_parquet(?, file_row_number = true))
WHERE e.act IN (SELECT unnest(?)) AND (e.date IS NULL OR e.date <= getvariable('as_of'))
"""

# Anchors a(r, pos, d, k, due, unordered) and candidates b(r, pos, d, k, m), where m says whether b matches, NULL for
# maybe. A candidate in time, certain or not, is no violation; nor is one that may be late where none is late for sure.
_DEADLINE: Final = """
SELECT count(*) FROM (
  SELECT a.r, a.pos FROM a LEFT JOIN b
    ON b.r = a.r AND b.m IS NOT false AND b.pos <> a.pos
   AND (b.d IS NULL OR b.d > a.d OR (b.d = a.d AND (b.k > a.k OR a.unordered)))
  WHERE a.due < getvariable('as_of')
  GROUP BY a.r, a.pos
  HAVING count(b.r) = 0
      OR (bool_and(b.d IS NOT NULL AND b.d > a.due) AND bool_or(b.m IS NOT DISTINCT FROM true)))
"""


def _deadline(anchor: str, acts: str, due: str, match: str = "true", since: str = "2024-01-01") -> str:
    """A duty to do one of the acts until a date; ``due`` is a join that gives ``due.d``."""
    names = ", ".join(f"'{act}'" for act in acts.split("、"))
    covered = f"(a.covers IS NULL OR list_has_all(a.covers, [{names}]))"
    return f"""
WITH a AS (SELECT a.*, due.d AS due FROM ev a {due}
           WHERE {anchor} AND a.d >= DATE '{since}' AND {covered}),
     b AS (SELECT r, pos, d, k, {match} AS m FROM ev WHERE act IN ({names}))
{_DEADLINE}"""


def _days(number: int) -> str:
    """Within so many days, the last of them put off to a working day."""
    return f"JOIN (SELECT d AS day, rolled AS d FROM cal) due ON due.day = a.d + {number}"


_ASSIGNED: Final = "a.act = '交办' AND list_contains(a.actor, '政法委')"

# Within 90 days, once extended by 30, the time of suspensions not counted: the events that move the due date are taken
# one by one, since each counts only if it comes before the due date so far and before the duty is fulfilled. One that
# begins on the rest days after the last day moves the due date to its own end.
_MOVING: Final = f"""
WITH RECURSIVE
a0 AS (SELECT * FROM ev a WHERE {_ASSIGNED} AND d >= DATE '2024-01-01'
        AND (covers IS NULL OR list_has_all(covers, ['办结', '延期批准']))
        AND NOT EXISTS (FROM ev u WHERE u.r = a.r AND u.d IS NULL AND u.act IN ('延期批准', '中止', '恢复')
                         AND (u.act <> '恢复' OR EXISTS (FROM ev s WHERE s.r = a.r AND s.act = '中止')))
        AND NOT EXISTS (FROM ev u JOIN ev v ON v.r = u.r AND v.d = u.d AND v.pos <> u.pos
                        WHERE u.r = a.r AND u.unordered AND u.act IN ('延期批准', '中止', '恢复')
                          AND (v.act IN ('延期批准', '中止', '恢复', '办结') OR v.pos = a.pos))),
done AS (SELECT r, pos, d, k, actor FROM ev WHERE act = '办结'),
stops AS (SELECT s.r, s.k, s.d, (SELECT min(e.k) FROM ev e WHERE e.r = s.r AND e.act = '恢复' AND e.k > s.k) AS ek
          FROM ev s WHERE act = '中止'),
spans AS (SELECT r, min(k) AS k, min(d) AS d, ek FROM stops GROUP BY r, ek),
moves AS (
  SELECT a.r, a.pos, x.k, x.d, 'grant' AS what, 0 AS days
  FROM a0 a JOIN ev x ON x.r = a.r AND x.act = '延期批准' AND x.k > a.k
  UNION ALL
  SELECT a.r, a.pos, s.k, s.d, CASE WHEN s.ek IS NULL THEN 'open' ELSE 'span' END,
         greatest(0, e.d - greatest(s.d, a.d + 1))
  FROM a0 a JOIN spans s ON s.r = a.r LEFT JOIN ev e ON e.r = s.r AND e.k = s.ek
  WHERE s.ek IS NULL OR e.d > a.d),
numbered AS (SELECT *, row_number() OVER (PARTITION BY r, pos ORDER BY k) AS n FROM moves),
fold AS (
  SELECT r, pos, k AS ak, unit, 0::BIGINT AS n, d + 90 AS last, c.rolled AS due, false AS extended, false AS stopped
  FROM a0 JOIN (SELECT d AS day, rolled FROM cal) c ON c.day = a0.d + 90
  UNION ALL
  SELECT f.r, f.pos, f.ak, f.unit, m.n, f.last + moved.by, c.rolled, f.extended OR (live.ok AND m.what = 'grant'),
         f.stopped OR (live.ok AND m.what = 'open')
  FROM fold f JOIN numbered m ON m.r = f.r AND m.pos = f.pos AND m.n = f.n + 1,
  LATERAL (SELECT (f.stopped OR m.d <= f.due) AND NOT EXISTS (
             FROM done b WHERE b.r = f.r AND b.k > f.ak AND b.k < m.k AND b.d <= f.due
                           AND list_contains(b.actor, f.unit)) AS ok) live,
  LATERAL (SELECT CASE WHEN NOT live.ok THEN 0 WHEN m.what = 'grant' THEN CASE WHEN f.extended THEN 0 ELSE 30 END
                       WHEN m.what = 'span' THEN (greatest(0, m.d - f.last) + m.days)::INTEGER
                       ELSE 0 END AS by) moved
  JOIN (SELECT d AS day, rolled FROM cal) c ON c.day = f.last + moved.by),
final AS (SELECT r, pos, arg_max(due, n) AS due, bool_or(stopped) AS stopped FROM fold GROUP BY r, pos),
a AS (SELECT a0.*, final.due FROM a0 JOIN final USING (r, pos) WHERE NOT stopped),
b AS (SELECT done.r, done.pos, done.d, done.k, list_contains(done.actor, a.unit) AS m, a.pos AS apos
      FROM done JOIN a USING (r))
""" + _DEADLINE.replace("b.pos <> a.pos", "b.apos = a.pos")

_AFTER_ANOTHER: Final = f"""
WITH a0 AS (SELECT * FROM ev a WHERE {_ASSIGNED} AND d >= DATE '2024-01-01' AND unit IS NOT NULL
             AND (covers IS NULL OR list_contains(covers, '结果报告'))),
s AS (SELECT a.r, a.pos AS apos, arg_min(e.pos, e.k) AS pos, min(e.k) AS k, min(e.d) AS d,
             bool_or(e.d IS NULL OR e.actor IS NULL OR (a.unordered AND e.d = a.d)) AS unsure
      FROM a0 a JOIN ev e ON e.r = a.r AND e.act = '办结' AND coalesce(list_contains(e.actor, a.unit), true)
       AND (e.d IS NULL OR e.k > a.k OR (a.unordered AND e.d = a.d))
      GROUP BY a.r, a.pos),
a AS (SELECT a0.r, a0.pos, a0.unit, s.pos AS spos, s.d, s.k, a0.unordered, c.rolled AS due
      FROM a0 JOIN s ON s.r = a0.r AND s.apos = a0.pos AND NOT s.unsure JOIN cal c ON c.d = s.d + 7),
b AS (SELECT x.r, x.pos, x.d, x.k, list_contains(x.actor, a.unit) AS m, a.pos AS apos
      FROM ev x JOIN a USING (r) WHERE x.act = '结果报告')
""" + _DEADLINE.replace("b.pos <> a.pos", "b.apos = a.pos")

_FROM_ATTRIBUTE: Final = f"""
WITH a AS (SELECT a.*, w.d AS due FROM ev a JOIN cal c ON c.d = a.d JOIN worked w ON w.n = c.n + 5
           WHERE {_ASSIGNED} AND NOT list_contains(none, '在职权内') AND competent = '否' AND a.d >= DATE '2024-01-01'
             AND (covers IS NULL OR list_contains(covers, '提出异议'))),
b AS (SELECT x.r, x.pos, x.d, x.k, list_contains(x.actor, a.unit) AS m, a.pos AS apos
      FROM ev x JOIN a USING (r) WHERE x.act = '提出异议')
""" + _DEADLINE.replace("b.pos <> a.pos", "b.apos = a.pos")

QUERIES: Final[Mapping[str, str]] = {
    "duban/限期分流": _deadline(
        "a.act = '登记' AND a.kind IS NOT NULL AND list_contains(a.actor, '政法委')",
        "交办、转送、不予督办",
        _days(15),
        "list_contains(actor, '政法委')",
    ),
    "duban/先批后交": f"""
SELECT count(*) FROM ev a WHERE {_ASSIGNED} AND a.d >= DATE '2024-01-01'
  AND (a.covers IS NULL OR list_contains(a.covers, '审批'))
  AND NOT EXISTS (FROM ev b WHERE b.r = a.r AND b.act = '审批'
                   AND NOT list_contains(b.none, '结论') AND coalesce(b.result = '同意', true)
                   AND (b.d IS NULL OR b.k < a.k OR (a.unordered AND b.d = a.d)))""",
    "duban/督办范围": f"""
SELECT count(*) FROM ev a WHERE {_ASSIGNED} AND a.d >= DATE '2024-01-01'
  AND (list_contains(none, '来源') OR source NOT IN ('领导批示', '涉法上访', '久拖不决', '当事人信访'))""",
    "duban/交办要件": """
SELECT count(*) FROM ev WHERE act = '交办' AND d >= DATE '2024-01-01'
  AND NOT list_has_all(document, ['办结期限', '结果报告要求'])""",
    "duban/职权异议": _FROM_ATTRIBUTE,
    "duban/按期办结": _MOVING,
    "duban/限期报告": _AFTER_ANOTHER,
    "duban/书面报告要件": """
SELECT count(*) FROM ev WHERE act = '提请协调' AND d >= DATE '2024-01-01'
  AND NOT list_has_all(document, ['案件情况', '争议问题', '本单位意见', '法律依据', '案件材料'])""",
    "duban/协调范围": """
SELECT count(*) FROM ev WHERE act = '协调会' AND list_contains(actor, '政法委') AND d >= DATE '2024-01-01'
  AND (list_contains(none, '事由')
       OR reason NOT IN ('影响恶劣危害严重涉及面广', '上级批办交办', '政法部门之间有争议'))""",
    "duban/会前报送": """
SELECT count(*) FROM ev a WHERE act = '协调会' AND d >= DATE '2024-01-01'
  AND (covers IS NULL OR list_contains(covers, '提请协调'))
  AND NOT EXISTS (FROM ev b WHERE b.r = a.r AND b.act = '提请协调' AND (b.d IS NULL OR b.d < a.d))""",
    "enforcement/七日确定承办人": _deadline(
        "a.act = '执行立案' AND a.kind = '执行'",
        "确定执行承办人",
        _days(7),
        "list_contains(actor, '法院')",
        "2007-01-01",
    ),
    "enforcement/三日发执行通知": _deadline(
        "a.act = '承办人收到案件材料' AND a.kind = '执行'", "发出执行通知书", _days(3), since="2007-01-01"
    ),
    "enforcement/一个月完成调查": _deadline(
        "a.act = '启动财产调查' AND a.kind = '执行'",
        "完成财产调查",
        "JOIN (SELECT d AS day, rolled AS d FROM cal) due ON due.day = CAST(a.d + INTERVAL 1 MONTH AS DATE)",
        since="2007-01-01",
    ),
    "trial-civil/起诉状副本送达": _deadline(
        "a.act = '民事立案' AND a.kind = '民事一审'", "送达起诉状副本", _days(5), "list_contains(actor, '法院')"
    ),
    "trial-civil/当庭宣判发送判决书": _deadline(
        "a.act = '当庭宣判' AND a.kind IN ('民事一审', '民事二审', '民事再审')",
        "发送判决书",
        _days(10),
        "list_contains(actor, '法院')",
    ),
}
"""Norm to a query that counts its violations."""


def calendar_tables(calendar: Calendar) -> dict[str, pa.Table]:
    """``cal``: a day, the first working day on or after it, how many working days up to it; ``worked``: the n-th."""
    days = [_FIRST + timedelta(days=n) for n in range((_LAST - _FIRST).days)]
    works = [calendar.is_workday(day) for day in days]
    ranks, rank = [], 0
    for one in works:
        rank += one
        ranks.append(rank)
    rolled = [date.fromordinal(calendar.roll(day.toordinal())) for day in days]
    worked = [day for day, one in zip(days, works, strict=True) if one]
    return {
        "cal": pa.table({"d": days, "rolled": rolled, "n": ranks}),
        "worked": pa.table({"n": list(range(1, len(worked) + 1)), "d": worked}),
    }


def violations(parquet: Path, calendar: Calendar, as_of: date, threads: int | None = None) -> dict[str, int]:
    """Norm to the number of its violations in an archive."""
    import duckdb

    with duckdb.connect() as connection:
        if threads:
            connection.execute(f"SET threads = {threads}")
        return _violations(connection, parquet, calendar, as_of)


def _violations(
    connection: "duckdb.DuckDBPyConnection", parquet: Path, calendar: Calendar, as_of: date
) -> dict[str, int]:
    for name, table in calendar_tables(calendar).items():
        connection.register(f"{name}_given", table)
        connection.execute(f"CREATE TEMP TABLE {name} AS FROM {name}_given")
    connection.execute(f"SET VARIABLE as_of = DATE '{as_of}'")
    connection.execute(_EVENTS, [str(parquet), _ACTS])
    return {norm: int(connection.execute(query).fetchall()[0][0]) for norm, query in QUERIES.items()}
