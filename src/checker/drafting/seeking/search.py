"""Is there a case on which two rule sets differ: the first one found, made small."""

from collections.abc import Collection, Sequence

from checker.calendars.calendar import Calendar
from checker.drafting.answers import Witness
from checker.drafting.seeking.candidates import Candidate
from checker.drafting.seeking.minimising import minimised
from checker.drafting.seeking.observing import Half, Tells, change_of, differs, half
from checker.drafting.seeking.pool import MOST, Pool
from checker.model.case import Fixture
from checker.model.norm import RuleSet


def difference(
    old: RuleSet,
    new: RuleSet,
    norm_ids: Collection[str],
    calendar: Calendar,
    seeds: Sequence[Fixture] = (),
    most: int = MOST,
) -> Witness | None:
    """A small case on which the findings on the norms differ; None says only that ``most`` cases showed none.

    ``seeds`` are tried first and changed at their edges; the better ones stand first. Norms that only one of the two
    rule sets has count as having no findings in the other.
    """
    pool = Pool(old, (new,), norm_ids, calendar, seeds, most)
    found = told(pool, half(new, norm_ids, calendar), differs)
    return None if found is None else Witness(case=found.case, as_of=found.as_of)


def told(pool: Pool, new: Half, tells: Tells) -> Candidate | None:
    """The first candidate of the pool that tells the new rules from the old ones, made small."""
    for candidate, before in pool:
        after = new.findings(candidate)
        if after is not None and tells(candidate, before, after):
            change = change_of(before, after)

            def holds(smaller: Candidate, wanted: object = change) -> bool:
                old, changed = pool.old.findings(smaller), new.findings(smaller)
                if old is None or changed is None:
                    return False
                return tells(smaller, old, changed) and change_of(old, changed) == wanted

            return minimised(candidate, holds)
    return None
