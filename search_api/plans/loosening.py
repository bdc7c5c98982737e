"""A limit to loosen, and the limits once it is."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from search_api.plans.candidate import CENTS, HUNDREDTHS
from search_api.plans.limits import Limits
from search_api.plans.timing import WEEK

Loosened = Literal["budget", "weeks", "hours_per_week", "delivery", "language", "start"]
Value = float | str | dt.date


@dataclass(frozen=True)
class Loosening:
    """A limit and the least value, in the request's own units, at which a listing fits.

    Where no single limit is enough, all those marked `together` have to be loosened at once.
    """

    limit: Loosened
    value: Value
    together: bool = False


CHANGES: Mapping[Loosened, Callable[[Limits, Any], Limits]] = {
    "budget": lambda limits, value: replace(limits, budget=round(value * CENTS)),
    "weeks": lambda limits, value: replace(limits, days=round(value * WEEK)),
    "hours_per_week": lambda limits, value: replace(limits, load=round(value * HUNDREDTHS)),
    "delivery": lambda limits, value: replace(limits, deliveries=limits.deliveries | {value}),
    "language": lambda limits, value: replace(limits, languages=limits.languages | {value}),
    "start": lambda limits, value: replace(limits, earliest=value),
}


def loosened(limits: Limits, found: Loosening) -> Limits:
    """The limits with that one at the value found."""
    return CHANGES[found.limit](limits, found.value)
