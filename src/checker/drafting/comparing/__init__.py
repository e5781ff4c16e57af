"""Two rule sets compared: what changed in meaning, and a case for each change."""
