"""Event logs in XES (IEEE 1849): which keys are read, the parser that lets nothing dangerous in, logs in bulk.

``keys`` says what is read, ``traces`` reads it trace by trace; ``pieces`` cuts a log into stretches of whole traces,
``tokens`` takes a stretch apart without a Python call for each element, and ``bulk`` makes records of it, asking
:mod:`checker.cases.record` about every distinct value once.
"""
