import numpy as np
import pytest

from search_api.titles.calibration import Weights, together
from tests.titles.fitting import Case, fitted, loss

TRUE = Weights(meaning=20.0, titles=3.0, seen=0.02)


def made(count: int) -> list[Case]:
    """Questions over thirty occupations whose right one is drawn as the true weights say."""
    dice = np.random.default_rng(6)
    cases: list[Case] = []
    while len(cases) < count:
        shares = dice.dirichlet(np.full(30, 0.1)).astype(np.float32)
        cosines = dice.normal(0.1, 0.15, 30).astype(np.float32)
        nearest = float(dice.uniform(0.1, 0.9))
        told = together(shares, nearest, cosines, TRUE)
        drawn = int(np.searchsorted(np.cumsum(told), dice.uniform()))
        if drawn < 30:
            cases.append(Case(shares, nearest, cosines, np.arange(30) == drawn, 1 / count))
    return cases


def test_the_weights_that_made_the_answers_are_found_again() -> None:
    cases, start = made(1500), Weights(meaning=60.0, titles=1.0, seen=0.002)
    found = fitted(cases, start)
    assert loss(cases, found) == pytest.approx(loss(cases, TRUE), abs=0.01)
    assert loss(cases, start) > loss(cases, TRUE) + 0.05
    assert found.meaning == pytest.approx(TRUE.meaning, rel=0.25)
    assert found.titles == pytest.approx(TRUE.titles, rel=0.35)


def test_an_answer_held_impossible_costs_much_and_not_everything() -> None:
    shares, cosines = np.zeros(2, np.float32), np.array([1, -1], np.float32)
    wrong = Case(shares, 0.0, cosines, np.array([False, True]), 1.0)
    assert 10 < loss([wrong], Weights(100, 1, 0.1)) < 20
