"""Counts of courses in place of listings: what is offered several times is counted once."""

from collections.abc import Mapping
from typing import Any

COURSE = "course"
OFFERINGS, COURSES = "offerings", "courses"
# The engine counts different values exactly up to this many, and within some percent above.
EXACT_UP_TO = 40_000
# Only offerings of a repeated course have one, so that nothing is looked up for all others.
COUNTED: dict[str, Any] = {
    OFFERINGS: {"value_count": {"field": COURSE}},
    COURSES: {"cardinality": {"field": COURSE, "precision_threshold": EXACT_UP_TO}},
}


def courses_in(bucket: Mapping[str, Any]) -> int:
    """How many courses the listings of a bucket are, of an aggregation that counts as `COUNTED` says."""
    count: int = bucket["doc_count"] - bucket[OFFERINGS]["value"] + bucket[COURSES]["value"]
    return count
