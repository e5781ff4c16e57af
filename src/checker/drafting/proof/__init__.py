"""Proofs about norms within a bound: a symbolic reading of the core, and the questions asked of it. z3 lives here."""
