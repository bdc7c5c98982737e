"""Values as course systems write them: moments in seconds, effort as a clock, languages by their tags."""

import datetime as dt
import re
from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

from indexer.cleaning import line, written
from indexer.language_names import instruction_language
from indexer.numbers import number
from indexer.rules import UnreadableError

# Systems write midnight where the school is. In UTC that is still the same day for Ontario, but not for a late class.
ZONE = ZoneInfo("America/Toronto")
LATEST = 253_402_300_799  # the last second of 9999; milliseconds are beyond it
CLOCK = re.compile(r"([0-9]{1,3}):([0-5][0-9])(?::[0-5][0-9])?")
RANGE = re.compile(r"[0-9.]+ ?(?:-|–|to|à) ?([0-9.]+)")
WORDS = re.compile(r" ?(?:hours?|hrs?|h|heures?)?(?: ?(?:/|per|a|par) ?(?:weeks?|wks?|semaines?))?\.?$", re.IGNORECASE)


def _moment(value: Any) -> int:
    try:
        seconds = int(number(value))
    except (UnreadableError, OverflowError, ValueError) as error:
        raise UnreadableError("not_a_date") from error
    return seconds // 1000 if seconds > LATEST else seconds


def _day(value: Any) -> str | None:
    seconds = _moment(value)
    if not 0 <= seconds <= LATEST:
        raise UnreadableError("date_impossible")
    return dt.datetime.fromtimestamp(seconds, ZONE).date().isoformat() if seconds else None


def epoch_day(value: Any, _today: dt.date) -> Any:
    """The day, in Ontario, of seconds or milliseconds since 1970; zero is how a system says none. Of a list, each."""
    if isinstance(value, list):
        return [day for one in value if one is not None and (day := _day(one))]
    return _day(value)


def weekly_effort(value: Any, _today: dt.date) -> float:
    """Hours a week of "06:30", "5-7 hours per week", "6"; of a range the longer end."""
    text = line(written(value))
    clock = CLOCK.fullmatch(text)
    if clock:
        return round(int(clock[1]) + int(clock[2]) / 60, 2)
    bare = WORDS.sub("", text)
    span = RANGE.fullmatch(bare)
    try:
        return number(span[1] if span else bare)
    except UnreadableError as error:
        raise UnreadableError("not_a_duration") from error


def spoken(value: Any, _today: dt.date) -> Any:
    """Languages of instruction of tags and names: "en_us", "French", a list of them."""
    listed = value if isinstance(value, list) else [value]
    return [instruction_language(written(one)) for one in listed if written(one)]


COURSE_SYSTEMS: dict[str, Callable[[Any, dt.date], Any]] = {
    "epoch_day": epoch_day,
    "weekly_effort": weekly_effort,
    "spoken": spoken,
}
