"""Prices and lengths: a number with its unit, and the words around it that make it a bound."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from search_api.limits.candidate import Candidate, Standing
from search_api.limits.text import Folded, alternatives, plain, whole
from search_api.limits.words import words

Role = Literal["most", "least", "roughly", "budget"]
# The largest amount a parameter takes.
LARGEST = 1_000_000
# Words that bound an amount stand this near to it, in characters.
REACH = 40
NUMBER = r"\d{1,3}(?:[ ,.]\d{3}){1,2}(?:[.,]\d{2})?(?![.,]?\d)|\d{1,7}(?:[.,]\d{1,2})?(?!\d)"
DOLLARS = r"\$(?: ?ca[dn]?(?!\w))?|dollars?(?: canadiens?)?(?!\w)|bucks(?!\w)|cad(?!\w)|piastres?(?!\w)"
MONEY = re.compile(
    rf"(?<![\w$.,])(?:(?:cad|ca|c|cdn)? ?\$ ?(?P<first>{NUMBER})(?P<k> ?k(?!\w))?(?!\w)"
    rf"|(?P<second>{NUMBER})(?P<k2> ?k)? {{0,2}}(?:{DOLLARS}))"
)
UPPER = re.compile(rf"(?:between|entre) (?:\$ ?)?(?P<both>{NUMBER}) ?(?:\$|[a-z]{{1,8}})? (?:and|et) (?:\$ ?)?$")
# With blanks around it a dash parts two things, unless the first is a price: "Excel 365 - $300", "$200 - $300".
FROM = re.compile(
    rf"(?<![\w$.,-])(?:(?:(?P<from>from|de) )?(?:\$ ?)?(?P<both>{NUMBER}) ?\$? ?(?:to|(?P<a>a)) (?:\$ ?)?"
    rf"|\$ ?(?P<priced>{NUMBER}) ?- ?(?:\$ ?)?|(?P<dashed>{NUMBER})-)$"
)
RANGED = ("-", " to", " a", " and", " et")
WHOLE_THOUSANDS = re.compile(r"[ ,.](?=\d{3}(?:\D|$))")


def number(written: str) -> float:
    """`1,200`, `1 200`, `49.99` and `49,99` as a number."""
    return float(WHOLE_THOUSANDS.sub("", written).replace(",", "."))


def value_of(amount: float) -> str:
    """An amount as a parameter's value: without decimals where it has none."""
    return str(int(amount)) if amount == int(amount) else str(round(amount, 2))


@dataclass(frozen=True)
class Amount:
    """An amount of a field's unit, and where it stands."""

    field: str
    value: float
    start: int
    end: int


def _roles(side: dict[Role, list[str]]) -> dict[str, Role]:
    return {plain(phrase): role for role, phrases in side.items() for phrase in phrases}


def _spoken(roles: dict[str, Role]) -> str:
    return alternatives(roles)


def _lower_end(before: str) -> re.Match[str] | None:
    """Where what stands before an amount is a lower one: "between 300 and "."""
    if not before.rstrip(" $").endswith(RANGED):
        return None
    return UPPER.search(before) or FROM.search(before)


def _lower(found: re.Match[str]) -> float:
    """The number that was met, under whichever name."""
    given = found.groupdict()
    return number(given["both"] or given["priced"] or given["dashed"])


class Amounts:
    """Finds bounds on the fields that the contract has bounds for (`parameters` names them)."""

    def __init__(self, parameters: frozenset[str]) -> None:
        raw: dict[str, Any] = words("amounts")
        self._parameters = parameters
        self._numbers: dict[str, int] = raw["numbers"]
        self._before, self._after = _roles(raw["before"]), _roles(raw["after"])
        self._before_it = re.compile(rf"(?<![\w-])(?P<said>{_spoken(self._before)})[ :]{{0,3}}$")
        self._after_it = re.compile(rf"[ (]{{0,2}}(?P<said>{_spoken(self._after)})(?!\w|[ :]{{0,2}}\$? ?\d)")
        self._something_else = re.compile(rf"[ -]{{0,2}}(?:{_escaped(raw['not_before'])})(?!\w)")
        self._earning = whole(alternatives(raw["earning"]))
        self._units = {
            word: (name, unit["of"]) for name, rows in raw["units"].items() for unit in rows for word in unit["words"]
        }
        counted = "|".join(sorted(self._numbers, key=len, reverse=True))
        unit = "|".join(sorted(self._units, key=len, reverse=True))
        self._length = re.compile(
            rf"(?<![\w$.,])(?P<number>{NUMBER}|(?:{counted})(?!\w))[ -]{{0,2}}(?P<unit>{unit})(?!\w)"
        )

    def find(self, text: Folded) -> Iterator[Candidate]:
        for amount in (*self._money(text.text), *self._lengths(text.text)):
            if amount.value <= LARGEST and not self._else(text.text, amount):
                found = self._candidate(text.text, amount)
                # "$25 an hour" has no length.
                if found.standing != "maybe" or not text.text.startswith(("a ", "an "), found.start):
                    yield found

    def _money(self, text: str) -> Iterator[Amount]:
        for hit in MONEY.finditer(text):
            thousand = 1000 if hit["k"] or hit["k2"] else 1
            yield Amount("cost", number(hit["first"] or hit["second"]) * thousand, hit.start(), hit.end())

    def _lengths(self, text: str) -> Iterator[Amount]:
        for hit in self._length.finditer(text):
            field, size = self._units[hit["unit"]]
            count = self._numbers.get(hit["number"]) or number(hit["number"])
            yield Amount(field, float(int(count * size)) if size != 1 else count, hit.start(), hit.end())

    def _else(self, text: str, amount: Amount) -> bool:
        if self._something_else.match(text, amount.end):
            return True
        return amount.field == "cost" and bool(self._earning.search(text[max(0, amount.start - REACH) : amount.start]))

    def _candidate(self, text: str, amount: Amount) -> Candidate:
        before = text[max(0, amount.start - REACH) : amount.start]
        least = _lower_end(before)
        if least and (lower := _lower(least)) < amount.value:
            settings = self._settings((amount.field, "min", lower), (amount.field, "max", amount.value))
            # « Windows 11 à 300 $ » is no range.
            named = amount.field == "cost" and least.groupdict().get("a") and not least["from"]
            start = amount.start - len(before) + least.start()
            return Candidate(settings, start, amount.end, "maybe" if named else "always")
        role, start, end = self._role(text, before, amount)
        bound = "min" if role == "least" else "max"
        return Candidate(
            self._settings((amount.field, bound, amount.value)), start, end, self._standing(role, amount.field)
        )

    def _role(self, text: str, before: str, amount: Amount) -> tuple[Role, int, int]:
        """What kind of bound it is, and the whole stretch that says so."""
        ahead, behind = self._before_it.search(before), self._after_it.match(text, amount.end)
        start = amount.start - len(before) + ahead.start("said") if ahead else amount.start
        end = behind.end() if behind else amount.end
        roles = [self._before[plain(ahead["said"])]] if ahead else []
        roles += [self._after[plain(behind["said"])]] if behind else []
        order: tuple[Role, ...] = ("most", "least", "budget", "roughly")
        return next((role for role in order if role in roles), "roughly"), start, end

    def _standing(self, role: Role, field: str) -> Standing:
        # "over $500" is as often what a job pays; nobody looks for a course that costs at least so much.
        if role == "least":
            return "maybe" if field == "cost" else "always"
        if role == "budget":
            return "always" if field == "cost" else "maybe"
        return "always" if role == "most" else "maybe"

    def _settings(self, *bounds: tuple[str, str, float]) -> tuple[tuple[str, str], ...]:
        named = ((f"{field}_{bound}", value_of(amount)) for field, bound, amount in bounds)
        return tuple((parameter, value) for parameter, value in named if parameter in self._parameters)


def _escaped(phrases: list[str]) -> str:
    return "|".join(re.escape(phrase) for phrase in sorted(phrases, key=len, reverse=True))
