"""Truth of conditions in records that lack nothing: satisfiability, implication, which pattern is narrower."""
