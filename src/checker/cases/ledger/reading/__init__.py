"""The rows of a ledger to case records, by a mapping that a person confirmed.

Every row of cases or events ends as one of 已读入, 有疑问, 未读入. What is in doubt is never held against anybody: a
date that cannot be read for certain leaves its event without one, and where it cannot be told whether an act took
place, the case does not say that it covers the act.
"""
