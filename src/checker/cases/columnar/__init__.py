"""Case records a column at a time: Arrow batches checked as :mod:`checker.cases.record` checks single records.

Every distinct value of a column is read once, by the same functions that read a single record; everything else is
compared in bulk. A record in which anything is doubtful is not judged here: it goes to ``read_case``, which alone
decides and words the messages. So a record that passes has exactly the values that ``read_case`` would give it.
"""
