"""Lengths as ISO 8601 writes them: hours of teaching, or weeks by the calendar."""

import re
from dataclasses import dataclass

from indexer.cleaning import line
from indexer.rules import UnreadableError

NUMBER = r"([0-9]{1,6}(?:[.,][0-9]{1,6})?)"
DURATION = re.compile(
    rf"P(?:{NUMBER}Y)?(?:{NUMBER}M)?(?:{NUMBER}W)?(?:{NUMBER}D)?(?:T(?:{NUMBER}H)?(?:{NUMBER}M)?(?:{NUMBER}S)?)?",
    re.IGNORECASE,
)
HOURS_IN_WORDS = re.compile(rf"{NUMBER} ?(?:hours?|hrs?|heures?|h)\.?", re.IGNORECASE)
WEEKS_IN_WORDS = re.compile(rf"{NUMBER} ?(?:weeks?|wks?|semaines?)\.?", re.IGNORECASE)
# Of years, months, weeks and days, as elsewhere: a year has 52 weeks and 12 months.
WEEKS = (52.0, 52 / 12, 1.0, 1 / 7)
# Of hours, minutes and seconds.
HOURS = (1.0, 1 / 60, 1 / 3600)


@dataclass(frozen=True)
class Length:
    """Hours of teaching or weeks by the calendar, one of them; neither where the length is given as zero."""

    hours: float | None = None
    weeks: float | None = None


def _sum(amounts: tuple[str | None, ...], sizes: tuple[float, ...]) -> float:
    return sum(float(one.replace(",", ".")) * size for one, size in zip(amounts, sizes, strict=True) if one)


def _in_words(text: str) -> Length:
    if found := HOURS_IN_WORDS.fullmatch(text):
        return Length(hours=_sum((found[1],), (1.0,)))
    if found := WEEKS_IN_WORDS.fullmatch(text):
        return Length(weeks=_sum((found[1],), (1.0,)))
    raise UnreadableError("not_a_duration")


def length(value: str) -> Length:
    """Weeks for `P4W`, `P2M` or `P3D`, hours for `PT40H`; plain words such as “40 hours” and « 6 semaines » too.

    Days with hours (`P1DT6H`) are refused: whether a day means 24 hours or a day of class, the text does not say.
    Raises UnreadableError.
    """
    text = line(value)
    found = DURATION.fullmatch(text)
    if not found or not any(found.groups()):
        return _in_words(text)
    weeks, hours = _sum(found.groups()[:4], WEEKS), _sum(found.groups()[4:], HOURS)
    if weeks and hours:
        raise UnreadableError("duration_mixed")
    return Length(round(hours, 2) or None, round(weeks, 1) or None)
