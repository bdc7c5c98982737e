"""On judged queries over real programmes, everything together is ahead of each part alone."""

import os
from dataclasses import replace

import pytest
from rich.console import Console

from tests.conftest import shared_path
from tests.relevance.collection import read_collection
from tests.relevance.evaluation import Scope, evaluate
from tests.relevance.measures import Row
from tests.relevance.service import Place

QUERIES = 30
ALONE = ("keyword", "vector")
SETS = ("titles-noc-en", "titles-noc-fr", "titles-onet-en")

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def rows(engine_url: str) -> dict[str, dict[str, Row]]:
    """The figures by set and way to search."""
    collection = read_collection(shared_path("relevance/nj-programs"))
    collection = replace(collection, sets=tuple(queries.sampled(QUERIES) for queries in collection.sets))
    # The folder `make relevance` keeps its vectors in: the second session encodes no document again.
    place = Place.of_environment({**os.environ, "OPENSEARCH_URL": engine_url})
    return {
        found.queries.name: found.rows
        for found in evaluate(place, collection, Console(quiet=True), Scope(("hybrid", *ALONE), depth=10))
    }


@pytest.mark.parametrize("name", SETS)
@pytest.mark.parametrize("alone", ALONE)
def test_everything_together_is_ahead_of_one_part_alone(rows: dict[str, dict[str, Row]], name: str, alone: str) -> None:
    together, part = rows[name]["hybrid"], rows[name][alone]
    assert together.ndcg_10 > part.ndcg_10, f"{name}: {together.ndcg_10:.3f} against {part.ndcg_10:.3f} of {alone}"
