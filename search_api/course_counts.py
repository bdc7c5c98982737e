"""Counts of courses in place of listings: what is offered several times is counted once."""

from collections.abc import Mapping
from typing import Any

COURSE = "course"
OFFERINGS, COURSES = "offerings", "courses"
# The engine counts different values exactly up to this many, and within a percent or two above. It sets aside 16 kB for
# each bucket of an answer, of which there are hundreds; for 40,000 it would be 256 kB, more than its heap has.
EXACT_UP_TO = 3_000
# Only offerings of a repeated course have one, so that nothing is looked up for all others.
COUNTED: dict[str, Any] = {
    OFFERINGS: {"value_count": {"field": COURSE}},
    COURSES: {"cardinality": {"field": COURSE, "precision_threshold": EXACT_UP_TO}},
}


def courses_in(bucket: Mapping[str, Any]) -> int:
    """How many courses the listings of a bucket are, of an aggregation that counts as `COUNTED` says."""
    count: int = bucket["doc_count"] - bucket[OFFERINGS]["value"] + bucket[COURSES]["value"]
    return count
