"""One kind of change a file, each with a function ``changes``; found by walking this folder."""
