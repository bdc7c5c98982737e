"""When classes meet, as the contract's daytime, evening and weekend, read from days and times.

A Saturday or Sunday is the weekend at any time. On other days a class that begins at five or later is an evening class,
any earlier one a daytime class, however late it ends: who works by day cannot come. Days without a time say neither.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Literal, NamedTuple

from indexer.cleaning import flat
from indexer.rules import UnreadableError

Part = Literal["daytime", "evening", "weekend"]
ORDER: tuple[Part, ...] = ("daytime", "evening", "weekend")
EVENING_FROM = 17  # o'clock
EARLIEST = 7  # o'clock; a smaller hour without a.m. or p.m. may be either
# In the week's order; a day's forms end where the word does.
DAYS = (
    "mondays?|mon|lundis?|lun", "tuesdays?|tues?|mardis?|mar", "wednesdays?|wed|mercredis?|mer",
    "thursdays?|thurs?|thu|jeudis?|jeu", "fridays?|fri|vendredis?|ven", "saturdays?|sat|samedis?|sam",
    "sundays?|sun|dimanches?|dim",
)  # fmt: skip
DAY = "|".join(f"(?P<d{at}>{words})" for at, words in enumerate(DAYS))
WORDS: dict[Part, str] = {
    "daytime": r"daytime|mornings?|afternoons?|matins?|matinees?|apres-midis?|(?:de )?jour(?:nee)?",
    "evening": r"evenings?|nights?|soirs?|soirees?",
    "weekend": r"weekends?|week-ends?|fins? de semaine",
}
WORD = "|".join(f"(?P<{part}>{words})" for part, words in WORDS.items())
CLOCK = r"(?P<hour>[0-9]{1,2})(?:(?P<sign>[:h]| h ?)(?P<minute>[0-5][0-9])?)? ?(?P<half>[ap]\.?m\b\.?)?"
UNTIL = (
    r"(?: ?(?:-|–|—|to|until|a|jusqu'a) ?[0-9]{1,2}(?:(?:[:h]| h ?)(?:[0-5][0-9])?)? ?(?P<end_half>[ap]\.?m\b\.?)?)?"
)
TOKEN = re.compile(rf"(?<!\w)(?:(?:{DAY})\b\.?|(?:{WORD})\b|{CLOCK}{UNTIL}(?!\w))|(?P<through>-|–|—|\bto\b|\bau\b)")
SMALL = re.compile(
    r"\b(?:and|et|or|ou|from|de|des|du|les?|la|on|at|every|each|chaque|in|the|en|classes?|cours|h)\b|[\W_]"
)
LONGEST = 200  # characters; a longer cell is a story


class _Meeting(NamedTuple):
    """A token: a weekday (0 is Monday), a part named, an hour it begins at, or "through" between two days."""

    day: int | None = None
    part: Part | None = None
    hour: int | None = None


def _hour(found: re.Match[str]) -> int:
    """The hour a class begins at, 0 to 23. Of "6:30-9:30 pm" both are p.m."""
    hour, half = int(found["hour"]), (found["half"] or found["end_half"] or "")[:1]
    if hour > 24 or (half and hour > 12):
        raise UnreadableError("time_unclear")
    if half and not (found["half"] is None and hour in range(9, 12)):  # "9-12 pm" begins in the morning
        return hour % 12 + (12 if half == "p" else 0)
    if hour < EARLIEST and not half and "h" not in (found["sign"] or "") and not found[0].startswith("0"):
        raise UnreadableError("time_unclear")
    return hour % 24


def _meeting(found: re.Match[str]) -> _Meeting:
    day = next((at for at in range(7) if found[f"d{at}"]), None)
    part = next((part for part in ORDER if found[part]), None)
    return _Meeting(day, part, _hour(found) if found["hour"] else None)


def _spread(first: int, last: int) -> set[int]:
    """The days from one to another, over the end of the week where that is meant."""
    return {(first + step) % 7 for step in range((last - first) % 7 + 1)}


def _groups(tokens: list[_Meeting]) -> Iterator[tuple[set[int], list[_Meeting]]]:
    """Days with the times and parts that follow them; times before any day are of no day."""
    days, times, through = set[int](), list[_Meeting](), False
    last = 0
    for token in tokens:
        if token.day is None and token.part is None and token.hour is None:
            through = bool(days) and not times
        elif token.day is None:
            times.append(token)
        else:
            if times and days:
                yield days, times
                days, times = set(), []
            days |= _spread(last, token.day) if through and days else {token.day}
            last, through = token.day, False
    yield days, times


def _parts(days: set[int], times: list[_Meeting]) -> set[Part]:
    found: set[Part] = {"weekend"} if days & {5, 6} else set()
    weekday = not days or bool(days - {5, 6})
    for time in times:
        if time.part == "weekend":
            found.add("weekend")
        elif weekday:
            found.add(time.part or ("evening" if (time.hour or 0) >= EVENING_FROM else "daytime"))
    return found


def tells_time(text: str) -> bool:
    """Whether a day or a time is named."""
    return TOKEN.search(flat(text[:LONGEST])) is not None


@lru_cache(1024)
def class_times(text: str) -> tuple[Part, ...]:
    """The parts of the week in which classes meet, in the contract's order. Raises UnreadableError."""
    bare = flat(text[: LONGEST + 1])
    matches = list(TOKEN.finditer(bare))
    tokens = [_meeting(found) for found in matches]
    if len(bare) > LONGEST or not any(tokens) or SMALL.sub("", TOKEN.sub(" ", bare)):
        raise UnreadableError("time_unclear")
    found = set[Part]().union(*(_parts(days, times) for days, times in _groups(tokens)))
    if not found:
        raise UnreadableError("time_unclear")
    return tuple(part for part in ORDER if part in found)
