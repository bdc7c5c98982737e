"""Lengths of time in the notation of ISO 8601, such as P6W and PT40H."""

import re
from typing import NamedTuple

from indexer.cleaning import line
from indexer.rules import UnreadableError

AMOUNT = r"([0-9]{1,6}(?:[.,][0-9]{1,6})?)"
NOTATION = re.compile(
    rf"P(?:{AMOUNT}Y)?(?:{AMOUNT}M)?(?:{AMOUNT}W)?(?:{AMOUNT}D)?(?:T(?:{AMOUNT}H)?(?:{AMOUNT}M)?(?:{AMOUNT}S)?)?",
    re.IGNORECASE,
)
DAY = 1 / 7  # in weeks
# Of years, months, weeks and days, in weeks: a year has 52 of them and 12 months. Of hours, minutes and seconds.
WEEKS = (52.0, 52 / 12, 1.0, DAY)
HOURS = (1.0, 1 / 60, 1 / 3600)


class Length(NamedTuple):
    """Weeks on the calendar or hours of work; None for what is not said."""

    weeks: float | None = None
    hours: float | None = None


class Parts(NamedTuple):
    """What stands before the T, in weeks, and behind it, in hours; `stated` where there is any number."""

    weeks: float
    hours: float
    stated: bool


def _sum(amounts: tuple[str | None, ...], units: tuple[float, ...]) -> float:
    said = zip(amounts, units, strict=True)
    return sum(float(amount.replace(",", ".")) * unit for amount, unit in said if amount)


def parts_of(text: str) -> Parts | None:
    """The two parts of a duration on one line; None for another notation."""
    found = NOTATION.fullmatch(text)
    if not found:
        return None
    amounts = found.groups()
    return Parts(_sum(amounts[:4], WEEKS), _sum(amounts[4:], HOURS), any(amounts))


def length(text: str) -> Length:
    """What a duration says. Hours beside days are part of one more day: P1DT6H is two days, not six hours of work.

    Nothing lasts no time, so P0D says nothing. Raises UnreadableError for another notation.
    """
    found = parts_of(line(text))
    if not found:
        raise UnreadableError("not_a_duration")
    weeks = found.weeks + DAY if found.weeks and found.hours else found.weeks
    return Length(weeks=round(weeks, 1)) if weeks else Length(hours=round(found.hours, 2) or None)
