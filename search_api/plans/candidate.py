"""A listing as the solver sees it: what it covers of the need, what it asks of money and time."""

import datetime as dt
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, get_args

from mappings.listing import Schedules

# Hours a week at which a length nobody stated is worked out: about a day and a half of classes and study.
ASSUMED_PACE = 10.0
CENTS = 100
HUNDREDTHS = 100
TIMES_OF_DAY = frozenset(get_args(Schedules))


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """One listing. None is unknown, never zero. `cost` is in Canadian dollars.

    `starts` are those that can still be joined; where some were stated and none is left, or applications have closed,
    the listing is `closed`. Of each set in `requires` one listing must be taken before it; `follows` only come before
    it where both are taken. `course` is what it is an offering of, where it is offered several times.
    """

    id: str
    covers: frozenset[str]
    course: str | None = None
    cost: float | None = None
    hours: float | None = None
    weeks: float | None = None
    hours_per_week: float | None = None
    starts: tuple[dt.date, ...] = ()
    closed: bool = False
    self_paced: bool = False
    schedule: frozenset[str] = frozenset()
    delivery: str | None = None
    languages: frozenset[str] = frozenset()
    requires: frozenset[frozenset[str]] = frozenset()
    follows: frozenset[str] = frozenset()

    @property
    def taken_as(self) -> str:
        """What a plan holds once: the course, or a listing that stands alone."""
        return self.course or self.id

    @property
    def cents(self) -> int | None:
        """The cost in cents, a part of one counted whole."""
        return None if self.cost is None else whole(self.cost * CENTS)

    @property
    def class_times(self) -> frozenset[str]:
        """Times of day at which there may be classes: any, where it does not say."""
        return frozenset() if self.self_paced else self.schedule or TIMES_OF_DAY

    @property
    def total_hours(self) -> float | None:
        """Hours as stated, else hours a week over the weeks."""
        if self.hours is not None:
            return self.hours
        return self.hours_per_week * self.weeks if self.hours_per_week and self.weeks else None

    @property
    def length_assumed(self) -> bool:
        """Whether its weeks are worked out from its hours."""
        return self.weeks is None and self.known_weeks is not None

    @property
    def known_weeks(self) -> float | None:
        """Weeks as stated; else hours by hours a week, or whole weeks at the assumed pace; None without either."""
        if self.weeks is not None or self.hours is None:
            return self.weeks
        if self.hours_per_week:
            return self.hours / self.hours_per_week
        return float(math.ceil(self.hours / ASSUMED_PACE))

    @property
    def load(self) -> int | None:
        """Hundredths of an hour a week: the stated figure or hours by weeks, whichever asks more; None if unknown.

        What is over within a week counts against one week.
        """
        weeks, hours = self.known_weeks, self.total_hours
        worked_out = hours / max(weeks, 1.0) if hours is not None and weeks is not None else None
        said = [value for value in (self.hours_per_week, worked_out) if value is not None]
        return whole(max(said) * HUNDREDTHS) if said else None


def whole(value: float) -> int:
    """Rounded up, save for the dust of binary fractions."""
    return math.ceil(round(value, 6))


def _covered(source: Mapping[str, Any]) -> Iterable[str]:
    return (term["id"] for name in ("skills", "tools") for term in source.get(name, ()))


def _open_starts(source: Mapping[str, Any], today: dt.date) -> tuple[dt.date, ...]:
    """The starts from today on; closed applications close the first of them, which is the one they were for."""
    stated = sorted(dt.date.fromisoformat(start) for start in source.get("starts", ()))
    coming = tuple(start for start in stated if start >= today)
    return coming[1:] if _applications_closed(source, today) else coming


def _applications_closed(source: Mapping[str, Any], today: dt.date) -> bool:
    closes = source.get("application_closes")
    return closes is not None and dt.date.fromisoformat(closes) < today


def candidate_of(source: Mapping[str, Any], needed: Iterable[str], today: dt.date) -> Candidate:
    """The candidate of an index document, covering the needed ids among its skills and tools."""
    starts = _open_starts(source, today)
    return Candidate(
        id=source["id"],
        covers=frozenset(needed).intersection(_covered(source)),
        course=source.get("course"),
        cost=source.get("cost_cad"),  # in another currency without a rate it is unknown
        hours=source.get("hours"),
        weeks=source.get("weeks"),
        hours_per_week=source.get("hours_per_week"),
        starts=starts,
        closed=not starts and (bool(source.get("starts")) or _applications_closed(source, today)),
        self_paced=source.get("pace") == "self_paced",
        schedule=frozenset(source.get("schedule", ())),
        delivery=source.get("delivery"),
        languages=frozenset(source.get("language", ())),
    )
