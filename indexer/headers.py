"""The header of a table: which column holds which field."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from indexer.cells import Slot, is_blank
from indexer.choices import nearest
from indexer.cleaning import key, line, written
from indexer.failures import SourceError
from indexer.fields import header_label, labels_by_header, slots_by_header
from indexer.rules import Issue, Problem, problem
from mappings.contract import LANGUAGES, Contract

SAID_BACK = frozenset({"errors", "erreurs"})  # the column a report adds to rows that are sent back
LOOKED_AT = 10  # rows above the header hold a sheet's own heading; more would be no heading
LONGEST = 500  # characters of a header: a longer cell among the first rows is prose and not looked up


@dataclass(frozen=True)
class Header:
    """Where the header stands (row number from 1), its cells as written, and the slot of each known column."""

    number: int
    names: tuple[str, ...]
    slots: tuple[Slot | None, ...]
    issues: tuple[Issue, ...] = ()


def _slot(cell: Any, contract: Contract) -> Slot | None:
    if is_blank(cell) or len(text := written(cell)) > LONGEST:
        return None
    return slots_by_header(contract).get(key(text))


def known_columns(cells: Sequence[Any], contract: Contract) -> int:
    """How many cells of a row are headers of the template."""
    return sum(_slot(cell, contract) is not None for cell in cells)


def _unknown(name: str, contract: Contract) -> Problem:
    labels = labels_by_header(contract)
    near = nearest(name, list(labels))
    return problem("column_near", near=labels[near]) if near else problem("column_unknown")


def _issues(number: int, names: tuple[str, ...], slots: list[Slot | None], contract: Contract) -> list[Issue]:
    """Warnings for columns that are not known or stand twice; the latter are taken out of `slots`."""
    found = []
    for at, (name, slot) in enumerate(zip(names, list(slots), strict=True)):
        if name and slot is None and key(name) not in SAID_BACK:
            found.append(Issue(number, name, "", _unknown(name, contract)))
        elif slot is not None and slot in slots[:at]:
            slots[at] = None
            found.append(Issue(number, name, "", problem("column_twice")))
    return found


def _require(slots: list[Slot | None], names: tuple[str, ...], contract: Contract) -> None:
    present = {slot.field for slot in slots if slot}
    missing = next((name for name in ("id", "title") if name not in present), None)
    if missing is None:
        return
    labels = {f"column_{code}": header_label(Slot(missing), contract, code) for code in LANGUAGES}
    found = ", ".join(filter(None, names))[:300] or "—"
    raise SourceError(problem("column_required", found=found, **labels))


def read_header(rows: Sequence[Sequence[Any]], contract: Contract) -> Header:
    """The first row with the most known columns. Raises SourceError when it has no ID or no title column."""
    best = max(range(min(len(rows), LOOKED_AT)), key=lambda at: (known_columns(rows[at], contract), -at), default=0)
    cells = rows[best] if rows else ()
    names = tuple(line(written(cell)) for cell in cells)
    slots = [_slot(cell, contract) for cell in cells]
    issues = _issues(best + 1, names, slots, contract)
    _require(slots, names, contract)
    return Header(best + 1, names, tuple(slots), tuple(issues))
