"""Filters as OpenSearch clauses. A missing value passes no filter."""

from typing import Any

from search_api.search_request import Bound, Filter

Clause = dict[str, Any]
RANGES: dict[Bound, str] = {"min": "gte", "max": "lte", "after": "gte", "before": "lte"}
# Amounts in another currency are kept and shown, but never compared with dollars.
MONEY = "cost"
CURRENCY = "CAD"


def clause(item: Filter, today: str) -> Clause:
    """One filter. A bound on dates never counts a date that has gone by (`today`, ISO): it is no longer offered."""
    path = item.field.path
    if item.bound is None:
        return {"terms": {path: [_plain(value) for value in item.values]}}
    limits = {RANGES[item.bound]: _plain(item.values[0])}
    if item.field.type == "date":
        limits.setdefault("gte", today)
    narrowed: Clause = {"range": {path: limits}}
    return _in_dollars(narrowed) if item.field.name == MONEY else narrowed


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value


def _in_dollars(narrowed: Clause) -> Clause:
    other = {"bool": {"filter": [{"exists": {"field": "currency"}}], "must_not": [{"term": {"currency": CURRENCY}}]}}
    return {"bool": {"filter": [narrowed], "must_not": [other]}}


def clauses(items: tuple[Filter, ...], today: str) -> list[Clause]:
    return [clause(item, today) for item in items]
