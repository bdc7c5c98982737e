"""The request that fetches a page's listings by id, with highlights and each leg's word on whether it found them."""

from collections.abc import Sequence
from typing import Any

from mappings.contract import LANGUAGES, Contract
from mappings.index_body import MADE
from mappings.text_paths import roots, stems
from search_api.legs import Clause
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


def hydration_body(
    ids: Sequence[str], keyword: Clause | None, semantic: Clause | None, contract: Contract
) -> dict[str, Any]:
    """A request for these listings. `keyword` and `semantic` are the legs that are asked for their word, if any."""
    legs = [_named(name, query) for name, query in ((KEYWORD, keyword), (SEMANTIC, semantic)) if query]
    body: dict[str, Any] = {
        "size": len(ids),
        "query": {"bool": {"filter": [{"ids": {"values": list(ids)}}], "should": legs}},
        "_source": {"excludes": MADE},
        "track_total_hits": False,
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
