from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mappings.adapter import Adapter
from mappings.contract import Language
from mappings.index_body import MOST_OF_LISTING
from mappings.occupation_space import MOST_OF_QUERY, OccupationSpace, shares
from mappings.occupation_vectors import Rows
from mappings.vectors import Vectors, unit

WELDER, NURSE, COOK = "72106", "31301", "63200"
EN: Language = "en"


def unit_rows(*each: tuple[float, ...]) -> Vectors:
    return unit(np.array(each, np.float32).reshape(len(each), -1))


def rows(codes: tuple[str, ...], vectors: Vectors, language: Language = EN) -> Rows:
    return Rows(codes, tuple(language for _ in codes), vectors)


# Few passages are centred by their common mean; these have none.
PASSAGES = rows((WELDER, NURSE, COOK, COOK), unit_rows((1, 0, 0), (0, 1, 0), (-1, 0, 0), (0, -1, 0)))
NO_NAMES = Rows((), (), np.empty((0, 3), np.float32))


def space(names: Rows = NO_NAMES, adapter: Adapter | None = None) -> OccupationSpace:
    return OccupationSpace(PASSAGES, names, {}, adapter)


def test_occupations_are_there_once_in_ascending_order() -> None:
    assert space().codes.tolist() == [NURSE, COOK, WELDER]


def near_to(known: OccupationSpace, *vector: float) -> dict[str, float]:
    near = known.nearness(unit(np.array(vector, np.float32)), EN)
    return dict(zip(known.codes.tolist(), near.tolist(), strict=True))


def test_a_query_is_as_near_as_the_passages_are_in_the_mean() -> None:
    assert near_to(space(), -0.6, 0.8, 0) == pytest.approx({NURSE: 0.8, WELDER: -0.6, COOK: (0.6 - 0.8) / 2})


def test_the_nearest_name_counts_as_much_as_the_passages() -> None:
    names = rows((WELDER, WELDER), unit_rows((0, 0, 1), (0.6, 0, 0.8)))
    assert near_to(space(names), 0, 0, 1) == pytest.approx({NURSE: 0, WELDER: 0.5, COOK: 0})


def test_names_of_the_other_language_and_of_unknown_occupations_say_nothing() -> None:
    names = Rows((WELDER, "99999"), ("fr", EN), unit_rows((0, 0, 1), (0, 0, 1)))
    assert near_to(space(names), 0, 0, 1) == pytest.approx({NURSE: 0, WELDER: 0, COOK: 0})


def test_an_adapter_turns_passages_as_documents_and_names_as_queries() -> None:
    turn: Any = np.zeros((3, 3), np.float32)
    query, document = turn.copy(), turn.copy()
    query[2, 0], document[0, 1] = 5, 5
    names = rows((NURSE,), unit_rows((0, 0, 1)))
    found = near_to(space(names, Adapter("m", query, document)), 0, 1, 0)
    # The welder's passage now points where the nurse's does, and the nurse's name to the side.
    assert found[WELDER] == pytest.approx(5 / 26**0.5, abs=1e-3)
    assert found[NURSE] == pytest.approx(0.5, abs=1e-3)


def test_a_query_is_moved_towards_its_occupations_by_as_much_as_asked() -> None:
    known = OccupationSpace(rows((WELDER, NURSE), unit_rows((1, 0, 0), (-1, 0, 0))), NO_NAMES, {}, None)
    query = np.array([0.6, 0.8, 0], np.float32)
    near = known.nearness(query, EN)
    some, more = (known.expanded(query, near, strength) for strength in (0.5, 2))
    assert query[0] < some[0] < more[0]
    assert np.linalg.norm(more) == pytest.approx(1)
    assert known.expanded(query, near, 0) == pytest.approx(query)


def test_profiles_name_the_nearest_occupations_and_are_alike_when_these_are() -> None:
    known = space()
    listing = known.listing_profile([np.array([1, 0, 0], np.float32)])
    query = known.query_profile(known.nearness(np.array([1, 0, 0], np.float32), EN))
    assert max(listing, key=listing.__getitem__) == max(query, key=query.__getitem__) == WELDER
    assert sum(weight * listing.get(code, 0) for code, weight in query.items()) == pytest.approx(1, abs=0.01)


def test_a_listing_in_two_languages_is_as_near_as_the_nearer_text() -> None:
    one, two = (np.array(vector, np.float32) for vector in ((0, 0, 1), (0, 1, 0)))
    assert space().listing_profile([one, two]) == space().listing_profile([two, two])


def test_without_vectors_or_occupations_there_is_no_profile() -> None:
    assert space().listing_profile([]) == {}
    assert OccupationSpace(NO_NAMES, NO_NAMES, {}, None).listing_profile([np.array([1, 0, 0], np.float32)]) == {}


# Far enough apart to have shares of their own.
COSINES = st.integers(-100, 100).map(lambda hundredths: hundredths / 100)


@given(st.lists(COSINES, min_size=1, max_size=40), st.integers(1, 20))
def test_shares_add_up_to_one_at_most_and_keep_the_order(cosines: list[float], most: int) -> None:
    found = shares(np.array(cosines, np.float32), 0.05, most)
    assert 0 < found.sum() <= 1.001
    assert found.argmax() == np.argmax(np.array(cosines, np.float32)) or len(set(cosines)) < len(cosines)
    if len(set(cosines)) == len(cosines):
        assert np.count_nonzero(found) <= most


def test_profiles_are_short() -> None:
    codes = tuple(f"{number:05}" for number in range(60))
    vectors = unit(np.random.default_rng(1).normal(size=(60, 3)).astype(np.float32))
    known = OccupationSpace(rows(codes, vectors), NO_NAMES, {}, None)
    asked = np.array([1, 0, 0], np.float32)
    assert len(known.listing_profile([asked])) <= MOST_OF_LISTING
    assert len(known.query_profile(known.nearness(asked, EN))) <= MOST_OF_QUERY
