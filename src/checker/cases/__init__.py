"""Case records: bytes to frozen cases, one file a format. The doors are ``reading``, ``fixtures`` and ``columns``."""
