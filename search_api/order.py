"""The order of an answer; whether anything in it is what was asked for, and where nothing is, what comes nearest."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from search_api.findings import Responses, evidence
from search_api.fusion import Evidence, Ranked, fuse
from search_api.mixing import mixed
from search_api.query_plan import Context, Queries, page_courses, pursued
from search_api.ranking import Ranking
from search_api.search_request import SearchRequest
from search_api.understanding import Understanding

MOST_SUBJECTS = 3
# Whoever asks how a short page came about is shown more than it has.
LEAST_RANKED = 20


@dataclass(frozen=True)
class Order:
    """A page: courses with their scores, none where a field decides the order.

    `suitable` is of the whole answer, and so is `found`: what each leg found, where scores decide. `ranked` is the
    order up to the end of the page. `words` is how many words were searched for.
    """

    page: list[tuple[str, float | None]]
    suitable: bool
    found: Evidence | None = None
    ranked: Sequence[Ranked] = ()
    words: int = 0


def order_of(
    responses: Responses, request: SearchRequest, meaning: Understanding, legs: Queries, context: Context
) -> Order:
    """The page of a request from what the engine answered to its legs."""
    if "ordered" in responses:
        courses = page_courses(responses, request, context)
        return Order([(course, None) for course in courses], suitable=bool(courses) or not request.text)
    found = evidence(responses, meaning, legs.loudness)
    ranking = context.ranking
    words = len(request.text.split())
    best = fuse(found, words, ranking.weights[meaning.kind], ranking)
    end = request.offset + request.per_page
    ranked = list(islice(mixed(pursued(best, responses, request, context), ranking.tie), max(end, LEAST_RANKED)))
    page = ranked[request.offset : end]
    # Without the legs of meaning a low score says little.
    suitable = suits(best, ranking) if legs.near else bool(best)
    return Order([(hit.id, hit.score) for hit in page], suitable, found, ranked, words)


def suits(ranked: Sequence[Ranked], ranking: Ranking) -> bool:
    """Whether the best listing is good enough to be called an answer."""
    return any(hit.named or hit.score >= ranking.suitable for hit in ranked[:1])


def nearest_subjects(hits: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The subjects of the nearest listings, those first that weigh most by score."""
    weights: Counter[str] = Counter()
    for hit in hits:
        if "subject" in hit:
            weights[hit["subject"]["id"]] += hit.get("score", 0.0)
    labelled = {hit["subject"]["id"]: hit["subject"] for hit in hits if "subject" in hit}
    return [labelled[subject] for subject, _ in weights.most_common(MOST_SUBJECTS)]
