"""Real programmes: on judged queries everything together is ahead of each part alone, and occupations are inferred.

Both stand in one file, so that one process encodes the programmes, and once.
"""

import os
from dataclasses import replace
from pathlib import Path

import pytest
from rich.console import Console

from indexer.inference import guessed, measured
from indexer.occupations import LEAST
from tests.conftest import shared_path
from tests.indexer.conftest import ASKED, shipped_workshop
from tests.relevance.collection import read_collection
from tests.relevance.evaluation import Scope, evaluate
from tests.relevance.measures import Row
from tests.relevance.service import Place

QUERIES = 30
ALONE = ("keyword", "vector")
SETS = ("titles-noc-en", "titles-noc-fr", "titles-onet-en")

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def rows(engine_url: str, sample_prefix: str) -> dict[str, dict[str, Row]]:
    """The figures by set and way to search. Loaded after the sample, so that occupations are encoded once for both."""
    assert sample_prefix
    collection = read_collection(shared_path("relevance/nj-programs"))
    collection = replace(collection, sets=tuple(queries.sampled(QUERIES) for queries in collection.sets))
    # Vectors and indices are the sessions': as long as nothing changed, the next one loads no document again.
    place = replace(Place.of_environment({**os.environ, "OPENSEARCH_URL": engine_url}), keeps=True)
    return {
        found.queries.name: found.rows
        for found in evaluate(place, collection, Console(quiet=True), Scope(("hybrid", *ALONE), depth=10))
    }


@pytest.mark.parametrize("name", SETS)
@pytest.mark.parametrize("alone", ALONE)
def test_everything_together_is_ahead_of_one_part_alone(rows: dict[str, dict[str, Row]], name: str, alone: str) -> None:
    together, part = rows[name]["hybrid"], rows[name][alone]
    ours, theirs = together.ndcg_10.mean, part.ndcg_10.mean
    assert ours > theirs, f"{name}: {ours:.3f} against {theirs:.3f} of {alone}"


def test_on_judged_programmes_seven_in_ten_inferred_occupations_are_right(tmp_path: Path, encoder_folder: Path) -> None:
    cases = shipped_workshop(tmp_path, encoder_folder).judged(shared_path("relevance/nj-programs"))
    at = measured([guessed(one) for one in cases], LEAST)
    assert at.judged > 50
    assert min(at.precision_first, at.precision_all) >= ASKED
    assert at.recall >= 0.3
