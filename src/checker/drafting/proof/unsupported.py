"""What keeps a question open: a form that is not encoded, or the end of the time given."""


class Unsupported(Exception):
    """A form of the core that the symbolic evaluator does not read; ``form`` names it in Chinese."""

    def __init__(self, form: str) -> None:
        super().__init__(form)
        self.form = form


class OutOfTime(Exception):
    """The seconds of the bound are over."""
