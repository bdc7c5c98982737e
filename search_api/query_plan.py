"""One search as the requests it needs: a body per leg and one for the facets, all over the same match set."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from mappings.contract import Contract, Field, Language, preferred
from search_api.facets import facets_body
from search_api.filters import clauses
from search_api.findings import Body, Responses, hits_of
from search_api.fusion import Ranked
from search_api.goals.leg import goal_query
from search_api.goals.ordering import put_forward, weighed
from search_api.goals.serving import FIELDS as GOAL_FIELDS
from search_api.goals.serving import served
from search_api.hit_ids import FOLDED, NO_DOCUMENTS, course_of
from search_api.legs import (
    Clause,
    keyword_query,
    links_query,
    near_query,
    profile_query,
    semantic_query,
    words_query,
    written,
)
from search_api.ranking import Ranking
from search_api.search_request import MOST_RESULTS, SearchRequest, Sort
from search_api.sense import Sense
from search_api.spelling import NAME as SPELLING
from search_api.spelling import Spelling, spelling_body, spelling_of
from search_api.understanding import Understanding

TERM_FIELDS = [f"{field}.{part}" for field in ("skills", "tools") for part in ("id", "basis")]
LINK_FIELDS = ["subject", "institution.id", "occupations.code", "occupations.score", *TERM_FIELDS]
# Browsing shows institutions mixed, the same way every time: a random order from a fixed seed.
BROWSING = {"function_score": {"random_score": {"seed": 20_210, "field": "_seq_no"}}}
# Starts that have gone by are offered no more; a listing without one to come is last whichever the direction.
NEXT_START = """
double best = Double.POSITIVE_INFINITY;
for (def date : doc['starts']) {
  double at = date.toInstant().toEpochMilli();
  if (at >= params.today && at < best) { best = at; }
}
return best == Double.POSITIVE_INFINITY ? params.last : best;
"""
LAST = 1.0e15
# Two in three of the profiles that share anything with a query's are less alike; all that adds is less than a tie.
LEAST_ALIKE = 0.02
GOAL, STARTS = "goal", "starts"


@dataclass(frozen=True)
class Context:
    """What every search of one moment shares. `exact` asks for cosines of all listings, not the vector graph's."""

    contract: Contract
    ranking: Ranking
    today: dt.date
    exact: bool


@dataclass(frozen=True)
class Queries:
    """The legs of one search; None for one that takes no part.

    `keyword`, `semantic` and `links` decide what matches. `words`, `near` (the cosines of all that matches) and
    `profile` have a say in the order only; `loudness` says how much of one the profile has. `unchecked` is text whose
    spelling the catalogue is still to be asked about.
    """

    keyword: Clause | None = None
    semantic: Clause | None = None
    words: Clause | None = None
    near: Clause | None = None
    profile: Clause | None = None
    loudness: float = 1.0
    links: Clause | None = None
    browsing: bool = False
    unchecked: str = ""

    def match(self) -> Clause:
        """Everything that matches by any leg; all listings when nothing is asked, none when no leg can tell."""
        legs = [leg for leg in (self.keyword, self.semantic, self.links) if leg]
        if not legs:
            return {"match_all": {}} if self.browsing else {"match_none": {}}
        return {"bool": {"should": legs, "minimum_should_match": 1}}


def queries(
    request: SearchRequest,
    meaning: Understanding,
    sense: Sense | None,
    context: Context,
    spelling: Spelling | None = None,
) -> Queries:
    """The legs of a request. Without text there are none; without a sense the semantic one is left out."""
    if not request.text:
        return Queries(browsing=True)
    ranking = context.ranking
    by_words, readings = "keyword" in request.legs, spelling.texts() if spelling else ()
    keyword = keyword_query(request.text, context.contract, readings) if by_words else None
    links = links_query(meaning, request.aim) if "links" in request.legs else None
    semantic, near = _by_meaning(sense, [leg for leg in (keyword, links) if leg], context) if sense else (None, None)
    return Queries(
        keyword=keyword,
        words=words_query(request.text, context.contract, readings) if by_words else None,
        semantic=semantic,
        near=near,
        profile=profile_query(sense.profile) if sense else None,
        loudness=ranking.expansions[meaning.kind].loudness(sense.certainty) if sense else 1.0,
        links=links,
        unchecked="" if spelling or meaning.certain or not by_words else request.text,
    )


def _by_meaning(sense: Sense, others: Sequence[Clause], context: Context) -> tuple[Clause, Clause]:
    """The semantic leg, and the cosines of all that matches by it or the others."""
    ranking, vector = context.ranking, written(sense.vector)
    semantic = semantic_query(vector, ranking.tau, exact=context.exact)
    return semantic, near_query(semantic, vector, ranking.floor, others)


def leg_body(query: Clause, filters: list[Clause], source: Sequence[str] = ()) -> Body:
    """The best of a leg, one listing of a course, with these parts of their documents; without any, no documents."""
    asked = {"bool": {"must": [query], "filter": filters}}
    told = {"_source": source} if source else NO_DOCUMENTS
    return {"size": MOST_RESULTS, "track_total_hits": False, "query": asked, **FOLDED, **told}


def _sort_key(item: Field, sort: Sort, context: Context) -> Clause:
    way = "desc" if sort.descending else "asc"
    if item.type == "date" and item.many:
        last = -LAST if sort.descending else LAST
        midnight = dt.datetime.combine(context.today, dt.time(), dt.UTC).timestamp() * 1000
        script = {"lang": "painless", "source": NEXT_START, "params": {"today": midnight, "last": last}}
        return {"_script": {"type": "number", "script": script, "order": way}}
    return {item.path: {"order": way, "missing": "_last"}}


def _title_keys(language: Language, way: str) -> list[Clause]:
    """Titles in the asked language; of a listing without one, the other's."""
    source = "for (def f : params.fields) { if (doc[f].size() > 0) { return doc[f].value; } } return params.last;"
    fields = [f"{x}.title.exact" for x in preferred(language)]
    script = {"lang": "painless", "source": source, "params": {"fields": fields, "last": "\uffff"}}
    return [{"_script": {"type": "string", "script": script, "order": way}}]


def sort_keys(request: SearchRequest, context: Context) -> list[Clause]:
    """What listings are sorted by; without a field, what of a course comes first: the offering that starts next."""
    item = request.sort.field
    if item is None:
        keys = [_sort_key(context.contract.named(STARTS), Sort(), context)]
    elif item.is_prose:
        keys = _title_keys(request.language, "desc" if request.sort.descending else "asc")
    else:
        keys = [_sort_key(item, request.sort, context)]
    return [*keys, {"id": "asc"}]


def _ordered(request: SearchRequest, match: Clause, filters: list[Clause], context: Context) -> Body:
    first, size, keys = request.offset, request.per_page, sort_keys(request, context)
    if request.sort.field is None:
        keys = [{"_score": "desc"}, *keys[-1:]]
        first, size = (0, MOST_RESULTS) if request.aim else (first, size)
        match = {**BROWSING, "function_score": {**BROWSING["function_score"], "query": match}}
    return leg_body(match, filters) | {"from": first, "size": size, "sort": keys}


def bodies(request: SearchRequest, legs: Queries, context: Context) -> dict[str, Body]:
    """The requests of one search by name: `facets` always, then either the legs or one ordered list."""
    today = context.today.isoformat()
    filters = clauses(request.filters, today)
    found = {"facets": facets_body(legs.match(), request.filters, context.contract, today)}
    check = spelling_body(legs.unchecked) if legs.unchecked else None
    if check:
        found[SPELLING] = check
    if request.aim and request.sort.field is None:
        found[GOAL] = leg_body(goal_query(request.aim), filters, [*LINK_FIELDS, *GOAL_FIELDS])
        found[GOAL]["sort"] = [{"_score": "desc"}, *sort_keys(request, context)]
    if request.sort.field is not None or not request.text:
        return found | {"ordered": _ordered(request, legs.match(), filters, context)}
    named = {"keyword": legs.keyword, "words": legs.words, "semantic": legs.near, "profile": legs.profile}
    found |= {name: leg_body(query, filters) for name, query in named.items() if query}
    if "profile" in found:
        found["profile"]["min_score"] = LEAST_ALIKE
    return found | ({"links": leg_body(legs.links, filters, LINK_FIELDS)} if legs.links else {})


def read_spelling(responses: Responses) -> Spelling | None:
    return spelling_of(responses.get(SPELLING, {}))


def goal_served(responses: Responses, request: SearchRequest, today: dt.date) -> dict[str, float]:
    """How well courses serve the goal, 0 to 1; empty without one."""
    hits = hits_of(responses, GOAL)
    return {course_of(hit): served(hit["_source"], request.aim, today) for hit in hits} if request.aim else {}


def pursued(ranked: list[Ranked], responses: Responses, request: SearchRequest, context: Context) -> list[Ranked]:
    """The order with the goal's part in it; as it is without one."""
    return weighed(ranked, goal_served(responses, request, context.today)) if request.aim else ranked


def ordered_courses(responses: Responses) -> list[str]:
    return [course_of(hit) for hit in hits_of(responses, "ordered")]


def page_courses(responses: Responses, request: SearchRequest, context: Context) -> list[str]:
    """The page of a list that is not scored: what the engine ordered, with what serves the goal first when browsing."""
    found = ordered_courses(responses)
    if GOAL not in responses:
        return found
    forward = put_forward(found, goal_served(responses, request, context.today))
    return forward[request.offset : request.offset + request.per_page]
