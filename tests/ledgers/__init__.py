"""Makers of ledgers as they come to an office: ugly ones, damaged ones, hostile ones."""
