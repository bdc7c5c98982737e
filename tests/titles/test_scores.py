import pytest

from mappings.reference import ExampleTitle
from search_api.titles import Candidate
from tests.titles.scores import Answer, by_basis, calibration, score, times

WELDER = ExampleTitle(code="72106", language="en", title="Welder")


def candidate(code: str, confidence: float = 0.5) -> Candidate:
    return Candidate(code, "a title", "en", "words", confidence)


def answer(*codes: str) -> Answer:
    return Answer(WELDER, tuple(candidate(code) for code in codes), 0.002)


def test_first_and_among_the_first_five_are_counted_apart() -> None:
    found = score([answer("72106"), answer("31301", "72106"), answer("1", "2", "3", "4", "5", "72106"), answer()])
    assert (found.asked, found.first, found.among) == (4, 0.25, 0.5)


def test_titles_without_an_answer_have_a_line_of_their_own() -> None:
    assert by_basis([answer(), answer("72106")])["nothing"].among == 0


def test_confidence_is_held_against_the_share_that_is_right() -> None:
    found = Answer(WELDER, (candidate("72106", 0.82), candidate("31301", 0.88)), 0.001)
    (step,) = calibration([found])
    assert (step.least, step.candidates, step.right) == (0.8, 2, 0.5)
    assert step.claimed == pytest.approx(0.85)


def test_times_are_in_milliseconds() -> None:
    assert times([answer()] * 3) == (2, 2)
    assert times([]) == (0, 0)
