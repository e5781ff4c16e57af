"""A number on the command line."""

import click


class Positive(click.ParamType):  # type: ignore[type-arg]
    """A whole number from 1 on."""

    name = "number"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """The number, refused if it is none or zero."""
        text = str(value)
        if text.isascii() and text.isdigit() and 0 < int(text) < 10_000:
            return int(text)
        self.fail(f"「{value}」不是正整数", param, ctx)
