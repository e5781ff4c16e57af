"""Workbooks of cases: sheets of cases, events and expectations, for people who would rather fill in tables than YAML.

``layout`` says which sheets and columns there are, ``reading`` turns them into raw records.
"""
