"""The user's own ledger handed back with what was found written into it."""
