"""Articles against norms: what is encoded, what is not and why, and whether the texts still say what was read."""
