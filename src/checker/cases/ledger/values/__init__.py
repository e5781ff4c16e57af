"""What people type into cells, read strictly: one file a kind of value, each with a pure ``read_…``.

Every reader gives the value, or a :class:`checker.cases.problems.Refusal` that says what was expected; none guesses::

    dates.read_date(raw, serial=False, date1904=False) -> Moment | Refusal  # (date, time or None)
    dates.read_time(raw) -> datetime.time | Refusal
    case_numbers.read_case_number(raw) -> str | Refusal                     # canonical: equal texts, same case
    organs.read_organ(raw, organs.register(vocabulary, aliases)) -> str | Refusal
    periods.read_period(raw, unit=None) -> Period | Refusal                 # unit: what a bare number counts
    truths.read_truth(raw) -> bool | Refusal
    texts.read_text(raw) -> str | Refusal

A cell that is blank (``texts.is_blank``) has no value: readers refuse it with the code ``blank``. Words that say that
there is no value (yet) are told apart from text that cannot be read by their code: ``not-yet`` (待定, 未定, 尚未办结)
and ``none`` (无, —, 不适用).
"""
