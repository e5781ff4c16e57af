"""Runs over many cases: one by one in this process, or an archive in portions over several."""
