import numpy as np
import pytest

from search_api.titles.calibration import ALIKE, MEANT, Table, alike, certainty_of, meant
from search_api.titles.meaning import nearest_by_vector
from search_api.titles.sharing import shares


def test_one_title_of_one_code_takes_all() -> None:
    assert shares([7, 7], [], []) == {7: 1.0}


def test_a_qualified_title_counts_less_than_a_whole_one() -> None:
    found = shares([1], [1, 2], [])
    assert found[1] > 2 * found[2] > 0
    assert sum(found.values()) == pytest.approx(1)


def test_behind_an_abbreviation_both_count_alike() -> None:
    assert shares([1], [2], [], qualified=1) == {1: 0.5, 2: 0.5}


def test_titles_with_qualifiers_alone_share_by_number() -> None:
    assert shares([], [1, 1, 2], []) == {1: pytest.approx(2 / 3), 2: pytest.approx(1 / 3)}


def test_a_word_that_one_code_owns_is_its_name() -> None:
    found = shares([1], [], [1] * 8 + [2, 3])
    assert found[1] == pytest.approx(0.9)


def test_a_word_that_hardly_belongs_to_its_code_names_no_single_one() -> None:
    found = shares([1], [], [1] + [2] * 10 + [3] * 10)
    assert found[2] == found[3] > found[1]


def test_a_word_of_one_title_is_no_sure_name() -> None:
    assert shares([], [], [4]) == {4: 0.5}


def test_nothing_met_is_nothing_shared() -> None:
    assert shares([], [], []) == {}


@pytest.mark.parametrize("table", [ALIKE, MEANT])
def test_confidence_never_falls_as_the_measure_rises(table: Table) -> None:
    assert list(table) == sorted(table)
    assert [share for _, share in table] == sorted(share for _, share in table)


def test_votes_of_far_titles_count_less() -> None:
    assert alike(1.0, 0.1) < 0.5 * alike(1.0, 0.6)
    assert alike(0.0, 1.0) == 0


def test_a_qualified_title_is_less_certain() -> None:
    assert certainty_of("normalised", whole=False, bearers=False) < certainty_of(
        "normalised", whole=True, bearers=False
    )


def test_the_nearest_vector_leaves_the_others_what_is_open() -> None:
    matrix = np.array([[1, 0], [0.8, 0.6], [0.6, 0.8]], dtype=np.float32)
    query = np.array([1, 0], dtype=np.float32)
    found = nearest_by_vector(["72106", "72106", "31301"], matrix, query)
    assert found[0] == ("72106", meant(1.0))
    assert [code for code, _ in found] == ["72106", "31301"]
    assert found[1][1] == pytest.approx(meant(0.6) * (1 - meant(1.0)))
