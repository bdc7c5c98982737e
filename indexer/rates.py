"""What a unit of another currency is worth in Canadian dollars, as an operator's file says; none ship."""

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from indexer.failures import IndexerError
from mappings.currency import HOME_CURRENCY
from mappings.listing import Listing, Rate

LETTERS = 3
CENT = Decimal("0.01")

WRITTEN = {
    "dollars": (re.compile(r"[0-9]+(?:\.[0-9]+)?"), "write a number such as 1.25"),
    "date": (re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"), "write a day such as 2026-11-27"),
}

Rates = Mapping[str, Rate]
NO_RATES: Rates = {}


def _entries(text: str, name: str) -> Iterator[tuple[int, str, yaml.Node]]:
    """The line (from 1), key and value of each entry. Raises IndexerError."""
    try:
        node = yaml.compose(text, yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise IndexerError(f"{name}, line {line}: {error.problem}") from error
    except (yaml.YAMLError, RecursionError) as error:
        raise IndexerError(f"{name} is not YAML") from error
    if not isinstance(node, yaml.MappingNode):
        raise IndexerError(f"{name}, line 1: write a currency, a colon and its rate on each line")
    for key, value in node.value:
        yield key.start_mark.line + 1, str(key.value), value


def _check_code(code: str, seen: Mapping[str, Rate]) -> None:
    """Raises ValueError."""
    if not (len(code) == LETTERS and code.isascii() and code.isalpha() and code.isupper()):
        raise ValueError("a currency is three capital letters, such as USD")
    if code == HOME_CURRENCY:
        raise ValueError(f"{HOME_CURRENCY} is what the others are counted in")
    if code in seen:
        raise ValueError("this currency stands twice")


def _check_written(node: yaml.Node) -> None:
    """By the letters of the file, since YAML reads `yes` as one and `1:30` as ninety. Raises ValueError."""
    pairs = node.value if isinstance(node, yaml.MappingNode) else []
    for key, value in pairs:
        pattern, said = WRITTEN.get(str(key.value), (None, ""))
        if pattern and not (isinstance(value, yaml.ScalarNode) and pattern.fullmatch(value.value)):
            raise ValueError(f"{key.value}: {said}")


def _rate(node: yaml.Node, today: dt.date) -> Rate:
    """Raises ValueError and yaml.YAMLError."""
    body: Any = yaml.SafeLoader("").construct_document(node)  # also puts what is merged in its place
    _check_written(node)
    rate = Rate.model_validate(body)
    if rate.date > today:
        raise ValueError(f"date: {rate.date} is yet to come")
    if not (rate.source.en or rate.source.fr):
        raise ValueError("source: say who published the rate, in English or French")
    return rate


def _reason(error: Exception) -> str:
    if isinstance(error, yaml.MarkedYAMLError):
        return error.problem or "this is not YAML"
    if not isinstance(error, ValidationError):
        return str(error)
    first = error.errors()[0]
    key = ".".join(map(str, first["loc"]))
    return f"{key}: {first['msg']}" if key else "give dollars, date and source"


def read_rates(path: Path | None, today: dt.date) -> Rates:
    """Rates by currency; none without a file. Raises IndexerError with the line of the entry that is wrong."""
    if path is None:
        return NO_RATES
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise IndexerError(f"the rates {path.name} cannot be read: {error}") from error
    found: dict[str, Rate] = {}
    for line, code, node in _entries(text, path.name):
        try:
            _check_code(code, found)
            found[code] = _rate(node, today)
        except (ValueError, yaml.YAMLError) as error:
            raise IndexerError(f"{path.name}, line {line}: {code}: {_reason(error)}") from error
    return found


def in_dollars(amount: float, rate: Rate) -> float:
    """An amount of another currency in Canadian dollars, to the cent; one that is to be paid is never free."""
    worth = (Decimal(str(amount)) * Decimal(str(rate.dollars))).quantize(CENT, ROUND_HALF_UP)
    return float(max(worth, CENT) if amount > 0 else worth)


def with_dollars(listing: Listing, rates: Rates) -> Listing:
    """A price with what it is in Canadian dollars, where a rate is known. Free is free in any currency."""
    rate = rates.get(listing.currency or HOME_CURRENCY)
    known: dict[str, Any] = {"cost_cad": None, "rate": None}
    if listing.cost == 0 or (listing.cost and listing.currency in (None, HOME_CURRENCY)):
        known = {"cost_cad": listing.cost, "rate": None}
    elif listing.cost and rate:
        known = {"cost_cad": in_dollars(listing.cost, rate), "rate": rate}
    return listing.model_copy(update=known)
