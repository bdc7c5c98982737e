"""Listing records: JSON in the shape of mappings/listing.py, without what the source says already."""

from collections.abc import Iterable, Iterator
from typing import Any

from indexer.cells import Cell, Row, is_blank
from indexer.choices import nearest
from indexer.fields import slots_by_path
from indexer.readers.records import Numbered
from indexer.rules import Issue, Problem, problem
from mappings.contract import Contract

NESTED = ("en", "fr", "place")


def _flat(body: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """Dotted names and values: `en.title`, `place.city`, `cost`."""
    for name, value in body.items():
        if name in NESTED and isinstance(value, dict):
            yield from ((f"{name}.{inner}", part) for inner, part in value.items())
        else:
            yield name, value


def record_row(record: Numbered, contract: Contract) -> Row:
    """A record's row; a broken record's row holds its problem only."""
    if record.problem:
        return Row(record.number, {}, (("", "", record.problem),))
    slots = slots_by_path(contract)
    known = ((slots.get(name), name, value) for name, value in _flat(record.body))
    return Row(record.number, {slot: Cell(name, value) for slot, name, value in known if slot and not is_blank(value)})


def _unknown(name: str, contract: Contract) -> Problem:
    folded = {path.replace(".", " ").replace("_", " "): path for path in slots_by_path(contract)}
    near = nearest(name, list(folded))
    return problem("column_near", near=folded[near]) if near else problem("column_unknown")


def with_unknown_keys(records: Iterable[Numbered], contract: Contract, notes: list[Issue]) -> Iterator[Numbered]:
    """The same records; a warning for each key that is no field, at its first record, goes to the notes."""
    slots, seen = slots_by_path(contract), set[str]()
    for record in records:
        for name, value in _flat(record.body):
            if name not in slots and name not in seen and not is_blank(value):
                seen.add(name)
                notes.append(Issue(record.number, name, "", _unknown(name, contract)))
        yield record
