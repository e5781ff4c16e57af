"""Event tables of any size into batches of case records: rows regrouped by case outside memory, then read by value.

``staging`` copies the used cells of a table into a temporary Parquet file, ``regrouping`` hands them out again case by
case in stretches small enough for memory, and ``reading`` turns one stretch into records, in any process. The functions
of :mod:`checker.cases.table` and :mod:`checker.cases.record` are asked about every distinct value of a column; a case
with anything wrong in it goes through them row by row, so that the words about it are theirs.
"""
