"""A census of the same cases beside a check, for reports that show the whole as well."""

from typing import Final

from checker.engines.census.asked import Asked, windows
from checker.engines.census.dimensions import crossed, source_attributes
from checker.engines.census.observing import Observer
from checker.engines.census.telling import Basis, statistics
from checker.host.census import read_of
from checker.model.statistics import Statistics
from checker.reports.content import Totals
from checker.reports.showing import Listing

_BY: Final = ("承办单位", "类型", "环节", "来源", "季度")


class Beside:
    """Hand :attr:`observer` every evaluation of the run, then ask for the statistics. Indicators are not counted."""

    def __init__(self, listing: Listing) -> None:
        """Nothing is counted yet."""
        rules, as_of = listing.rules, listing.as_of
        sources = source_attributes(rules, None)
        names = [name for name in _BY if sources or name != "来源"]
        asked = Asked(tuple(crossed((name,), rules, sources) for name in names), as_of, *windows(as_of, None))
        self._basis = Basis(rules, listing.calendar.name, asked, sources)
        self.observer = Observer(rules, asked)

    def statistics(self, totals: Totals) -> Statistics:
        """What the cases so far come to."""
        return statistics(self._basis, self.observer.sums, read_of(totals))
