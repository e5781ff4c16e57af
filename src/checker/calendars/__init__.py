"""Periods, working-day tables (data), due dates and their derivation."""
