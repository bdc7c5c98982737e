"""Rows as an institution sent them, kept small: one line of JSON for each that something is to be said about."""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from itertools import chain, repeat
from typing import Any

import orjson

from indexer.cells import BAR, Row, Slot
from indexer.cleaning import HALVES, written
from indexer.fields import path_of, slots_by_path
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


def _whole(value: Any, item: Field | None) -> str:
    """The text of a value, without halves of characters, which no file holds."""
    text = value.replace("\0", "") if isinstance(value, str) else _text(value, item)
    return text if text.isascii() else HALVES.sub("?", text)


def shown(text: str, item: Field | None) -> str:
    """A cell's text without ways to reach a person. IDs and web addresses are told apart by their digits and stay."""
    keeps = item is not None and (item.name == "id" or (item.name == "url" and is_web_address(text)))
    return text if keeps else masked(text)


@lru_cache
def _items(slots: tuple[Slot | None, ...], contract: Contract) -> tuple[Field | None, ...]:
    return tuple(contract.named(slot.field) if slot else None for slot in slots)


def _known(slots: tuple[Slot | None, ...], contract: Contract) -> Iterator[Field | None]:
    """The columns' fields; cells beyond the header have none."""
    return chain(_items(slots, contract), repeat(None))


def _members(row: Row, contract: Contract) -> Iterator[tuple[str, str]]:
    """A record's values by path; a position has no cell."""
    for slot, cell in row.cells.items():
        item = contract.named(slot.field)
        if item.type != "point":
            yield path_of(slot), _whole(cell.value, item)


def packed(row: Row, slots: tuple[Slot | None, ...], contract: Contract) -> bytes:
    """The row's texts as they came: a table's as a list in the order of its columns, a record's by path."""
    if row.sent is None:
        return orjson.dumps(dict(_members(row, contract)))
    is_text = all(isinstance(value, str) for value in row.sent)
    return orjson.dumps(row.sent if is_text else list(map(_whole, row.sent, _known(slots, contract))))


def unpacked(kept: bytes, slots: tuple[Slot | None, ...], contract: Contract) -> list[str] | dict[str, str]:
    """The row's texts as they may be shown."""
    texts: list[str] | dict[str, str] = orjson.loads(kept)
    if isinstance(texts, list):
        return list(map(shown, texts, _known(slots, contract)))
    by_path = slots_by_path(contract)
    return {path: shown(text, contract.named(by_path[path].field)) for path, text in texts.items()}
