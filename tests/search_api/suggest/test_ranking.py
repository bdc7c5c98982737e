"""The order of suggestions."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from search_api.suggest.ranking import mixed


def mix(kinds: list[int], limit: int) -> list[int]:
    return mixed(np.array(kinds, np.int64), limit)


def test_one_kind_fills_half_while_others_match() -> None:
    assert mix([0, 0, 0, 0, 1, 1], 4) == [0, 1, 4, 5]


def test_places_that_others_leave_free_are_filled() -> None:
    assert mix([0, 0, 0, 0, 1], 4) == [0, 1, 2, 4]
    assert mix([0, 0, 0], 10) == [0, 1, 2]
    assert mix([], 10) == []


def test_a_single_suggestion_is_the_best() -> None:
    assert mix([2, 0, 0], 1) == [0]


@given(st.lists(st.integers(0, 5), max_size=60), st.integers(1, 20))
def test_the_best_come_first_and_no_kind_takes_over_half_while_another_waits(kinds: list[int], limit: int) -> None:
    places = mix(kinds, limit)
    assert places == sorted(set(places))
    assert len(places) == min(limit, len(kinds))
    taken = [kinds[place] for place in places]
    waiting = {kind for place, kind in enumerate(kinds) if place not in places}
    for kind in set(taken):
        if taken.count(kind) > (limit + 1) // 2:  # two kinds cannot share three places evenly
            assert waiting <= {kind}
