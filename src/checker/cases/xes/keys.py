"""The keys of a log as the columns of an event table, so that one mapping file serves both."""

from typing import Final

from checker.cases.columns import Layout
from checker.cases.problems import Refusal
from checker.cases.table import Table, table
from checker.model.vocabulary import Vocabulary

OF_TRACE: Final = "case:"
"""How the column of a trace's key begins; what process-mining tools write when they flatten a log."""

KEYS: Final = {"case": f"{OF_TRACE}concept:name", "act": "concept:name", "date": "time:timestamp"}
"""The columns of the required roles where the layout does not name others."""


def xes_table(name: str, layout: Layout, vocabulary: Vocabulary) -> Table | Refusal:
    """The table that a log is read as: a column for every key that is wanted, or why the layout cannot be used."""
    columns = {**KEYS, **layout.columns}
    wanted = layout.attributes
    if wanted is None:
        wanted = {attribute: "" for act in vocabulary.acts.values() for attribute in act.attributes}
    header = list(dict.fromkeys([*columns.values(), *wanted, *layout.case_attributes]))
    return table(header, name, layout.model_copy(update={"columns": columns}), vocabulary)
