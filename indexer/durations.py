"""Lengths as institutions write them: weeks, hours in all and hours a week, as far as each is said.

Of a range the longer end is taken, so that nobody is promised too little. A lower bound ("6+ weeks") and a length of
unknown size ("one semester") are refused. Tables, mappings, schema.org and CTDL are all read by it.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from indexer.cleaning import flat, key, line, short
from indexer.iso_durations import Length, iso_length
from indexer.rules import UnreadableError

# Weeks in one unit: a year has 52 weeks and 12 months; weekends follow one another week by week.
WEEKS = {"day": 1 / 7, "week": 1.0, "weekend": 1.0, "month": 52 / 12, "year": 52.0}
HOURS = {"hour": 1.0, "minute": 1 / 60}
UNITS = {
    "weekend": r"week-?ends?|fins? de semaines?|saturdays?|sundays?|samedis?|dimanches?",
    "week": r"weeks?|wks?|semaines?|sem",
    "hour": r"hours?|hrs?|heures?|h",
    "minute": r"minutes?|mins?",
    "day": r"days?|jours?",
    # How often classes meet says nothing of their length.
    "meeting": r"(?:week)?(?:evening|night|morning|afternoon|soir|soiree|matin)s?",
    "month": r"months?|mois",
    "year": r"years?|yrs?|ans?|annees?",
}
UNIT = "|".join(rf"(?P<{name}>{words})" for name, words in UNITS.items())
PER_UNIT = "|".join(rf"(?P<per_{name}>{words})" for name, words in UNITS.items())
NUMBER = r"[0-9]{1,5}(?:[.,][0-9]{1,2})?"
QUANTITY = re.compile(
    rf"(?<![\w.,])(?:{NUMBER} ?(?:-|–|—|to|a|or|ou) ?)?(?P<number>{NUMBER})[ -]?(?:{UNIT})(?!\w)\.?"
    rf"(?: ?(?:/|\b(?:per|an?|each|every|par|chaque|la)\b) ?(?:{PER_UNIT})(?!\w)\.?)?"
)
RANGE = re.compile(rf"(?:{NUMBER} ?(?:-|–|—|to|a|or|ou) ?)(?P<number>{NUMBER})")
CLOCK = re.compile(r"(?<![\w.,])([0-9]{1,3}) ?h ?([0-5][0-9])(?!\w)")
WORDS = {
    name: str(at)
    for at, names in enumerate(
        ("one un une", "two deux", "three trois", "four quatre", "five cinq", "six", "seven sept", "eight huit",
         "nine neuf", "ten dix", "eleven onze", "twelve douze"), start=1)
    for name in names.split()
}  # fmt: skip
WORD = re.compile(rf"\b(?:{'|'.join(WORDS)})\b")
SPREADING = frozenset({"over", "across", "within", "during", "for", "in", "sur", "pendant", "durant", "en", "dans"})
SMALL = SPREADING | frozenset(
    word
    for words in (
        "of and at on up to about approximately approx part time full each max maximum total",
        "et de d du des le la les a jusqu environ raison temps plein partiel chaque totale totales totaux",
        "the class classes course instruction training study work effort online learning spread duration length",
        "cours formation travail etude etudes enseignement reparties repartis reparti duree",
    )
    for word in words.split()
)
ALIKE = 0.15  # share by which "3 months (12 weeks)" may differ and still say the same
LONGEST = 120  # characters; a longer cell is a story


class _Quantity(NamedTuple):
    amount: float
    unit: str
    per: str | None


def _amount(text: str) -> float:
    return float(text.replace(",", "."))


def _quantity(found: re.Match[str]) -> _Quantity:
    names = [name for name, said in found.groupdict().items() if said and name != "number"]
    unit = next(name for name in names if not name.startswith("per_"))
    per = next((name.removeprefix("per_") for name in names if name.startswith("per_")), None)
    return _Quantity(_amount(found["number"]), unit, per)


def _one(amounts: Iterator[float]) -> float | None:
    """The one amount said, however often. Raises UnreadableError for several."""
    distinct = set(amounts)
    if len(distinct) > 1:
        raise UnreadableError("not_a_duration")
    return distinct.pop() if distinct else None


def _hours(said: list[_Quantity]) -> float | None:
    """Hours in all; hours and minutes of one length are added."""
    parts = [_one(one.amount * HOURS[unit] for one in said if one.unit == unit and not one.per) for unit in HOURS]
    stated = [part for part in parts if part is not None]
    return round(sum(stated), 2) if stated else None


def _weeks(said: list[_Quantity], *, spread: bool) -> float | None:
    """The length of what is spread over it ("2 days over 6 weeks"); else all lengths must say the same."""
    lengths = [round(one.amount * WEEKS[one.unit], 1) for one in said if one.unit in WEEKS and not one.per]
    if not lengths:
        return None
    longest, shortest = max(lengths), min(lengths)
    if not spread and longest - shortest > ALIKE * longest:
        raise UnreadableError("not_a_duration")
    in_weeks = [round(one.amount, 1) for one in said if one.unit == "week" and not one.per]
    return longest if spread or not in_weeks else max(in_weeks)


def _worded(text: str) -> Length:
    bare = WORD.sub(lambda word: WORDS[word[0]], flat(text))
    clocked = CLOCK.sub(lambda found: f"{int(found[1]) + int(found[2]) / 60:.2f} h", bare)
    rest = set(key(QUANTITY.sub(" ", clocked)).split())
    said = [_quantity(found) for found in QUANTITY.finditer(clocked)]
    if not said or rest - SMALL:
        raise UnreadableError("not_a_duration")
    weekly = _one(one.amount * HOURS[one.unit] for one in said if one.unit in HOURS and one.per == "week")
    return Length(_weeks(said, spread=bool(rest & SPREADING)), _hours(said), weekly)


def length(value: Any) -> Length:
    """What a text says of a length. Raises UnreadableError."""
    return _text_length(short(value, LONGEST))


@lru_cache(1024)
def _text_length(text: str) -> Length:
    return iso_length(text) or _worded(text)


def longer_end(text: str) -> float | None:
    """The longer end of a range without a unit ("30-40"), if it is one."""
    found = RANGE.fullmatch(flat(line(text)))
    return _amount(found["number"]) if found else None
