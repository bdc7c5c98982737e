"""The requests that fetch listings: those of a page, with highlights and whether each leg found them; one by its id."""

from collections.abc import Sequence
from typing import Any

from mappings.contract import LANGUAGES, Contract
from mappings.index_body import FOLD, MADE
from mappings.text_paths import roots, stems
from search_api.hit_ids import FOLDED
from search_api.legs import Clause
from search_api.query_plan import Queries
from search_api.reasons import KEYWORD, SEMANTIC

SNIPPET = 160


def _highlighted(contract: Contract) -> dict[str, Clause]:
    """Every searched text field, stemmed and plain: a misspelt word is only found in the plain form."""
    fields: dict[str, Clause] = {}
    for item in contract.with_role("match"):
        if item.name == "institution.name":
            continue
        size = {"fragment_size": SNIPPET, "number_of_fragments": 0 if item.name == "title" else 1}
        for language in LANGUAGES:
            fields |= dict.fromkeys(stems(item, language), size)
        fields |= dict.fromkeys(roots(item), size)
    return fields


def _named(name: str, query: Clause) -> Clause:
    """A clause that says by its name that it matched, without a say in which documents are fetched."""
    return {"bool": {"must": [query], "_name": name}}


def listing_body(identifier: str) -> dict[str, Any]:
    """A request for one listing, with nothing to say of any search."""
    return {"size": 1, "query": {"ids": {"values": [identifier]}}, "_source": {"excludes": MADE}}


def hydration_body(
    courses: Sequence[str], filters: Sequence[Clause], legs: Queries, order: Sequence[Clause], contract: Contract
) -> dict[str, Any]:
    """A request for one listing of each of these courses: of those that pass the filters the first in that order."""
    keyword, asked = legs.keyword, ((KEYWORD, legs.keyword), (SEMANTIC, legs.semantic))
    chosen = [{"terms": {FOLD: list(courses)}}, *filters]
    body: dict[str, Any] = {
        "size": len(courses),
        "query": {"bool": {"filter": chosen, "should": [_named(name, query) for name, query in asked if query]}},
        "_source": {"excludes": MADE},
        "track_total_hits": False,
        "sort": list(order),
        **FOLDED,
    }
    if keyword:
        body["highlight"] = {
            "encoder": "html",
            "pre_tags": ["<mark>"],
            "post_tags": ["</mark>"],
            "fields": _highlighted(contract),
        }
        body["highlight"]["highlight_query"] = keyword
    return body
