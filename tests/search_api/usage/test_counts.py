"""What one answer adds to the counters."""

import pytest

from search_api.usage.counts import (
    CLICKS,
    DEGRADED,
    IMPRESSIONS,
    SEARCHES,
    UNSUITABLE,
    WITHOUT_RESULT,
    Count,
    count_of_click,
    counts_of_search,
    rank_band,
)  # fmt: skip
from tests.search_api.usage.making import answer_of


@pytest.mark.parametrize(
    ("rank", "band"),
    [(1, "1"), (10, "10"), (11, "11-20"), (20, "11-20"), (21, "21-50"), (50, "21-50"), (51, "51-100"), (100, "51-100"),
     (101, "101+"), (1000, "101+"), (None, "none")],
)  # fmt: skip
def test_ranks_below_the_tenth_are_told_by_bands(rank: int | None, band: str) -> None:
    assert rank_band(rank) == band


def names(**answer: object) -> set[str]:
    return {count.name for count in counts_of_search(answer_of(**answer), "api", "en")}  # type: ignore[arg-type]


def test_an_answer_is_a_search_and_what_became_of_it() -> None:
    assert names() == {SEARCHES, IMPRESSIONS}
    assert names(hits=0) == {SEARCHES, WITHOUT_RESULT}
    assert names(hits=0, suitable=False) == {SEARCHES, WITHOUT_RESULT}
    assert names(suitable=False) == {SEARCHES, IMPRESSIONS, UNSUITABLE}
    assert names(degraded=["semantic"]) == {SEARCHES, IMPRESSIONS, DEGRADED}


def test_the_first_listing_of_the_second_page_was_shown_at_the_next_rank() -> None:
    counts = counts_of_search(answer_of(3, total=30, page=2, per_page=9), "page", "fr")
    shown = {count.rank: number for count, number in counts.items() if count.name == IMPRESSIONS}
    assert shown == {"10": 1, "11-20": 2}


def test_labels_say_where_and_in_which_language_and_nothing_else() -> None:
    assert count_of_click("page", "fr", 3) == Count(CLICKS, "page", "fr", "3")
    assert Count._fields == ("name", "surface", "language", "rank")
