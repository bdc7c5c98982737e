import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_api.titles.columns import KeyColumn, TextColumn
from search_api.titles.neighbours import Neighbours

TEXTS = ["spot welder", "welder", "registered nurse", "operating room nurse", "truck driver"]


@pytest.mark.parametrize("text", ["welder helper", "nurse", "drive truck", "operating welder"])
def test_the_cosines_are_those_of_tf_idf(text: str) -> None:
    # Imported here: two seconds that only one of the processes need spend.
    from sklearn.feature_extraction.text import TfidfVectorizer  # type: ignore[import-untyped] # noqa: PLC0415

    vectorizer = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), binary=True)
    # Our windows never leave out an n-gram's full length; words here are long enough for both to agree.
    matrix = vectorizer.fit_transform(TEXTS)
    known = vectorizer.transform([text])
    found = Neighbours.of(TEXTS).cosines(text)
    expected = (matrix @ known.T).toarray().ravel()
    assert np.argsort(-found, kind="stable").tolist() == np.argsort(-expected, kind="stable").tolist()
    # An n-gram that no title holds lengthens our vector only.
    assert np.all(found <= expected + 1e-6)


def test_a_text_is_nearest_to_itself() -> None:
    near = Neighbours.of(TEXTS).nearest("registered nurse", 2)
    assert near.rows.tolist()[0] == 2
    assert near.cosines[0] == pytest.approx(1, abs=1e-5)


def test_titles_that_share_nothing_are_left_out() -> None:
    assert Neighbours.of(TEXTS).nearest("xyz", 5).rows.tolist() == []


def test_unknown_words_make_a_text_farther_from_all() -> None:
    index = Neighbours.of(TEXTS)
    assert index.cosines("welder")[1] > index.cosines("welder zzzzzz")[1]


def test_no_titles_have_no_neighbours() -> None:
    assert Neighbours.of([]).nearest("welder", 5).rows.tolist() == []


@given(st.lists(st.text(max_size=20), max_size=20))
def test_texts_come_back_from_their_column(texts: list[str]) -> None:
    sound = [text.encode("utf-8", "ignore").decode() for text in texts]
    column = TextColumn(sound)
    assert [column[row] for row in range(len(column))] == sound


@given(st.lists(st.tuples(st.text(max_size=3), st.integers(0, 50))))
def test_rows_come_back_by_key(keyed: list[tuple[str, int]]) -> None:
    column = KeyColumn(keyed)
    for key, _row in keyed:
        assert column.rows(key).tolist() == sorted({row for other, row in keyed if other == key})
    assert column.rows("never there").tolist() == []
