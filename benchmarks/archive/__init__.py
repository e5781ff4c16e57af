"""Benchmarks of the archive engine: synthetic archives in the shapes of the packs, and what they cost to check."""
