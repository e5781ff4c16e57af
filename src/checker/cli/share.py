"""A share asked for on the command line: ``90``, or ``edges=100`` for one kind of points."""

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from checker.drafting.coverage.results import Share


class Percent(click.ParamType):  # type: ignore[type-arg]
    """A number from 0 to 100, with or without a kind of points before it, in English or Chinese."""

    name = "PERCENT"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> "Share":
        """The share; refused in Chinese."""
        from checker.drafting.coverage.points import Kind
        from checker.drafting.coverage.results import Share

        if isinstance(value, Share):
            return value
        head, sign, tail = str(value).replace("＝", "=").rpartition("=")
        kinds = {name: kind for kind in Kind for name in (kind.key, kind.value)}
        if sign and head.strip() not in kinds:
            expected = "、".join(f"{kind.key}（{kind.value}）" for kind in Kind)
            self.fail(f"没有「{head.strip()}」这一类要点，可以写：{expected}", param, ctx)
        try:
            percent = float(tail.strip().rstrip("%％"))
        except ValueError:
            percent = -1
        if not 0 <= percent <= 100:
            self.fail(f"「{tail.strip()}」不是 0 至 100 的百分数", param, ctx)
        return Share(percent, kinds[head.strip()] if sign else None)
