"""Concrete search for a case on which two rule sets differ: cases tried one by one, never a proof."""
