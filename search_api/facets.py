"""Facet counts over the match set, a course once. Each facet leaves out its own filter, so that a second value can be
added.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from mappings.contract import Contract, Field
from search_api.course_counts import COUNTED, courses_in
from search_api.filters import Clause, clauses
from search_api.search_request import Filter

# No closed list is longer; of open ones (cities, skills) the most frequent are shown.
MOST_VALUES = 60
TOTAL = "total"
VALUES = "values"
CHOSEN = "chosen"


def _others(items: Sequence[Filter], own: Field | None, today: str) -> Clause:
    return {"bool": {"filter": clauses([item for item in items if item.field != own], today)}}


def _chosen(item: Field, items: Sequence[Filter]) -> Clause:
    """Counts of the values that are chosen, which need not be among the most frequent."""
    values = [str(value) for one in items if one.field == item for value in one.values]
    if not values or item.type == "flag":
        return {}
    return {CHOSEN: {"terms": {"field": item.path, "include": values, "size": len(values)}, "aggs": COUNTED}}


def _aggregation(item: Field, items: Sequence[Filter], today: str) -> Clause:
    values = {"terms": {"field": item.path, "size": MOST_VALUES, "order": [{"_count": "desc"}, {"_key": "asc"}]}}
    return {
        "filter": _others(items, item, today),
        "aggs": {VALUES: {**values, "aggs": COUNTED}, **_chosen(item, items)},
    }


def facets_body(match: Clause, items: Sequence[Filter], contract: Contract, today: str) -> dict[str, Any]:
    """A request for the total and every facet's counts, of all listings that match, however many were fetched."""
    aggregations = {item.name: _aggregation(item, items, today) for item in contract.with_role("facet")}
    total = {TOTAL: {"filter": _others(items, None, today), "aggs": COUNTED}}
    return {"size": 0, "track_total_hits": False, "query": match, "aggs": {**total, **aggregations}}


def total_of(response: dict[str, Any]) -> int:
    return courses_in(response["aggregations"][TOTAL])


def _value(bucket: dict[str, Any]) -> str:
    """A flag's key is 1 or 0 with its name beside it."""
    return str(bucket.get("key_as_string", bucket["key"]))


def counts_of(response: dict[str, Any], item: Field) -> list[tuple[str, int]]:
    """The facet's values with their counts, most frequent first, then what was chosen and is rarer."""
    found = response["aggregations"][item.name]
    frequent, chosen = (_counts(found.get(name, {"buckets": []})["buckets"]) for name in (VALUES, CHOSEN))
    return list((dict(sorted(frequent, key=_place)) | dict(chosen)).items())


def _counts(buckets: Iterable[dict[str, Any]]) -> list[tuple[str, int]]:
    return [(_value(bucket), courses_in(bucket)) for bucket in buckets]


def _place(counted: tuple[str, int]) -> tuple[int, str]:
    value, count = counted
    return (-count, value)
