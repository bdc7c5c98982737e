"""What to loosen at once where no single limit keeps everything out: the fewest limits that let one listing in."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from search_api.plans.candidate import CENTS, HUNDREDTHS, Candidate
from search_api.plans.limits import Limits, Why
from search_api.plans.loosening import Loosened, Loosening, Value, loosened
from search_api.plans.placing import failures
from search_api.plans.timing import WEEK, timing

Remedy = Callable[[Candidate, Limits, dt.date], Value | None]


def _budget(candidate: Candidate, _limits: Limits, _today: dt.date) -> float | None:
    return None if candidate.cents is None else candidate.cents / CENTS


def _delivery(candidate: Candidate, _limits: Limits, _today: dt.date) -> str | None:
    return candidate.delivery


def _language(candidate: Candidate, _limits: Limits, _today: dt.date) -> str | None:
    return min(candidate.languages, default=None)


def _hours(candidate: Candidate, _limits: Limits, _today: dt.date) -> float | None:
    return None if candidate.load is None else candidate.load / HUNDREDTHS


def _weeks(candidate: Candidate, limits: Limits, _today: dt.date) -> int | None:
    """Weeks to the end of its first possible way."""
    options = timing(candidate, replace(limits, days=None, start_given=True)).options
    if not options or limits.days is None:
        return None
    days = -(-options[0].work // (limits.load or 1)) if options[0].spread else options[0].end
    return None if days is None else -(-days // WEEK)


def _start(candidate: Candidate, limits: Limits, today: dt.date) -> dt.date | None:
    """The latest of its starts, where all come before the earliest date."""
    if not candidate.starts or candidate.starts[-1] >= limits.earliest:
        return None
    return max((start for start in candidate.starts if start >= today), default=None)


# By what keeps a listing out: the limits that may be loosened, the first that helps.
REMEDIES: Mapping[Why, tuple[tuple[Loosened, Remedy], ...]] = {
    "over_budget": (("budget", _budget),),
    "delivery": (("delivery", _delivery),),
    "language": (("language", _language),),
    "too_many_hours": (("hours_per_week", _hours),),
    "too_long": (("weeks", _weeks),),
    "no_start": (("start", _start), ("weeks", _weeks)),
}


def _remedy(why: Why, candidate: Candidate, limits: Limits, today: dt.date) -> Loosening | None:
    for limit, value_of in REMEDIES.get(why, ()):
        value = value_of(candidate, limits, today)
        if value is not None:
            return Loosening(limit, value, together=True)
    return None


def _remedies(candidate: Candidate, limits: Limits, today: dt.date) -> list[Loosening] | None:
    """All that has to be loosened for this listing, a limit at a time; None where that does not help."""
    found: dict[Loosened, Loosening] = {}
    while whys := failures(candidate, limits):
        remedy = _remedy(whys[0], candidate, limits, today)
        if remedy is None or remedy.limit in found:
            return None
        found[remedy.limit] = remedy
        limits = loosened(limits, remedy)
    return list(found.values())


def together(candidates: Iterable[Candidate], limits: Limits, today: dt.date) -> list[Loosening]:
    """The shortest list of limits that lets one of the listings in, that of the cheapest among several."""
    ways = ((each, _remedies(each, limits, today)) for each in candidates)
    found = [(len(way), each.cents or 0, each.id, way) for each, way in ways if way]
    return min(found, default=(0, 0, "", []))[3]
