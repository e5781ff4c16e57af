"""Ledgers (台账) as offices keep them: workbooks and CSV of any make, with titles, merges, totals and notes in them.

``grid`` is what a file comes to, ``opening`` tells the format by content and opens it, ``values`` reads single cells.
"""
