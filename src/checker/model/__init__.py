"""Frozen data: norm core, case record, finding, diagnostic, span. Knows nothing of text, files or engines."""
