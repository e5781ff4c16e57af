"""Norms and findings in Chinese sentences that a supervisor can check by hand. Never a word that accuses."""
