"""A listing as the solver sees it: missing values stay unknown."""

from typing import Any

import pytest

from search_api.plans.candidate import candidate_of
from search_api.plans.timing import timing
from tests.search_api.plans.making import TODAY, course, limits

DOCUMENT: dict[str, Any] = {
    "id": "forge.A",
    "institution": {"id": "forge"},
    "skills": [{"id": "welding", "basis": "feed"}, {"id": "sums", "basis": "inferred"}],
    "tools": [{"id": "torch", "basis": "feed"}],
    "cost_cad": 99.99,
    "starts": ["2027-03-01", "2027-01-18"],
}


def test_it_covers_the_needed_ids_among_its_skills_and_tools() -> None:
    assert candidate_of(DOCUMENT, ("torch", "sums", "lathe"), TODAY).covers == {"torch", "sums"}


def test_what_a_document_does_not_state_is_unknown() -> None:
    found = candidate_of({"id": "x", "institution": {"id": "forge"}}, (), TODAY)
    assert (found.cost, found.hours, found.weeks, found.load, found.cents, found.delivery) == (None,) * 6
    assert not found.self_paced


def test_a_price_is_what_it_is_in_canadian_dollars() -> None:
    assert candidate_of({**DOCUMENT, "cost": 80, "currency": "USD", "cost_cad": 120.5}, (), TODAY).cents == 12050
    assert (
        candidate_of({"id": "x", "institution": {"id": "forge"}, "cost": 80, "currency": "USD"}, (), TODAY).cents
        is None
    )


def test_free_is_a_price() -> None:
    assert candidate_of({**DOCUMENT, "cost_cad": 0}, (), TODAY).cents == 0


def test_a_part_of_a_cent_counts_as_a_cent_and_binary_dust_does_not() -> None:
    assert course("a", cost=10.001).cents == 1001
    assert course("a", cost=0.1 + 0.2).cents == 30


@pytest.mark.parametrize(
    ("hours", "weeks", "weekly", "length", "load"),
    [
        (40, 8, None, 8, 500),
        (40, 8, 7, 8, 700),  # study at home beside 5 hours of class
        (40, 8, 3, 8, 500),
        (None, 8, 3, 8, 300),
        (40, None, 4, 10, 400),
        (7, None, None, 1, 700),
        (24, None, None, 3, 800),
        (7, 0.2, None, 0.2, 700),  # a day's seven hours are seven hours of one week
        (None, 8, None, 8, None),
        (None, None, 5, None, 500),
    ],
)
def test_weeks_and_weekly_hours_are_worked_out_where_they_can_be(
    hours: float | None, weeks: float | None, weekly: float | None, length: float | None, load: int | None
) -> None:
    found = course("a", "", 0, hours=hours, weeks=weeks, hours_per_week=weekly)
    assert (found.known_weeks, found.load) == (length, load)
    assert found.length_assumed == (weeks is None and length is not None)


@pytest.mark.parametrize(
    ("stated", "open_starts", "closed"),
    [
        ({"starts": ["2026-11-30", "2026-12-01", "2027-02-01"]}, ["2026-12-01", "2027-02-01"], False),
        ({"starts": ["2026-09-01", "2026-11-30"]}, [], True),
        ({"starts": ["2026-09-01"], "pace": "self_paced"}, [], True),
        ({"starts": []}, [], False),
        ({"starts": ["2027-01-18", "2027-05-01"], "application_closes": "2026-11-30"}, ["2027-05-01"], False),
        ({"starts": ["2027-01-18"], "application_closes": "2026-11-30"}, [], True),
        ({"starts": ["2027-01-18"], "application_closes": "2026-12-01"}, ["2027-01-18"], False),
        ({"starts": [], "application_closes": "2026-11-30"}, [], True),
    ],
)
def test_what_has_begun_or_takes_no_more_applications_can_no_longer_be_joined(
    stated: dict[str, Any], open_starts: list[str], closed: bool
) -> None:
    found = candidate_of({**DOCUMENT, **stated}, (), TODAY)
    assert [start.isoformat() for start in found.starts] == open_starts
    assert found.closed == closed
    assert (timing(found, limits()).why == "closed") == closed


def test_classes_may_be_at_any_time_of_day_unless_it_says_so_and_self_paced_ones_have_none() -> None:
    assert candidate_of(DOCUMENT, (), TODAY).class_times == {"daytime", "evening", "weekend"}
    assert candidate_of({**DOCUMENT, "schedule": ["evening"]}, (), TODAY).class_times == {"evening"}
    assert candidate_of({**DOCUMENT, "pace": "self_paced"}, (), TODAY).class_times == set()
