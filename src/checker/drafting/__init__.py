"""Tools for drafters: fixtures."""
