import numpy as np
import pytest

from mappings.contract import LANGUAGES, Language
from mappings.occupation_vectors import Rows
from mappings.vectors import Vectors, centre, unit
from search_api.titles.meaning import OccupationMeanings
from tests.search_api.titles.making import COOK, NURSE, WELDER


def rows(*each: tuple[float, float]) -> Vectors:
    return unit(np.array(each, dtype=np.float32))


HELD = Rows(
    codes=(WELDER, NURSE, WELDER, NURSE),
    languages=("en", "en", "fr", "fr"),
    vectors=rows((1, 0), (0, 1), (1, 1), (-1, 1)),
)


def test_each_occupation_is_there_once_in_order() -> None:
    meanings = OccupationMeanings(HELD, "none")
    found = meanings.likeness(np.array([1, 0], np.float32))
    assert found.codes.tolist() == meanings.codes.tolist() == sorted([WELDER, NURSE])


@pytest.mark.parametrize(("query", "nurse", "welder"), [((1, 0), 0.0, 1.0), ((0, 1), 1.0, 0.5**0.5)])
def test_an_occupation_is_as_near_as_its_nearer_language(
    query: tuple[float, float], nurse: float, welder: float
) -> None:
    found = OccupationMeanings(HELD, "none").likeness(np.array(query, np.float32))
    assert dict(zip(found.codes.tolist(), found.cosines.tolist(), strict=True)) == pytest.approx(
        {NURSE: nurse, WELDER: welder}
    )


def test_what_all_passages_of_a_language_share_is_taken_out_of_them() -> None:
    dice = np.random.default_rng(6)
    shared = {"en": np.array([3, 0, 0]), "fr": np.array([0, 3, 0])}
    spoken: tuple[Language, ...] = tuple(language for language in LANGUAGES for _ in range(30))
    codes = tuple(f"{number % 30:05}" for number in range(60))
    vectors = unit(np.array([shared[language] + dice.normal(size=3) for language in spoken], np.float32))
    held = Rows(codes, spoken, vectors)
    rows = [row for row, language in zip(vectors, spoken, strict=True) if language == "fr"]
    asked = centre(rows[7], np.mean(rows, axis=0))
    assert OccupationMeanings(held).likeness(asked).cosines[7] == pytest.approx(1, abs=1e-5)
    assert OccupationMeanings(held, "none").likeness(asked).cosines[7] < 0.99


def test_no_occupations_are_like_nothing() -> None:
    empty = Rows((), (), np.empty((0, 2), np.float32))
    found = OccupationMeanings(empty).likeness(np.array([1, 0], np.float32))
    assert (len(found.codes), len(found.cosines)) == (0, 0)


def test_a_code_that_one_language_lacks_is_told_by_the_other() -> None:
    held = Rows((COOK, NURSE), ("fr", "en"), rows((1, 0), (0, 1)))
    found = OccupationMeanings(held, "none").likeness(np.array([1, 0], np.float32))
    assert found.codes[int(np.argmax(found.cosines))] == COOK
