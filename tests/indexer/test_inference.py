"""How inference is measured, and that what is measured holds."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.evidence import FEATURES
from indexer.failures import IndexerError
from indexer.fitting import SHARED, UNKNOWN, Case, fitted, halves_hidden, logistic
from indexer.inference import Guess, Guessed, bands, guessed, left_out, measured
from indexer.inference_report import curve
from indexer.judgements import judged_source, judgements
from indexer.occupations import LEAST, WEIGHTS, probabilities
from indexer.settings import ROOT
from tests.indexer.conftest import ASKED, Catalogue, shipped_workshop, workshop


def one(stated: int, *guesses: tuple[float, bool | None]) -> Guessed:
    return Guessed(tuple(Guess(score, right) for score, right in guesses), stated)


FOUND = [
    one(2, (0.9, True), (0.5, True), (0.3, False)),
    one(1, (0.8, False), (0.6, True)),
    one(1, (0.3, True)),
    one(0, (0.7, None), (0.6, False)),
]


def test_precision_counts_judged_guesses_from_the_threshold_up() -> None:
    at = measured(FOUND, 0.5)
    assert (at.precision_first, at.precision_all) == (1 / 2, 3 / 5)
    assert (at.judged, at.unjudged) == (5, 1)


def test_recall_is_over_all_known_codes_and_coverage_over_all_listings() -> None:
    at = measured(FOUND, 0.5)
    assert (at.recall, at.coverage) == (3 / 4, 3 / 4)


def test_where_nothing_is_guessed_every_share_is_zero() -> None:
    at = measured(FOUND, 0.95)
    assert (at.precision_first, at.precision_all, at.recall, at.coverage, at.judged) == (0, 0, 0, 0, 0)
    assert measured([], 0.5).recall == 0


def test_a_band_holds_the_judged_guesses_of_its_scores() -> None:
    counted = {band.low: (band.guesses, band.right) for band in bands(FOUND)}
    assert counted[0.3] == (2, 0.5)
    assert counted[0.6] == (2, 0.5)
    assert counted[0.7] == (0, 0)
    assert counted[0.9] == (1, 1)


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), max_size=3), st.floats(0, 1))
def test_a_higher_threshold_never_finds_more(guesses: list[tuple[float, bool]], least: float) -> None:
    found = [one(3, *guesses)]
    assert measured(found, least).recall <= measured(found, 0).recall


def test_the_curve_marks_the_threshold_in_use() -> None:
    (starred,) = (line for line in curve(FOUND) if line.startswith("*"))
    assert f"{LEAST:.2f}" in starred


def case(right: int | None, size: int = 6, likeness: float = 0.6) -> Case:
    """A listing like one occupation only, the right one."""
    table = np.zeros((size, len(FEATURES)))
    if right is not None:
        table[right, 0] = likeness
        table[:, 1] = table[:, 0] - likeness
    answer = np.arange(size) == (-1 if right is None else right)
    return Case(table, answer, np.ones(size, bool), int(right is not None))


def test_a_fit_finds_the_shares_that_made_the_data() -> None:
    random = np.random.default_rng(7)
    true = np.array([-1.0, 2.0, -0.5])
    table = random.normal(size=(20_000, 2))
    right = random.random(20_000) < probabilities(table, true)
    assert logistic(table, right) == pytest.approx(true, abs=0.1)


def test_a_fit_stays_finite_where_a_feature_parts_right_from_wrong() -> None:
    weights = fitted([case(right) for right in range(6)])
    assert np.isfinite(weights).all()
    assert weights[1] > 0


def test_half_the_terms_are_hidden_at_a_time_and_every_half_once() -> None:
    table = np.ones((5, len(FEATURES)))
    table[:, UNKNOWN] = 0
    even, odd = halves_hidden(table)
    assert even[:, SHARED].tolist() == [0, 1, 0, 1, 0]
    assert odd[:, SHARED].tolist() == [1, 0, 1, 0, 1]
    assert even[:, UNKNOWN].tolist() == [1, 0, 1, 0, 1]
    assert table[:, SHARED].all()


def test_a_listing_is_guessed_without_having_taught_the_parameters() -> None:
    # The only listing of its kind, and its right code is the one that looks least right among the others.
    odd = case(0)
    odd.table[:, 0] = -odd.table[:, 0]
    cases = [odd, *(case(number % 6) for number in range(1, 40))]
    apart = left_out(cases)
    assert len(apart) == len(cases)
    assert apart[0] == guessed(odd, fitted([one for number, one in enumerate(cases) if number % 10]))


def test_no_cases_give_no_parameters() -> None:
    assert not fitted([]).any()
    assert left_out([]) == []


def test_the_unjudged_are_neither_right_nor_wrong() -> None:
    sure = case(2, likeness=0.9)
    unknown = Case(sure.table, sure.right, np.zeros(6, bool), 0)
    assert guessed(sure, WEIGHTS).guesses[0].right is True
    assert guessed(unknown, WEIGHTS).guesses[0].right is None


QUERIES = [("q1", "72106"), ("q2", "72106"), ("q3", "12200"), ("q4", "13-1023")]


@pytest.fixture
def collection(tmp_path: Path) -> Path:
    folder = tmp_path / "programmes"
    folder.mkdir()
    rows = [{"_id": name, "text": "x", "occupation": code} for name, code in QUERIES]
    (folder / "t.queries.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    told = ["query-id\tcorpus-id\tscore", "q1\tp1\t1", "q2\tp2\t1", "q3\tp1\t1", "q3\tp3\t0", "q4\tp4\t1"]
    (folder / "t.qrels.tsv").write_text("\n".join(told), encoding="utf-8")
    programmes = [
        {"_id": "p1", "title": "Welder training", "text": "Become a welder: MIG and TIG."},
        {"_id": "p2", "title": "Welding for a welder", "text": "Join metal parts with welding equipment."},
        {"_id": "p3", "title": "Bread", "text": "Bake bread."},
    ]
    (folder / "corpus.jsonl").write_text("\n".join(map(json.dumps, programmes)), encoding="utf-8")
    return folder


def test_a_document_is_right_for_a_code_when_any_of_its_queries_has_it(collection: Path) -> None:
    assert judgements(collection) == {"judged.p1": {"72106", "12200"}, "judged.p2": {"72106"}}


def test_a_folder_without_judgements_is_refused_in_one_sentence(collection: Path, tmp_path: Path) -> None:
    with pytest.raises(IndexerError, match="has no query that names a NOC code"):
        judgements(tmp_path)
    (collection / "t.qrels.tsv").write_text("query-id\tcorpus-id\tscore\nq1\tp1\tmuch", encoding="utf-8")
    with pytest.raises(IndexerError, match="the judgements in programmes cannot be read"):
        judgements(collection)


def test_a_collection_is_read_as_a_feed_and_only_its_codes_are_judged(catalogue: Catalogue, collection: Path) -> None:
    mapping = catalogue.folder / "knowledge" / "feed_mappings" / "beir.yml"
    mapping.parent.mkdir()
    mapping.write_bytes((ROOT / "data" / "feed_mappings" / "beir.yml").read_bytes())
    cases = workshop(catalogue.settings).judged(collection)
    assert [(one.stated, one.judged.tolist()) for one in cases] == [
        (2, [False, True, True]), (1, [False, True, True]), (0, [False, True, True]),
    ]  # fmt: skip
    assert measured([guessed(one) for one in cases], LEAST).precision_first == 1


def test_the_codes_a_feed_gives_are_hidden_from_the_guess(catalogue: Catalogue) -> None:
    welding, books = workshop(catalogue.settings).stated()
    assert (welding.stated, welding.right.tolist()) == (1, [False, True, False])
    assert (books.stated, books.right.tolist()) == (1, [False, False, True])
    assert judged_source(Path("x"), Path("y")).file == Path("x/corpus.jsonl")


@pytest.mark.slow
def test_on_hidden_codes_of_the_sample_seven_in_ten_guesses_are_right(
    tmp_path: Path, encoder_folder: Path, sample_prefix: str
) -> None:
    # Loading the sample has encoded every text already.
    at = measured(left_out(shipped_workshop(tmp_path, encoder_folder).stated()), LEAST)
    assert min(at.precision_first, at.precision_all) >= ASKED
    assert min(at.recall, at.coverage) >= 0.6
