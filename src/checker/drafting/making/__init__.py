"""First drafts: a pack, a norm, the fixtures of a norm. What is written compiles, lints and passes as it stands."""
