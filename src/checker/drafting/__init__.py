"""Tools for drafters: fixtures, and what a regulation does before it is issued."""
