"""One analysis a file, found by walking this folder: each has ``TITLE``, ``IS_GRAVE`` and ``look``."""
