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


class Percentage(click.ParamType):  # type: ignore[type-arg]
    """A whole number of hundredths, with or without its sign."""

    name = "percentage"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """The number, refused beyond 100."""
        text = str(value).rstrip("%％")
        if text.isascii() and text.isdigit() and len(text) <= 3 and int(text) <= 100:
            return int(text)
        self.fail(f"「{value}」不是 0 至 100 的整数", param, ctx)
