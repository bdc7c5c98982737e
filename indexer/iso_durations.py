"""Lengths of time in the notation of ISO 8601, such as P6W and PT40H: the one reading of them for every feed.

Years, months, weeks and days are weeks on the calendar; hours, minutes and seconds are hours of work. Both together
(P1DT6H) are refused: whether a day means 24 hours or a day of class, and so how many hours are taught, is not said.
"""

import re
from typing import NamedTuple

from indexer.rules import UnreadableError

AMOUNT = r"([0-9]{1,6}(?:[.,][0-9]{1,6})?)"
NOTATION = re.compile(
    rf"P(?:{AMOUNT}Y)?(?:{AMOUNT}M)?(?:{AMOUNT}W)?(?:{AMOUNT}D)?(?:T(?:{AMOUNT}H)?(?:{AMOUNT}M)?(?:{AMOUNT}S)?)?",
    re.IGNORECASE,
)
# Of years, months, weeks and days, in weeks: a year has 52 of them and 12 months. Of hours, minutes and seconds.
WEEKS = (52.0, 52 / 12, 1.0, 1 / 7)
HOURS = (1.0, 1 / 60, 1 / 3600)


class Length(NamedTuple):
    """What is said of a length; None for what is not."""

    weeks: float | None = None
    hours: float | None = None
    hours_per_week: float | None = None


def _sum(amounts: tuple[str | None, ...], units: tuple[float, ...]) -> float:
    said = zip(amounts, units, strict=True)
    return sum(float(amount.replace(",", ".")) * unit for amount, unit in said if amount)


def iso_length(text: str) -> Length | None:
    """What a duration on one line says; None for another notation.

    Nothing lasts no time, so P0D says nothing. Raises UnreadableError for days with hours.
    """
    found = NOTATION.fullmatch(text)
    if not found or not any(found.groups()):
        return None
    amounts = found.groups()
    weeks, hours = _sum(amounts[:4], WEEKS), _sum(amounts[4:], HOURS)
    if weeks and hours:
        raise UnreadableError("duration_mixed")
    return Length(weeks=round(weeks, 1) or None, hours=round(hours, 2) or None)
