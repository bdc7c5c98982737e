"""Start dates: months by name, with a year or a day where one is said, and terms of the year."""

import calendar
import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from search_api.limits.candidate import Candidate
from search_api.limits.text import Folded, alternatives, plain, whole
from search_api.limits.words import words

Operator = Literal["within", "from", "before", "after", "maybe"]
# Words that say how a date bounds stand this near to it, in characters.
REACH = 24
AFTER, BEFORE = "starts_after", "starts_before"
ONE_DAY = dt.timedelta(days=1)
# "from March to May" may be when a course is held.
RANGED = re.compile(r" (?:to|until|till|a|au|jusqu)(?!\w)")


@dataclass(frozen=True)
class Stretch:
    """The first and the last day of what was said."""

    first: dt.date
    last: dt.date


def month_of(year: int, month: int) -> Stretch:
    return Stretch(dt.date(year, month, 1), dt.date(year, month, calendar.monthrange(year, month)[1]))


def next_stretch(first_month: int, last_month: int, today: dt.date) -> Stretch:
    """The stretch of whole months that is not over yet."""
    year = today.year + (last_month < today.month)
    return Stretch(month_of(year, first_month).first, month_of(year, last_month).last)


def bounds(stretch: Stretch, operator: Operator) -> tuple[tuple[str, str], ...]:
    """The parameters for a start within, from, before or after a stretch. Both ends count as inside."""
    first, last = stretch.first.isoformat(), stretch.last.isoformat()
    if operator == "from":
        return ((AFTER, first),)
    if operator == "before":
        return ((BEFORE, (stretch.first - ONE_DAY).isoformat()),)
    if operator == "after":
        return ((AFTER, (stretch.last + ONE_DAY).isoformat()),)
    return ((AFTER, first), (BEFORE, last))


def _on_day(months: Stretch, day: int, earliest: dt.date | None) -> Stretch | None:
    """A day of the month; a year later when it lies before the earliest. None when the month has no such day."""
    try:
        date = months.first.replace(day=day)
        date = date.replace(year=date.year + 1) if earliest and date < earliest else date
    except ValueError:
        return None
    return Stretch(date, date)


def _numbered(rows: list[list[str]]) -> dict[str, int]:
    return {name: place for place, row in enumerate(rows, start=1) for name in row}


class Starts:
    """Finds start dates, when the contract can be asked for them (`parameters` names its filters)."""

    def __init__(self, parameters: frozenset[str]) -> None:
        raw: dict[str, Any] = words("starts")
        self._usable = {AFTER, BEFORE} <= parameters
        self._months = _numbered(raw["months"])
        self._seasons: dict[str, tuple[int, int]] = {
            word: (row["months"][0], row["months"][1]) for row in raw["seasons"] for word in row["words"]
        }
        self._operators: dict[str, Operator] = {
            plain(phrase): operator for operator, phrases in raw["operators"].items() for phrase in phrases
        }
        self._before_it = re.compile(rf"(?<![\w-])(?P<said>{alternatives(self._operators)})[ ']{{1,2}}$")
        self._intake = re.compile(rf" (?:{alternatives(raw['intake'])})(?!\w)")
        self._ending = whole(alternatives(raw["ending"]))
        self._date = re.compile(
            r"(?<![\w-])(?:(?P<day>[0-3]?\d)(?:er|st|nd|rd|th)? (?:of )?)?"
            rf"(?P<name>{alternatives((*self._months, *self._seasons))})\.?(?!\w|-\w)"
            r"(?: (?P<day2>[0-3]?\d)(?:st|nd|rd|th)?(?![\w$]))?(?:,? (?P<year>20\d\d)(?!\w))?"
        )

    def find(self, text: Folded, today: dt.date) -> Iterator[Candidate]:
        for hit in self._date.finditer(text.text) if self._usable else ():
            before = text.text[max(0, hit.start() - REACH) : hit.start()]
            ahead, behind = self._before_it.search(before), self._intake.match(text.text, hit.end())
            operator = self._operator(hit, ahead, behind)
            stretch = self._stretch(hit, operator, today) if operator else None
            if operator and stretch and stretch.last >= today:
                start = hit.start() - len(before) + ahead.start() if ahead else hit.start()
                end = behind.end() if behind else hit.end()
                unsure = self._is_unsure(hit, operator, before, text.text[hit.end() :])
                yield Candidate(bounds(stretch, operator), start, end, "maybe" if unsure else "always")

    def _operator(
        self, hit: re.Match[str], ahead: re.Match[str] | None, behind: re.Match[str] | None
    ) -> Operator | None:
        """How the date bounds; a date with nothing around it counts only with its year."""
        if ahead:
            return self._operators[plain(ahead["said"])]
        if behind:
            return "within"
        return "maybe" if hit["year"] else None

    def _is_unsure(self, hit: re.Match[str], operator: Operator, before: str, after: str) -> bool:
        # "starting March 15" may be that day only, or any day from it on.
        dated = bool(hit["day"] or hit["day2"]) and operator == "within"
        other = bool(RANGED.match(after) or self._ending.search(before))
        return operator == "maybe" or hit["name"] in self._seasons or dated or other

    def _stretch(self, hit: re.Match[str], operator: Operator, today: dt.date) -> Stretch | None:
        name, day = hit["name"], hit["day"] or hit["day2"]
        first, last = self._seasons.get(name) or (self._months[name], self._months[name])
        whole_months = next_stretch(first, last, today)
        if hit["year"]:
            year = int(hit["year"])
            whole_months = Stretch(month_of(year, first).first, month_of(year, last).last)
        elif operator == "before" and whole_months.first <= today and not day:
            # This month has begun: what is before it is over, so the next one is meant.
            whole_months = Stretch(month_of(today.year + 1, first).first, month_of(today.year + 1, last).last)
        return _on_day(whole_months, int(day), None if hit["year"] else today) if day else whole_months
