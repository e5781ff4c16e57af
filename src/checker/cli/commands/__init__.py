"""One file a command, found by walking this folder; each has ``command``. Engines are imported when it runs."""
