"""A page of hits: what is fetched for its courses, and how each is shown."""

from collections.abc import Sequence
from dataclasses import replace

from search_api.filters import clauses
from search_api.findings import Body
from search_api.hit_ids import course_of
from search_api.hydration import hydration_body
from search_api.listing_view import View
from search_api.offerings import offerings_body, offerings_of
from search_api.presentation import hit_view
from search_api.query_plan import Context, Queries, sort_keys
from search_api.reasons import with_goal
from search_api.search_request import SearchRequest
from search_api.showing import Showing
from search_api.understanding import Understanding

# Courses in their order, with scores where these decide it.
Scored = Sequence[tuple[str, float | None]]


def page_bodies(order: Scored, request: SearchRequest, legs: Queries, context: Context) -> list[Body]:
    """The requests for one listing of each course, and for all its offerings."""
    courses, filters = [course for course, _score in order], clauses(request.filters, context.today.isoformat())
    shown = hydration_body(courses, filters, legs, sort_keys(request, context), context.contract)
    return [shown, offerings_body(courses, filters)]


def seen_meaning(meaning: Understanding, legs: Queries) -> Understanding:
    """Without the leg of links there is no evidence of them, whatever was understood."""
    return meaning if legs.links else replace(meaning, meanings=())


def page_views(
    order: Scored,
    responses: Sequence[Body],
    request: SearchRequest,
    meaning: Understanding,
    showing: Showing,
) -> list[View]:
    """The hits in their order; those of repeated courses with their offerings."""
    (listings, offered), labels, today = responses, showing.labels, showing.asked.today
    found = {course_of(hit): hit for hit in listings["hits"]["hits"]}
    offerings = offerings_of(offered, labels, today)
    views = []
    for course, score in order:
        if course in found:
            view = hit_view(found[course], score, meaning, showing)
            view |= {"offerings": offerings[course]} if course in offerings else {}
            views.append(with_goal(view, found[course], request.aim, labels, today))
    return views
