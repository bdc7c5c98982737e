"""Days as institutions write them in both languages, without guessing which number is the month."""

import datetime as dt
import re
from functools import cache, lru_cache
from typing import Any, Literal

from babel.dates import get_day_names, get_month_names

from indexer.cleaning import key, short
from indexer.rules import UnreadableError

Order = Literal["dmy", "mdy"]
YEARS = range(1990, 2101)
# The time of a stamp is left out: the day is the one written.
NUMERIC = re.compile(r"([0-9]{1,4})([-/. ])([0-9]{1,2})\2([0-9]{1,4})(?:[T ][0-9].*)?")
MONTH_ONLY = re.compile(r"[0-9]{4}[-/.][0-9]{1,2}")
DAY = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th|er|e)?")
YEAR = re.compile(r"[0-9]{4}")
SERIAL = re.compile(r"[0-9]{5}(?:\.[0-9]+)?")
SERIAL_ZERO = dt.date(1899, 12, 30)  # a spreadsheet's day 0, its leap day of 1900 that never was being behind
SMALL = frozenset({"le", "the", "of", "on", "de", "du"})
LONGEST = 60  # characters; a longer cell is no day
# What babel's short forms leave out.
SHORT_MONTHS = {"sept": 9, "fev": 2, "juil": 7, "juill": 7, "jan": 1, "janv": 1, "fevr": 2}


@cache
def _months() -> dict[str, int]:
    """Folded names of months in both languages, whole and short -> 1 to 12."""
    names = (get_month_names(width, locale=code) for width in ("wide", "abbreviated") for code in ("en", "fr"))
    return {**{key(name): at for listed in names for at, name in listed.items()}, **SHORT_MONTHS}


@cache
def _weekdays() -> dict[str, int]:
    """Folded names of weekdays -> 0 (Monday) to 6. « mar. » is left out: it is March as well."""
    names = (get_day_names(width, locale=code) for width in ("wide", "abbreviated") for code in ("en", "fr"))
    return {key(name): at for listed in names for at, name in listed.items() if key(name) not in _months()}


def _day(year: int, month: int, day: int) -> dt.date:
    try:
        return within_years(dt.date(year, month, day))
    except ValueError as error:
        raise UnreadableError("date_impossible") from error


def within_years(day: dt.date) -> dt.date:
    """The day itself. Raises UnreadableError before 1990 and after 2100: such a year is a slip or a stand-in."""
    if day.year not in YEARS:
        raise UnreadableError("date_impossible")
    return day


def _by_order(first: int, second: int, year: str, order: Order | None) -> dt.date:
    """Two numbers before a year. Without an order only what has a single meaning is read: 25/12, 05/05."""
    if order is None and (len(year) == 2 or (first != second and max(first, second) <= 12)):
        raise UnreadableError("date_ambiguous")
    day_first = order == "dmy" if order else first > 12
    day, month = (first, second) if day_first else (second, first)
    return _day(int(year) + (2000 if len(year) == 2 else 0), month, day)


def _numeric(text: str, order: Order | None) -> dt.date | None:
    found = NUMERIC.fullmatch(text)
    if not found:
        return None
    first, _, second, third = found.groups()
    if len(first) == 4 and len(third) <= 2:
        return _day(int(first), int(second), int(third))
    if len(first) <= 2 and len(third) in (2, 4):
        return _by_order(int(first), int(second), third, order)
    return None


def _on_its_weekday(day: dt.date, weekdays: list[int]) -> dt.date:
    if any(one != day.weekday() for one in weekdays):
        raise UnreadableError("date_weekday")
    return day


def _worded(text: str) -> dt.date | None:
    """A day with its month in letters: "January 18, 2027", "18 Jan 2027", « le lundi 1er mars 2027 »."""
    words = [word for word in key(text).split() if word not in SMALL]
    if words[:1] == ["mar"] and any(word in _months() for word in words[1:]):
        words[0] = "mardi"
    weekdays = [_weekdays()[word] for word in words if word in _weekdays()]
    words = [word for word in words if word not in _weekdays()]
    months = [_months()[word] for word in words if word in _months()]
    years = [int(word) for word in words if YEAR.fullmatch(word)]
    days = [int(found[1]) for word in words if (found := DAY.fullmatch(word))]
    if len(months) != 1 or len(years) != 1 or len(words) > 3:
        return None
    if len(words) == 2:
        raise UnreadableError("date_of_month")
    return _on_its_weekday(_day(years[0], months[0], days[0]), weekdays) if days else None


def _serial(text: str) -> dt.date | None:
    """The number a spreadsheet keeps for a day, which is what a day becomes when its format is lost."""
    return within_years(SERIAL_ZERO + dt.timedelta(days=int(float(text)))) if SERIAL.fullmatch(text) else None


@lru_cache(4096)
def _text_date(text: str, order: Order | None) -> dt.date:
    if MONTH_ONLY.fullmatch(text):
        raise UnreadableError("date_of_month")
    found = _numeric(text, order) or _serial(text) or _worded(text)
    if found is None:
        raise UnreadableError("not_a_date")
    return found


def date(value: Any, order: Order | None = None) -> dt.date:
    """The day. `order` is how the source says it writes 04/05/2027. Raises UnreadableError."""
    if isinstance(value, dt.datetime):
        return within_years(value.date())
    if isinstance(value, dt.date):
        return within_years(value)
    if isinstance(value, bool):
        raise UnreadableError("not_a_date")
    return _text_date(short(value, LONGEST), order)
