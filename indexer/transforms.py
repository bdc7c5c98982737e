"""Small readings of foreign values that a declared mapping may name. Each raises UnreadableError."""

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

from indexer.cleaning import line, written
from indexer.course_systems import COURSE_SYSTEMS
from indexer.durations import length
from indexer.markdown import as_html
from indexer.money import money
from indexer.rules import UnreadableError
from indexer.sheet_values import SHEET_VALUES
from indexer.start_days import compact_day, mail_day

STAMP = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:[T ][0-9:.]+(?:Z|[+-][0-9:]+)?)?")
# What indexer/dates.py takes for a day at all.
EARLIEST = "1990-01-01"

Transform = Callable[[Any, dt.date], Any]


def _stated(value: Any, name: str) -> float:
    found: float | None = getattr(length(value), name)
    if found is None:
        raise UnreadableError("not_a_duration")
    return found


def weeks(value: Any, _today: dt.date) -> float:
    """Weeks in "6 weeks", "30 Days", "3-4 Weeks"; of a range the longer end, so that nobody is promised too little."""
    return _stated(value, "weeks")


def hours(value: Any, _today: dt.date) -> float:
    """Hours in all: "40-45 hrs", "PT40H", « 24 heures sur 6 semaines »."""
    return _stated(value, "hours")


def hours_per_week(value: Any, _today: dt.date) -> float | None:
    """Hours a week in "7 hrs/wk", "5-7 Hours per Week"; of a range the longer end. Hours a day say nothing of it."""
    found = length(value)
    if found.hours_per_week is None and any(found):
        raise UnreadableError("not_a_duration")
    return found.hours_per_week


def price(value: Any, _today: dt.date) -> float:
    """What a member of the public pays."""
    return money(value).amount


def currency(value: Any, _today: dt.date) -> str | None:
    """The currency that a price names."""
    return money(value).currency


def agreed(value: Any, _today: dt.date) -> Any:
    """The one value all state that state one, else nothing: runs that differ have no common length or place."""
    stated = [one for one in value if one not in (None, "")] if isinstance(value, list) else [value]
    return stated[0] if stated and all(one == stated[0] for one in stated) else None


def day(value: Any, _today: dt.date) -> str:
    """The day of a date or time stamp."""
    found = STAMP.fullmatch(line(written(value)))
    if not found:
        raise UnreadableError("not_a_date")
    return found[1]


def upcoming(value: Any, today: dt.date) -> list[str]:
    """The days not before today, in order: a run that has begun is no start to offer.

    A day before any course is a slip, which the field's own reading reports.
    """
    stamps = value if isinstance(value, list) else [value]
    days = {day(stamp, today) for stamp in stamps if stamp}
    return sorted(one for one in days if one >= today.isoformat() or one < EARLIEST)


def upcoming_or_words(value: Any, today: dt.date) -> list[Any]:
    """The same, where starts in words ("Fall 2027") stay as they are, so that each is reported by itself."""
    stamps = value if isinstance(value, list) else [value]
    words = [stamp for stamp in stamps if not STAMP.fullmatch(line(written(stamp)))]
    return [*upcoming([stamp for stamp in stamps if stamp not in words], today), *words]


def markdown(value: Any, _today: dt.date) -> str:
    """Markdown as HTML, which is cleaned out where the value is read; for text that does not look like it by itself."""
    return as_html(written(value))


TRANSFORMS: dict[str, Transform] = {
    "agreed": agreed,
    "weeks": weeks,
    "hours": hours,
    "hours_per_week": hours_per_week,
    "price": price,
    "currency": currency,
    "markdown": markdown,
    "day": day,
    "upcoming": upcoming,
    "upcoming_or_words": upcoming_or_words,
    "compact_day": compact_day,
    "mail_day": mail_day,
    **COURSE_SYSTEMS,
    **SHEET_VALUES,
}
