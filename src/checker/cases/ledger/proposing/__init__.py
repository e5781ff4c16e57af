"""A first mapping of a ledger, from its headers, its cells and the rules: for a person to correct and confirm.

``words`` knows how columns are headed, ``samples`` what they hold, ``doers`` who performs an act in the norms.
"""
