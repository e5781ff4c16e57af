#!/bin/sh
# Set up, then check the shipped case files with the shipped rules.
set -eu
cd "$(dirname "$0")/.."
tools/setup.sh
# Violations are what the demonstration is for: exit code 1 is its success.
.venv/bin/checker check fixtures/demo --as-of 2026-11-20 --only all || [ $? = 1 ]
