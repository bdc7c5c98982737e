"""The cells of one row of an official file, each read as what its column says. Readers raise RefusedError."""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from indexer import cleaning, dates
from indexer.reference.refusals import Reason, RefusedError, grouped
from indexer.reference.sheets import heading
from indexer.rules import UnreadableError

T = TypeVar("T")

SHOWN = 200  # characters of a refused value that the report repeats
TITLE_LIMIT, TEXT_LIMIT = 500, 20_000  # as in listings
NO_FIGURE = frozenset({"", "n/a", "n/d", "na", "nd", "..", "-", "–", "x", "f"})
# Five digits, with what the publications put before (NOC_) and, in OaSIS, behind (.01).
CODE = re.compile(r"(?:NOC[_ ]?)?([0-9]{5})(?:\.[0-9]{1,2})?", re.IGNORECASE)
# The mark of a lost letter, and what é, ô or ’ become when UTF-8 is read as Windows-1252.
DAMAGED = re.compile(r"\ufffd|Ã[\u0080-\u00bf\u0152-\u2122]|â€[\u0080-\u00bf\u0152-\u2122]")
NUMBER = re.compile(r"[-−]?[0-9]+(?:\.[0-9]+)?")
THOUSANDS = re.compile(r"(?<=[0-9])[,   ](?=[0-9]{3}(?![0-9]))")


def _tidy(text: str) -> str:
    """One line of plain text; most cells are that already."""
    plain = text.isprintable() and not any(mark in text for mark in "<&")
    return " ".join(text.split()) if plain else cleaning.line(text)


def _padded(number: float) -> str:
    return f"{int(number):05d}" if math.isfinite(number) and number >= 1 else str(number)


@dataclass(frozen=True)
class Cells:
    """A row: its number in the file, and the cells by heading. `names` has the columns as they are written."""

    row: int
    cells: Mapping[str, Any]
    names: Mapping[str, str]
    known: frozenset[str] = frozenset()

    def refused(self, column: str, kind: str, **facts: Any) -> RefusedError:
        return self._refused(column, Reason(kind, facts))

    def _refused(self, column: str, reason: Any) -> RefusedError:
        shown = cleaning.written(self.cells.get(heading(column)))[: SHOWN + 1]
        short = shown if len(shown) <= SHOWN else f"{shown[:SHOWN]}…"
        return RefusedError(self.names.get(heading(column), column), cleaning.line(short), reason)

    def text(self, column: str, limit: int = TITLE_LIMIT) -> str:
        """Words on one line; empty where there are none."""
        value = self.cells.get(heading(column))
        if isinstance(value, (bool, dict, list)) or not isinstance(value, (str, int, float, type(None))):
            raise self.refused(column, "not_text")
        text = cleaning.written(value)
        if "\0" in text:
            raise self.refused(column, "control")
        if DAMAGED.search(text):
            raise self.refused(column, "damaged")
        if len(text) > limit:
            raise self.refused(column, "too_long", limit=limit)
        return _tidy(text)

    def words(self, column: str, limit: int = TITLE_LIMIT) -> str:
        """Words there must be."""
        text = self.text(column, limit)
        if not text:
            raise self.refused(column, "missing")
        return text

    def code(self, column: str) -> str:
        """The code of a unit group; of an OaSIS profile, the unit group's. A spreadsheet's number lost its zeros."""
        value = self.cells.get(heading(column))
        text = _padded(value) if isinstance(value, (int, float)) else self.words(column)
        found = CODE.fullmatch(text)
        if not found:
            raise self.refused(column, "code")
        if self.known and found[1] not in self.known:
            raise self.refused(column, "group_unknown")
        return found[1]

    def number(self, column: str, limit: float) -> float | None:
        """A number, or None where the source gives none. Its thousands may be parted."""
        text = self.text(column)
        if text.casefold() in NO_FIGURE:
            return None
        bare = THOUSANDS.sub("", text.removeprefix("$").strip())
        if not NUMBER.fullmatch(bare):
            raise self.refused(column, "not_a_number")
        number = float(bare.replace("−", "-"))
        if not math.isfinite(number) or abs(number) > limit:
            raise self.refused(column, "too_large", limit=grouped(limit))
        return number

    def positive(self, column: str, limit: float) -> float | None:
        number = self.number(column, limit)
        if number is not None and number < 0:
            raise self.refused(column, "negative")
        return number

    def whole(self, column: str, limit: float) -> int | None:
        number = self.number(column, limit)
        if number is not None and not number.is_integer():
            raise self.refused(column, "not_whole")
        return None if number is None else int(number)

    def choice(self, column: str, choices: Mapping[str, T]) -> T:
        """What the words stand for, whatever their case."""
        by_heading = {heading(name): meant for name, meant in choices.items()}
        found = by_heading.get(heading(self.text(column)))
        if found is None:
            raise self.refused(column, "choice", choices=", ".join(choices))
        return found

    def date(self, column: str) -> Any:
        """A day, or None where none is said."""
        value = self.cells.get(heading(column))
        if value is None or value == "":
            return None
        try:
            return dates.date(value)
        except UnreadableError as error:
            raise self._refused(column, error.problem) from error
