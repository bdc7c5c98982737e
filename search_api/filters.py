"""Filters as OpenSearch clauses. A missing value passes no filter."""

import datetime as dt
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

from search_api.search_request import Bound, Filter, Value

Clause = dict[str, Any]
RANGES: dict[Bound, str] = {"min": "gte", "max": "lte", "after": "gte", "before": "lte"}


def _one_of(item: Filter) -> Clause:
    return {"terms": {item.field.path: [_plain(value) for value in item.values]}}


def _within(bounds: Sequence[Filter], today: str) -> Clause:
    """The bounds of one field as one range: of several start dates, one and the same must lie between both.

    A date that has gone by (`today`, ISO) is never counted: it is no longer offered.
    """
    field = bounds[0].field
    limits = {RANGES[item.bound]: _plain(item.values[0]) for item in bounds if item.bound}
    if field.type == "date":
        limits["gte"] = max(limits.get("gte", today), today)
    return {"range": {field.path: limits}}


def _plain(value: Value) -> Any:
    return value.isoformat() if isinstance(value, dt.date) else value


def _field_name(item: Filter) -> str:
    return item.field.name


def clauses(items: Iterable[Filter], today: str) -> list[Clause]:
    """One clause for each field that is narrowed. `today` is an ISO date."""
    given = sorted(items, key=_field_name)
    bounded = groupby((item for item in given if item.bound), key=_field_name)
    chosen = [_one_of(item) for item in given if item.bound is None]
    return [*chosen, *(_within(list(bounds), today) for _name, bounds in bounded)]
