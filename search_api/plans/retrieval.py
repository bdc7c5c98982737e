"""The engine's requests for a plan: listings that teach something needed, and those their prerequisites name."""

from collections.abc import Mapping, Sequence
from typing import Any

from mappings.contract import LANGUAGES
from search_api.hit_ids import IDS_ALONE, id_of

MOST_CANDIDATES = 1000
FIELDS = (
    "id", "course", "institution.id", "institution.name", "cost_cad", "hours", "weeks",
    "hours_per_week", "starts", "application_closes", "pace", "schedule", "delivery", "language", "skills.id",
    "skills.basis", "tools.id", "tools.basis", "sample", "stale", "stale_since",
    *(f"{language}.{name}" for language in LANGUAGES for name in ("title", "prerequisites")),
)  # fmt: skip
TERM_PATHS = ("skills.id", "tools.id")


def _body(query: dict[str, Any], order: list[dict[str, str]]) -> dict[str, Any]:
    return {"size": MOST_CANDIDATES, "query": query, "sort": order, **IDS_ALONE}


def _teaches(identifier: str, weight: int) -> dict[str, Any]:
    paths = [{"term": {path: identifier}} for path in TERM_PATHS]
    return {"constant_score": {"filter": {"bool": {"should": paths}}, "boost": weight}}


def candidates_body(weights: Mapping[str, int]) -> dict[str, Any]:
    """Listings that teach at least one of the ids; where there are too many, those that teach the most weight."""
    query = {"bool": {"should": [_teaches(identifier, weight) for identifier, weight in weights.items()]}}
    order = [{"_score": "desc"}, {"id": "asc"}]
    return {**_body(query, order), "track_total_hits": MOST_CANDIDATES + 1}


def named_body(names: Sequence[str]) -> dict[str, Any]:
    """Listings whose whole title, in whatever case, or id is one of these."""
    paths = ("id", *(f"{language}.title.exact" for language in LANGUAGES))
    return {
        **_body({"bool": {"should": [{"terms": {path: list(names)}} for path in paths]}}, [{"id": "asc"}]),
        "track_total_hits": False,
    }


def documents_body(identifiers: Sequence[str]) -> dict[str, Any]:
    """What plans are made of, of these listings."""
    query = {"ids": {"values": list(identifiers)}}
    return {"size": len(identifiers), "query": query, "_source": list(FIELDS), "track_total_hits": False}


def ids_of(response: Mapping[str, Any]) -> list[str]:
    return [id_of(hit) for hit in response["hits"]["hits"]]


def sources_of(response: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    return {hit["_source"]["id"]: hit["_source"] for hit in response["hits"]["hits"]}


def is_cut(response: Mapping[str, Any]) -> bool:
    """Whether more listings match than were fetched."""
    total: int = response["hits"]["total"]["value"]
    return total > MOST_CANDIDATES
