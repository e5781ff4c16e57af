"""checker: procedural norms as code. Public verbs live in :mod:`checker.api`."""

__version__ = "0.1.0"
