"""When a listing can be taken within the limits: its possible starts, or its hours spread over the weeks."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from search_api.plans.candidate import ASSUMED_PACE, HUNDREDTHS, Candidate, whole
from search_api.plans.limits import Limits, Why

WEEK = 7


@dataclass(frozen=True, order=True)
class Option:
    """One way to take a listing. `start` and `end` are days from the earliest date, the end not included.

    None is unknown. `load`, in hundredths of an hour a week, weighs from `start` to `busy_until`. A `spread` option has
    no dates: its `work`, in hundredths of an hour times days, fills what the others leave free of each week.
    """

    start: int | None = None
    end: int | None = None
    load: int = 0
    busy_until: int = 0
    work: int = 0
    spread: bool = False

    @property
    def over(self) -> int:
        """The first day without classes; a listing of unknown length is taken to last a week."""
        return self.busy_until if self.end is None else self.end


@dataclass(frozen=True)
class Timing:
    """A listing's options, or why it has none."""

    options: tuple[Option, ...] = ()
    why: Why | None = None


def days_of(weeks: float) -> int:
    return whole(weeks * WEEK)


def _fixed(start: int, days: int | None, load: int | None, limits: Limits) -> Option:
    """An option with dates. Under a limit its work is what falls within the limit."""
    busy = start + max(days or 0, WEEK)
    within = busy if limits.days is None else min(busy, limits.days)
    end = None if days is None else start + days
    return Option(start, end, load or 0, busy, (load or 0) * (within - start))


def _in_time(options: Iterable[Option], limits: Limits) -> tuple[Option, ...]:
    if limits.days is None:
        return tuple(options)
    return tuple(option for option in options if option.end is not None and option.end <= limits.days)


def _unplaceable(days: int | None, load: int | None, limits: Limits) -> Why | None:
    """What keeps a listing of this length and load out, whenever it begins."""
    if limits.load is not None and load is None:
        return "hours_unknown"
    if limits.load is not None and load is not None and load > limits.load:
        return "too_many_hours"
    if limits.days is not None and days is None:
        return "length_unknown"
    return "too_long" if limits.days is not None and days is not None and days > limits.days else None


def _offsets(starts: Iterable[dt.date], limits: Limits) -> list[int]:
    return sorted({(start - limits.earliest).days for start in starts if start >= limits.earliest})


def _scheduled(candidate: Candidate, limits: Limits) -> Timing:
    offsets = _offsets(candidate.starts, limits)
    if not offsets and not candidate.starts and not limits.dated:
        return Timing((Option(),))
    if not offsets:
        return Timing(why="no_start" if candidate.starts else "start_unknown")
    weeks, load = candidate.known_weeks, candidate.load
    days = None if weeks is None else days_of(weeks)
    if why := _unplaceable(days, load, limits):
        return Timing(why=why)
    options = _in_time((_fixed(offset, days, load, limits) for offset in offsets), limits)
    return Timing(options, None if options else "no_start")


def _spread(candidate: Candidate, limits: Limits) -> Timing:
    """A self-paced listing under a limit on hours a week: only the sum of its hours matters."""
    hours = candidate.total_hours
    if hours is None:
        return Timing(why="hours_unknown")
    work = whole(hours * HUNDREDTHS) * WEEK
    if limits.days is not None and limits.load is not None and work > limits.load * limits.days:
        return Timing(why="too_long")
    return Timing((Option(work=work, spread=True),))


def pace(limits: Limits) -> int:
    """Hundredths of an hour a week given to a self-paced listing that has to have dates."""
    assumed = round(ASSUMED_PACE * HUNDREDTHS)
    return assumed if limits.load is None else min(assumed, limits.load)


def _self_paced(candidate: Candidate, limits: Limits, offsets: Iterable[int]) -> Timing:
    """With dates: in the weeks it states where hours are not limited, else at an even pace."""
    hours, weeks = candidate.total_hours, candidate.weeks
    if hours is not None and (weeks is None or limits.load is not None):
        weeks = float(-(-whole(hours * HUNDREDTHS) // pace(limits)))
    load = None if hours is None or weeks is None else whole(hours * HUNDREDTHS / max(weeks, 1.0))
    days = None if weeks is None else days_of(weeks)
    if why := _unplaceable(days, load, limits):
        return Timing(why=why)
    options = _in_time((_fixed(offset, days, load, limits) for offset in offsets), limits)
    return Timing(options, None if options else "no_start" if candidate.starts else "too_long")


def _begins(candidate: Candidate, limits: Limits, offsets: Iterable[int]) -> list[int]:
    """The days of a self-paced listing, none before its first coming start where it states one; it stays open."""
    opening = max(0, (candidate.starts[0] - limits.earliest).days) if candidate.starts else 0
    return sorted({max(opening, offset) for offset in offsets})


def timing(candidate: Candidate, limits: Limits, offsets: Iterable[int] | None = None) -> Timing:
    """The options of a listing. `offsets` are the days a self-paced one may begin, where others wait for it or it waits
    for others; it then has dates.
    """
    if candidate.closed:
        return Timing(why="closed")
    if not candidate.self_paced:
        return _scheduled(candidate, limits)
    begins = _begins(candidate, limits, (0,) if offsets is None else offsets)
    if limits.load is not None and offsets is None and begins == [0]:
        return _spread(candidate, limits)
    return _self_paced(candidate, limits, begins)
