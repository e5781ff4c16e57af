"""A plain, slow evaluator of the core: docs/contributing/semantics.md, section by section, in lists and loops.

It knows nothing of the engines; tests compare the two.
"""
