"""Findings to reports, one format a file under ``formats``; pages about norms, words and fixtures."""
