"""Whole archives at once: cases as Arrow batches in, findings as Arrow batches out, the same as case by case."""
