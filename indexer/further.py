"""What a cell says of other fields than its own: the currency in a price, the hours a week in a length."""

import re
from typing import Any

from indexer.durations import length
from indexer.money import money
from indexer.rules import UnreadableError

WORDED = re.compile(r"[^\W\d_]|[€£₹]")  # plain amounts, which most cells are, say nothing more
LENGTHS = ("weeks", "hours", "hours_per_week")
TELLING = ("cost", *LENGTHS)  # the fields whose cells may say more


def _currency(value: str) -> dict[str, Any]:
    return {"currency": money(value).currency}


def _lengths(value: str) -> dict[str, Any]:
    return length(value)._asdict()


def further(field: str, value: Any) -> dict[str, Any]:
    """Values by the names of other fields, as far as the cell says them; nothing for a cell that cannot be read."""
    if not isinstance(value, str) or not WORDED.search(value):
        return {}
    try:
        said = _currency(value) if field == "cost" else _lengths(value)
    except UnreadableError:
        return {}  # reported where the field itself is read
    return {name: found for name, found in said.items() if found is not None and name != field}
