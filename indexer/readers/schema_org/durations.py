"""Lengths as ISO 8601 writes them: hours of teaching, or weeks by the calendar."""

import re

from indexer.cleaning import line
from indexer.readers.iso_durations import AMOUNT, Length, parts_of
from indexer.rules import UnreadableError

HOURS_IN_WORDS = re.compile(rf"{AMOUNT} ?(?:hours?|hrs?|heures?|h)\.?", re.IGNORECASE)
WEEKS_IN_WORDS = re.compile(rf"{AMOUNT} ?(?:weeks?|wks?|semaines?)\.?", re.IGNORECASE)


def _number(text: str) -> float:
    return float(text.replace(",", "."))


def _in_words(text: str) -> Length:
    if found := HOURS_IN_WORDS.fullmatch(text):
        return Length(hours=_number(found[1]))
    if found := WEEKS_IN_WORDS.fullmatch(text):
        return Length(weeks=_number(found[1]))
    raise UnreadableError("not_a_duration")


def length(value: str) -> Length:
    """Weeks for `P4W`, `P2M` or `P3D`, hours for `PT40H`; plain words such as “40 hours” and « 6 semaines » too.

    Days with hours (`P1DT6H`) are refused: whether a day means 24 hours or a day of class, the text does not say.
    Raises UnreadableError.
    """
    text = line(value)
    found = parts_of(text)
    if not found or not found.stated:
        return _in_words(text)
    if found.weeks and found.hours:
        raise UnreadableError("duration_mixed")
    return Length(round(found.weeks, 1) or None, round(found.hours, 2) or None)
