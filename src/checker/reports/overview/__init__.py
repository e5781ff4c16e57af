"""What stands at the head of a report of a whole run: lamps, units, coming deadlines, which cases are shown in full."""
