"""What is told of the offerings of one course: their dates and what else differs, and which of them fit the filters."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from search_api.course_counts import COURSE
from search_api.filters import Clause
from search_api.labels import Labels
from search_api.listing_view import OFFERED, View, offering_view

FITS = "fits"
# Of a page's courses together; the engine gives no more at once.
MOST_OFFERINGS = 10_000
LATEST = "9999"


def offerings_body(courses: Sequence[str], filters: Sequence[Clause]) -> dict[str, Any]:
    """A request for every offering of these courses, each saying by name whether it passes the filters."""
    fitting = {"bool": {"filter": [*filters, {"match_all": {}}], "_name": FITS}}
    return {
        "size": MOST_OFFERINGS,
        "track_total_hits": False,
        "query": {"bool": {"filter": [{"terms": {COURSE: list(courses)}}], "should": [fitting]}},
        "_source": [COURSE, *OFFERED],
    }


def _begins(view: View) -> tuple[str, str, str]:
    """Those to come first, the next before the others; then those without a date, then those gone by."""
    gone = max(view.get("starts", ()), default="") if "next_start" not in view else ""
    return (view.get("next_start", LATEST), gone, view["id"])


def offerings_of(response: Mapping[str, Any], labels: Labels, today: dt.date) -> dict[str, list[View]]:
    """The offerings by course, in the order they begin; nothing of a listing that stands alone."""
    found: dict[str, list[View]] = defaultdict(list)
    for hit in response["hits"]["hits"]:
        view = offering_view(hit["_source"], labels, today) | {FITS: FITS in hit.get("matched_queries", ())}
        found[hit["_source"][COURSE]].append(view)
    return {course: sorted(views, key=_begins) for course, views in found.items()}
