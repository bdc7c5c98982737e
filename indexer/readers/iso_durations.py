"""Lengths of time in the notation of ISO 8601, such as P6W and PT40H."""

import re
from dataclasses import dataclass

from indexer.cleaning import line
from indexer.rules import UnreadableError

AMOUNT = r"([0-9]{1,6}(?:[.,][0-9]{1,6})?)"
NOTATION = re.compile(
    rf"P(?:{AMOUNT}Y)?(?:{AMOUNT}M)?(?:{AMOUNT}W)?(?:{AMOUNT}D)?(T(?:{AMOUNT}H)?(?:{AMOUNT}M)?(?:{AMOUNT}S)?)?"
)
YEAR, MONTH, WEEK, DAY = 52, 52 / 12, 1, 1 / 7  # in weeks
HOUR, MINUTE, SECOND = 1, 1 / 60, 1 / 3600  # in hours


@dataclass(frozen=True)
class Length:
    """Weeks on the calendar or hours of work; None for what is not said."""

    weeks: float | None = None
    hours: float | None = None


def _sum(amounts: tuple[str | None, ...], units: tuple[float, ...]) -> float:
    said = zip(amounts, units, strict=True)
    return sum(float(amount.replace(",", ".")) * unit for amount, unit in said if amount)


def length(text: str) -> Length:
    """What a duration says. Hours beside days are part of one more day: P1DT6H is two days, not six hours of work.

    Nothing lasts no time, so P0D says nothing. Raises UnreadableError for another notation.
    """
    found = NOTATION.fullmatch(line(text).upper())
    if not found:
        raise UnreadableError("not_a_duration")
    groups = found.groups()
    weeks = _sum(groups[:4], (YEAR, MONTH, WEEK, DAY))
    hours = _sum(groups[5:], (HOUR, MINUTE, SECOND))
    if weeks and hours:
        weeks += DAY
    return Length(weeks=round(weeks, 1)) if weeks else Length(hours=round(hours, 2) or None)
