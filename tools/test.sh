#!/bin/sh
# Set up, then everything that must hold before a change lands.
set -eu
cd "$(dirname "$0")/.."
tools/setup.sh dev docs spark
.venv/bin/ruff check .
.venv/bin/ruff format --check .
.venv/bin/mypy
.venv/bin/lint-imports
.venv/bin/checker fmt --check rules
.venv/bin/checker lint --format jsonl >.venv/lint.jsonl
.venv/bin/checker test
.venv/bin/checker invariants
.venv/bin/checker mutate --no-explain --threshold 95 --format jsonl >.venv/mutants.jsonl
.venv/bin/checker analyze --waivers rules/analysis-waivers.yaml --output .venv/analysis.txt
.venv/bin/mkdocs build --strict --quiet --site-dir .venv/site
.venv/bin/python -m pytest -n auto --dist loadfile --no-loadscope-reorder "$@"
