"""A row as a listing: good, good with warnings, or quarantined."""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from indexer.cells import Cell, Row, Slot, parse
from indexer.cleaning import line, written
from indexer.contacts import without_contacts
from indexer.fields import header_label, path_of
from indexer.further import TELLING, further
from indexer.privacy import masked
from indexer.row_language import row_language
from indexer.rules import Issue, Problem, Severity, UnreadableError, problem
from indexer.sources import Source
from indexer.values import Context
from mappings.contract import Contract, Language
from mappings.listing import Listing

NOT_IN_ID = re.compile(r"[^A-Za-z0-9_-]")
ID_LIMIT = 100
SHOWN = 200  # characters of a value a report repeats
MOST_SHOWN = 4000  # with its markup: a value of megabytes is not cleaned to show its beginning
FAR = 0.25  # share by which weeks times hours per week may miss the total hours, as holidays and exams make it

TELLING_SLOTS = tuple(map(Slot, TELLING))

Values = dict[Slot, Any]


@dataclass
class Judged:
    """A row with its listing, or none when quarantined, and what was found wrong.

    `sent` is the row as it came (indexer/sent.py), where it is to be sent back.
    """

    row: int
    listing: Listing | None = None
    id_column: str = ""
    sent: bytes = b""
    issues: list[Issue] = field(default_factory=list)

    @property
    def is_quarantined(self) -> bool:
        return any(issue.problem.severity is Severity.QUARANTINE for issue in self.issues)


def local_id(value: Any) -> str:
    """The part of the index id that is the feed's. Raises UnreadableError."""
    text = "" if isinstance(value, (dict, list)) else line(written(value))
    if not any(mark.isalnum() for mark in text) or len(text) > ID_LIMIT:
        raise UnreadableError("id_invalid", limit=ID_LIMIT)
    return NOT_IN_ID.sub("-", text)


class _Reading:
    """One row on its way; collects values by slot and issues."""

    def __init__(self, row: Row, source: Source, contract: Contract) -> None:
        self.row, self.source, self.contract = row, source, contract
        self.issues = [Issue(row.number, column, _shown(value), wrong) for column, value, wrong in row.problems]
        said = row.cells.get(Slot("language"), Cell("", None)).value
        language = parse(said, contract.named("language"), Context(contract, "en")).value or ()
        self.context = Context(contract, row_language(language, row, source), source.date_order)

    def note(self, slot: Slot, wrong: Problem, value: Any = None) -> None:
        """Records a problem under the column as the file names it; the template's name where the file has none."""
        cell = self.row.cells.get(slot)
        name = cell.column if cell else header_label(slot, self.contract, "en")
        self.issues.append(Issue(self.row.number, name or path_of(slot), _shown(value), wrong))

    def values(self) -> Values:
        """What the row says. Prose in a column without a language is in the row's, unless a column of it says other."""
        found: Values = {}
        for slot, cell in self.row.cells.items():
            if slot.field == "id":
                continue
            item = self.contract.named(slot.field)
            parsed = parse(cell.value, item, self.context)
            for value, wrong in parsed.problems:
                self.note(slot, wrong, value)
            if parsed.value is None or parsed.value == ():
                continue
            if slot.language is None and item.is_prose:
                found.setdefault(Slot(slot.field, self.context.language), parsed.value)
            else:
                found[slot] = parsed.value
        self._add_further(found)
        return found

    def _add_further(self, found: Values) -> None:
        """What cells say of fields that no column of their own says: the currency of a price, hours in a length."""
        for slot in TELLING_SLOTS:
            cell = self.row.cells.get(slot)
            for other, said in further(slot.field, cell.value).items() if cell else ():
                parsed = parse(said, self.contract.named(other), self.context)
                for value, wrong in parsed.problems:
                    self.note(slot, wrong, value)
                if parsed.value is not None and found.setdefault(Slot(other), parsed.value) != said:
                    self._check_currency(found, other, said)

    def _check_currency(self, found: Values, other: str, said: Any) -> None:
        """A price in one currency whose column says another is in neither for sure."""
        if other == "currency":
            wrong = problem("currency_disagrees", named=said, stated=found[Slot(other)])
            self.note(Slot("cost"), wrong, self.row.cells[Slot("cost")].value)
            found.pop(Slot("cost"), None)

    def listing_id(self, value: Any) -> str | None:
        try:
            return f"{self.source.institution.id}.{local_id(value)}"
        except UnreadableError as error:
            self.note(Slot("id"), problem("id_missing") if value is None else error.problem, value)
            return None


def _shown(value: Any) -> str:
    text = masked(without_contacts(line(written(value)[:MOST_SHOWN])))
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"


def _texts(values: Values, reading: _Reading) -> dict[Language, dict[str, Any]]:
    """Text by language. Words in a language without a title cannot be shown and are left out."""
    grouped: dict[Language, dict[str, Any]] = defaultdict(dict)
    for slot, value in values.items():
        if slot.language:
            grouped[slot.language][slot.field] = value
    for language in [code for code, body in grouped.items() if "title" not in body]:
        for name in grouped.pop(language):
            reading.note(_given(Slot(name, language), reading.row), problem("text_untitled"))
    return grouped


def _given(slot: Slot, row: Row) -> Slot:
    """The slot under which the file gave it: with its language, or without."""
    return slot if slot in row.cells else Slot(slot.field)


def _check_application(values: Values, reading: _Reading) -> None:
    opens, closes = values.get(Slot("application_opens")), values.get(Slot("application_closes"))
    if opens and closes and closes < opens:
        reading.note(Slot("application_closes"), problem("dates_reversed"), closes)
        del values[Slot("application_opens")], values[Slot("application_closes")]


def _check_hours(values: Values, reading: _Reading) -> None:
    hours, weeks, weekly = (values.get(Slot(name)) for name in ("hours", "weeks", "hours_per_week"))
    if hours and weeks and weekly and abs(weeks * weekly - hours) > FAR * hours:
        reading.note(Slot("hours"), problem("hours_disagree", product=f"{weeks * weekly:g}"), hours)


def _members(values: Values) -> dict[str, Any]:
    """Everything but prose, by field; members of `place` together."""
    flat = {slot.field: value for slot, value in values.items() if slot.language is None}
    place = {name.removeprefix("place."): flat.pop(name) for name in list(flat) if name.startswith("place.")}
    return {**flat, "place": place} if place else flat


def judge(row: Row, source: Source, contract: Contract) -> Judged:
    """The row's listing and everything wrong with it. A row broken as a whole is not looked into further."""
    reading = _Reading(row, source, contract)
    if any(wrong.severity is Severity.QUARANTINE for _, _, wrong in row.problems):
        return Judged(row.number, issues=reading.issues)
    values = reading.values()
    _check_application(values, reading)
    _check_hours(values, reading)
    texts = _texts(values, reading)
    if not texts:
        reading.note(Slot("title"), problem("title_missing"))
    id_cell = row.cells.get(Slot("id"), Cell("", None))
    listing_id = reading.listing_id(id_cell.value)
    judged = Judged(row.number, None, id_cell.column, issues=reading.issues)
    if listing_id and not judged.is_quarantined:
        fixed = {"id": listing_id, "institution": source.institution, "source": source.id, "sample": source.sample}
        judged.listing = Listing.model_validate({**_members(values), **texts, **fixed})
    return judged
