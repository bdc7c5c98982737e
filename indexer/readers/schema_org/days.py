"""Days of runs: dates and time stamps, whose months and days may lack a zero."""

import datetime as dt
import re
from functools import lru_cache

from indexer.cleaning import line

KEPT = 2_000  # days; a catalogue's runs share a few
# The year stands first, so nothing about it can be read in two ways.
STAMP = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?:[T ][0-9:.,]+ ?(?:Z|[+-][0-9:]+)?)?", re.IGNORECASE)


@lru_cache(KEPT)
def written_day(value: str) -> str:
    """`2020-11-04` for `2020-11-4` and for `2020-11-04T09:00:00Z`; anything else as it is, to be judged as it is."""
    text = line(value)
    found = STAMP.fullmatch(text)
    return f"{found[1]}-{found[2]:0>2}-{found[3]:0>2}" if found else text


def day_of(value: str) -> dt.date | None:
    """The day, where there is one."""
    try:
        return dt.date.fromisoformat(written_day(value))
    except ValueError:
        return None


def weeks_between(first: str, last: str) -> float | None:
    """Weeks from the first day to the last, both counted; nothing where they are not two days in order."""
    begins, ends = day_of(first), day_of(last)
    if begins is None or ends is None or ends < begins:
        return None
    return round(((ends - begins).days + 1) / 7, 1)
