"""How much of a norm its fixtures try: a list of points taken from the core, and which of them were seen."""
