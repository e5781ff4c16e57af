"""A day on the command line."""

import datetime as dt
import re

import click

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


class Day(click.ParamType):  # type: ignore[type-arg]
    """2026-03-02."""

    name = "date"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> dt.date:
        """The day, refused if there is none such."""
        if isinstance(value, dt.date):
            return value
        try:
            if isinstance(value, str) and _DAY.fullmatch(value):
                return dt.date.fromisoformat(value)
        except ValueError:
            pass
        self.fail(f"「{value}」不是日期，写作 2026-03-02", param, ctx)
