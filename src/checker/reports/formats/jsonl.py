"""JSON Lines: one finding a line, keys in the contract's order, the same bytes from every engine and every run."""

from collections.abc import Iterator

from checker.reports.content import CaseReport, Head, Totals, Writer


class JsonLines:
    """Findings alone; what else there is to say goes to standard error."""

    def begin(self, head: Head) -> Iterator[str]:
        """Nothing."""
        del head
        yield from ()

    def case(self, report: CaseReport) -> Iterator[str]:
        """One line for each finding: compact, UTF-8 unescaped, dates ISO."""
        for shown in report.shown:
            yield shown.finding.model_dump_json()

    def end(self, totals: Totals) -> Iterator[str]:
        """Nothing."""
        del totals
        yield from ()


def writer(colour: bool) -> Writer:
    """The writer; colour does not concern it."""
    del colour
    return JsonLines()
