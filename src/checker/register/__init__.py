"""The register of findings: what each run saw of them, and what became of each, in a database, never forgotten."""
