"""How many listings train for which occupation, and which do so best, as OpenSearch requests."""

from collections.abc import Mapping, Sequence
from typing import Any

from mappings.contract import Contract
from search_api.labels import Labels, in_language
from search_api.legs import keyword_query
from search_api.listing_view import text_language

Body = dict[str, Any]
CODE = "occupations.code"
# No classification has more unit groups.
MOST_CODES = 1000
# Among these, those that state the occupation go above those it was inferred for.
LOOKED_AT = 100
BEST = 3
FIELDS = ["id", "institution", "occupations", "en.title", "fr.title"]


def counts_body(codes: Sequence[str] | None = None) -> Body:
    """Listings by occupation: of these, or of all there are."""
    only = {"include": list(codes), "size": len(codes)} if codes else {"size": MOST_CODES}
    query: Body = {"match_none": {}} if codes == () else {"match_all": {}}
    return {"size": 0, "query": query, "track_total_hits": False, "aggs": {"codes": {"terms": {"field": CODE, **only}}}}


def counts_of(response: Mapping[str, Any]) -> dict[str, int]:
    return {bucket["key"]: bucket["doc_count"] for bucket in response["aggregations"]["codes"]["buckets"]}


def best_body(code: str, titles: Sequence[str], contract: Contract) -> Body:
    """The listings that train for an occupation, those first that say its titles."""
    says = [keyword_query(title, contract) for title in titles]
    query = {"bool": {"filter": [{"term": {CODE: code}}], "should": says}}
    return {
        "size": LOOKED_AT,
        "query": query,
        "sort": [{"_score": "desc"}, {"id": "asc"}],
        "_source": FIELDS,
        "track_total_hits": True,
    }


def _sureness(source: Mapping[str, Any], code: str) -> float:
    return max(float(link["score"]) for link in source["occupations"] if link["code"] == code)


def _listing(source: Mapping[str, Any], labels: Labels) -> Body:
    written_in = text_language(source, labels.language)
    owner = source["institution"]
    return {
        "id": source["id"],
        "title": source.get(written_in, {}).get("title", source["id"]),
        "text_language": written_in,
        "institution": {"id": owner["id"], "name": in_language(owner["name"], labels.language)},
        "link": f"/v1/credentials/{source['id']}",
    }


def listings_view(response: Mapping[str, Any], code: str, labels: Labels) -> Body:
    """How many listings train for the occupation, and the best of them."""
    sources = [hit["_source"] for hit in response["hits"]["hits"]]
    best = sorted(sources, key=lambda source: -_sureness(source, code))[:BEST]
    return {
        "total": response["hits"]["total"]["value"],
        "best": [_listing(source, labels) for source in best],
        "link": f"/v1/credentials?occupation={code}",
    }
