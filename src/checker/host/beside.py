"""A census of the same cases beside a check, for reports that show the whole as well."""

from typing import Final

from checker.engines.census.asked import Asked, windows
from checker.engines.census.dimensions import crossed, source_attributes
from checker.engines.census.observing import Observer
from checker.engines.census.telling import Basis, statistics
from checker.engines.counting import Count
from checker.engines.run import Evaluation
from checker.host.census import read_of
from checker.host.troubles import uncounted
from checker.model.statistics import Statistics
from checker.reports.content import Totals
from checker.reports.showing import Listing

_BY: Final = ("承办单位", "类型", "环节", "来源", "季度")


class Beside:
    """Hand :meth:`observe` every evaluation of the run, then ask for the statistics.

    ``uncounted`` has a sentence for each case on which, for a fault of ours, an indicator died.
    """

    def __init__(self, listing: Listing) -> None:
        """Nothing is counted yet."""
        rules, as_of = listing.rules, listing.as_of
        sources = source_attributes(rules, None)
        names = [name for name in _BY if sources or name != "来源"]
        asked = Asked(tuple(crossed((name,), rules, sources) for name in names), as_of, *windows(as_of, None))
        self._basis = Basis(rules, listing.calendar.name, asked, sources)
        self._observer = Observer(rules, asked)
        self._count = Count(rules, listing.calendar, as_of) if rules.indicators else None
        self.uncounted: list[str] = []

    def observe(self, evaluation: Evaluation) -> None:
        """One case."""
        self._observer.add(evaluation)
        if self._count is None:
            return
        try:
            self._count.add(evaluation.case)
        except Exception as error:  # a fault of ours on one case spoils no other
            self.uncounted.append(uncounted(evaluation.case.id, error))

    def statistics(self, totals: Totals) -> Statistics:
        """What the cases so far come to."""
        figures = () if self._count is None else self._count.figures()
        return statistics(self._basis, self._observer.sums, read_of(totals, len(self.uncounted)), figures)
