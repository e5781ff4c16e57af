"""The language server: each question by itself, then all of them through real clients."""
