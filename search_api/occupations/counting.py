"""How many listings train for which occupation, as OpenSearch requests, and the search that lists them."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from mappings.contract import Contract, Language
from search_api.course_counts import COUNTED, courses_in
from search_api.search_request import Filter, SearchRequest

Body = dict[str, Any]
FIELD, CODE = "occupations", "occupations.code"
# No classification has more unit groups.
MOST_CODES = 1000
BEST = 3


def counts_body(codes: Sequence[str] | None = None) -> Body:
    """Listings by occupation, a course once: of these occupations, or of all there are."""
    only = {"include": list(codes), "size": len(codes)} if codes else {"size": MOST_CODES}
    query: Body = {"match_none": {}} if codes == () else {"match_all": {}}
    codes_counted = {"terms": {"field": CODE, **only}, "aggs": COUNTED}
    return {"size": 0, "query": query, "track_total_hits": False, "aggs": {"codes": codes_counted}}


def counts_of(response: Mapping[str, Any]) -> dict[str, int]:
    return {bucket["key"]: courses_in(bucket) for bucket in response["aggregations"]["codes"]["buckets"]}


def best_request(code: str, title: str, language: Language, contract: Contract) -> SearchRequest:
    """The search for the listings that train for an occupation, ranked as for one who typed its title."""
    narrowed = Filter(contract.named(FIELD), (code,))
    return SearchRequest(text=title, language=language, per_page=BEST, filters=(narrowed,))


def _link(request: SearchRequest) -> str:
    """The address of that search."""
    (narrowed,) = request.filters
    typed = {"q": request.text} if request.text else {}
    return f"/v1/credentials?{urlencode({**typed, narrowed.parameter: narrowed.values[0], 'lang': request.language})}"


def _listing(hit: Mapping[str, Any]) -> Body:
    owner = {name: hit["institution"][name] for name in ("id", "name")}
    return {**{name: hit[name] for name in ("id", "title", "text_language", "link")}, "institution": owner}


def listings_view(request: SearchRequest, answer: Mapping[str, Any]) -> Body:
    """How many listings train for the occupation, and the first of them, given the search's own answer."""
    return {"total": answer["total"], "best": [_listing(hit) for hit in answer["hits"]], "link": _link(request)}
