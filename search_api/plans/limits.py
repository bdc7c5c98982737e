"""The limits of a plan, and which of them a listing alone already breaks."""

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from search_api.plans.candidate import Candidate

Why = Literal[
    "budget_left", "most_reached", "no_room", "prerequisite", "over_budget", "too_long", "too_many_hours", "no_start",
    "language", "delivery", "length_unknown", "hours_unknown", "start_unknown", "no_price", "closed", "no_listing",
]  # fmt: skip
MOST_LISTINGS = 8


@dataclass(frozen=True, kw_only=True)
class Limits:
    """What a plan may ask for; None and empty sets limit nothing.

    `budget` in cents, `days` from `earliest` to the last day, `load` in hundredths of an hour a week. `dated` plans
    take only listings whose start is known.
    """

    earliest: dt.date
    budget: int | None = None
    days: int | None = None
    load: int | None = None
    deliveries: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    most: int = MOST_LISTINGS
    start_given: bool = False

    @property
    def dated(self) -> bool:
        return self.start_given or self.days is not None or self.load is not None


def _language(candidate: Candidate, limits: Limits) -> Why | None:
    return "language" if limits.languages and not candidate.languages & limits.languages else None


def _delivery(candidate: Candidate, limits: Limits) -> Why | None:
    return "delivery" if limits.deliveries and candidate.delivery not in limits.deliveries else None


def _money(candidate: Candidate, limits: Limits) -> Why | None:
    if limits.budget is None:
        return None
    if candidate.cents is None:
        return "no_price"
    return "over_budget" if candidate.cents > limits.budget else None


RULES = (_language, _delivery, _money)


def broken(candidate: Candidate, limits: Limits) -> tuple[Why, ...]:
    """The limits other than time that the listing breaks on its own."""
    return tuple(why for rule in RULES if (why := rule(candidate, limits)))
