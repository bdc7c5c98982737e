import numpy as np
import pytest

from search_api.titles.calibration import (
    FEW,
    MANY,
    Calibration,
    Floats,
    Weights,
    alike,
    calibration_of,
    certainty_of,
    together,
)
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


@pytest.mark.parametrize("calibration", [FEW, MANY])
def test_confidence_never_falls_as_the_measure_rises(calibration: Calibration) -> None:
    table = calibration.alike
    assert list(table) == sorted(table)
    assert [share for _, share in table] == sorted(share for _, share in table)


@pytest.mark.parametrize("calibration", [FEW, MANY])
def test_votes_of_far_titles_count_less(calibration: Calibration) -> None:
    assert alike(1.0, 0.1, calibration.alike) < 0.5 * alike(1.0, 0.6, calibration.alike)
    assert alike(0.0, 1.0, calibration.alike) == 0


def test_where_few_titles_are_known_being_like_one_says_less() -> None:
    assert (calibration_of(14_000, 516), calibration_of(73_000, 516)) == (FEW, MANY)
    assert alike(0.8, 0.9, FEW.alike) < 0.8 * alike(0.8, 0.9, MANY.alike)
    votes, cosines = floats(0.8, 0.0), floats(0.2, 0.3)
    few, many = (together(votes, 0.6, cosines, one.weights)[0] for one in (FEW, MANY))
    assert few < many


def test_a_qualified_title_is_less_certain() -> None:
    assert certainty_of("normalised", whole=False, bearers=False) < certainty_of(
        "normalised", whole=True, bearers=False
    )


def floats(*each: float) -> Floats:
    return np.array(each, dtype=np.float32)


def test_titles_and_meaning_together_leave_something_to_none() -> None:
    found = together(floats(0, 0), 0.0, floats(0.5, 0.3), MANY.weights)
    assert found[0] > found[1] > 0
    assert found.sum() < 1


def test_more_votes_and_more_likeness_are_each_surer() -> None:
    plain = together(floats(0.2, 0.1), 0.5, floats(0.3, 0.3), MANY.weights)[0]
    assert together(floats(0.4, 0.1), 0.5, floats(0.3, 0.3), MANY.weights)[0] > plain
    assert together(floats(0.2, 0.1), 0.5, floats(0.4, 0.3), MANY.weights)[0] > plain


def test_the_nearer_a_title_is_the_less_meaning_counts() -> None:
    far, near = (together(floats(0.5, 0.0), nearest, floats(0.2, 0.4), MANY.weights) for nearest in (0.1, 0.9))
    assert far[0] < far[1]
    assert near[0] > near[1]


def test_what_nothing_speaks_for_is_hardly_any_occupation() -> None:
    assert together(floats(0, 0, 0), 0.0, floats(0.05, 0.1, 0.0), MANY.weights).sum() < 0.01


def test_odds_however_large_are_numbers() -> None:
    assert np.isfinite(together(floats(1, 0), 1.0, floats(1, -1), Weights(4000, 4000, 1e-9))).all()
