"""The tables. Names begin alike, so that they may stand beside others in the database of an office."""

from typing import Final

from sqlalchemy import BigInteger, Boolean, Column, Integer, MetaData, String, Table, Text

FORMAT: Final = 1
"""Goes up whenever an older program could misread what a newer one wrote."""

tables: Final = MetaData()

about: Final = Table(
    "register_about",
    tables,
    Column("name", String(40), primary_key=True),
    Column("value", Text, nullable=False),
)
"""``format``, and which program wrote it."""

runs: Final = Table(
    "register_runs",
    tables,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("key", String(64), nullable=False),
    Column("as_of", String(10), nullable=False),
    Column("version", Text, nullable=False),
    Column("rules", Text, nullable=False),
    Column("calendar", Text, nullable=False),
    Column("results", String(64), nullable=False),
    Column("looked", Integer, nullable=False),
    Column("left_out", Integer, nullable=False),
    Column("failed", Integer, nullable=False),
    Column("outside", Integer, nullable=False),
    Column("unasked", Integer, nullable=False),
    Column("unread", Integer, nullable=False),
    Column("earlier", Integer, nullable=False),
    Column("unsettled", Integer, nullable=False),
)
"""The last five count known findings that a run left as they were, and why."""

findings: Final = Table(
    "register_findings",
    tables,
    Column("id", String(20), primary_key=True),
    Column("identity", Text, nullable=False),
    Column("case_id", Text, nullable=False),
    Column("norm", Text, nullable=False),
    Column("anchor", Text, nullable=False),
    Column("unit", Text),
    Column("category", Text),
    Column("severity", Text),
    Column("version", Text, nullable=False),
    Column("verdict", String(20), nullable=False),
    Column("due", String(32)),
    Column("breached_on", String(10)),
    Column("days", Integer),
    Column("first_run", Integer, nullable=False),
    Column("first_seen", String(10), nullable=False),
    Column("last_run", Integer, nullable=False),
    Column("last_seen", String(10), nullable=False),
    Column("present", Boolean, nullable=False),
    Column("status", String(10), nullable=False),
    Column("closed_on", String(10)),
    Column("for_good", Boolean, nullable=False),
)
"""How each finding stands now. ``present``: the last run that looked saw it. The rest is what that run saw last."""

observations: Final = Table(
    "register_observations",
    tables,
    Column("run", Integer, primary_key=True, autoincrement=False),
    Column("id", String(20), primary_key=True),
    Column("what", String(20), nullable=False),
    Column("verdict", String(20)),
    Column("due", String(32)),
    Column("days", BigInteger),
    Column("version", Text),
    Column("before", Text),
)
"""What a run saw of a finding: rows are added, never changed. ``verdict`` None: nothing is found at its anchor."""

history: Final = Table(
    "register_history",
    tables,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("id", String(20), nullable=False, index=True),
    Column("status", String(10), nullable=False),
    Column("by_whom", Text, nullable=False),
    Column("on_day", String(10), nullable=False),
    Column("reason", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("for_good", Boolean, nullable=False),
    Column("run", Integer),
)
"""What became of a finding: rows are added, never changed. ``run``: the program set it after that run."""

cases: Final = Table(
    "register_cases",
    tables,
    Column("case_id", Text, primary_key=True),
    Column("last_run", Integer, nullable=False),
    Column("as_of", String(10), nullable=False),
)
"""When each case was looked at last."""
