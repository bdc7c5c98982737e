"""Rows as an institution sent them, kept small: one line of JSON for each that something is to be said about."""

import datetime as dt
import json
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from indexer.cells import BAR, Row, Slot
from indexer.cleaning import written
from indexer.fields import path_of
from indexer.privacy import masked
from mappings.contract import Contract, Field
from mappings.web_address import is_web_address

BAR_INSIDE = "\u00a6"  # stands for a bar inside one of several values, which a cell could not tell from the next


def _number(value: float) -> str:
    """Digits without an exponent, which readers of numbers refuse."""
    return (
        written(value) if value.is_integer() or value in (float("inf"), float("-inf")) else f"{Decimal(repr(value)):f}"
    )


def _day(value: dt.date) -> str:
    return (value.date() if isinstance(value, dt.datetime) else value).isoformat()


def _named(value: dict[str, Any]) -> str:
    """A name in one of its languages, or a code: what a cell has room for."""
    return next((str(value[key]) for key in ("code", "en", "fr") if value.get(key)), "")


def _scalar(value: Any, item: Field | None) -> str:
    kind, name = (item.type, item.name) if item else ("", "")
    if kind == "date" and isinstance(value, dt.date):
        return _day(value)
    if isinstance(value, float):
        return f"{value:07.4f}" if name == "cip" else _number(value)
    return _named(value) if isinstance(value, dict) else written(value)


def _text(value: Any, item: Field | None) -> str:
    """A value as a cell holds it, to be read back as the same value."""
    if isinstance(value, (list, tuple)):
        return BAR.join(_scalar(part, item).replace(BAR, BAR_INSIDE) for part in value)
    return _scalar(value, item).replace("\0", "")


def cell_text(value: Any, item: Field | None) -> str:
    """The same without ways to reach a person. IDs and web addresses are told apart by their digits and stay."""
    text = _text(value, item)
    keeps = item is not None and (item.name == "id" or (item.name == "url" and is_web_address(text)))
    return text if keeps else masked(text)


def _item(slot: Slot | None, contract: Contract) -> Field | None:
    return contract.named(slot.field) if slot else None


def _cells(row: Row, slots: Sequence[Slot | None], contract: Contract) -> list[str]:
    """A table's cells, those beyond the header included."""
    known = [*slots, *[None] * (len(row.sent or ()) - len(slots))]
    return [cell_text(value, _item(slot, contract)) for value, slot in zip(row.sent or (), known, strict=False)]


def _members(row: Row, contract: Contract) -> Iterator[tuple[str, str]]:
    """A record's values by path; a position has no cell."""
    for slot, cell in row.cells.items():
        item = contract.named(slot.field)
        if item.type != "point":
            yield path_of(slot), cell_text(cell.value, item)


def packed(row: Row, slots: Sequence[Slot | None], contract: Contract) -> bytes:
    """The row's texts: a table's as a list in the order of its columns, a record's by path."""
    texts = dict(_members(row, contract)) if row.sent is None else _cells(row, slots, contract)
    return json.dumps(texts, ensure_ascii=False).encode("utf-8", "replace")


def unpacked(kept: bytes) -> list[str] | dict[str, str]:
    texts: list[str] | dict[str, str] = json.loads(kept)
    return texts
