"""Weights are learned from what each leg gave, judged on queries that were left out, and written to the one table."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from search_api import ranking
from search_api.ranking import RANKING, QueryKind, Weights
from tests.relevance.collection import Query
from tests.relevance.parts import LEGS, Candidates, candidates
from tests.relevance.weigh import rewritten
from tests.relevance.weighing import learn, learned, of_kind, pool, row_of, weights_of, worth

EVEN = Weights(0.25, 0.25, 0.25, 0.25)
WEIGHTS = {"keyword": 0.5, "semantic": 0.3, "profile": 0.2, "links": 0.0}


def told_by(leg: int, group: str, seed: int, kind: QueryKind = "text") -> Candidates:
    """A query whose answers one leg knows, and all others guess at."""
    generator = np.random.default_rng(seed)
    grades = np.zeros(30, np.float32)
    grades[generator.choice(30, 5, replace=False)] = 1
    scores = generator.random((30, len(LEGS))).astype(np.float32)
    scores[:, leg] = 0.5 * grades + 0.2 * generator.random(30)
    best = np.sort(grades)[::-1].astype(np.float32)
    return Candidates(kind, group, scores, np.zeros(30, np.float32), grades, best)


def hit(identifier: str, named: bool = False, **parts: float) -> dict[str, Any]:
    return {"id": identifier, "named": named, **dict.fromkeys(LEGS, 0.0), **parts}


def test_the_leg_that_knows_is_given_the_weight() -> None:
    one = pool([told_by(2, str(seed), seed) for seed in range(40)])
    weights = learned([one], row_of(EVEN))
    assert LEGS[int(weights.argmax())] == "profile"
    assert worth([one], weights) > worth([one], row_of(EVEN)) + 0.2
    assert weights.sum() == pytest.approx(1, abs=1e-5)


def test_a_leg_that_found_nothing_keeps_its_weight() -> None:
    found = [told_by(2, str(seed), seed) for seed in range(10)]
    for one in found:
        one.scores[:, 3] = 0
    assert learned([pool(found)], row_of(EVEN))[3] == 0.25


def test_what_is_left_out_gains_less_than_what_was_seen() -> None:
    sets = {"chance": [told_by(seed % 4, str(seed), seed) for seed in range(24)]}
    ((count, used, seen, unseen),) = learn(sets, EVEN, 4).figures.values()
    assert count == 24
    assert unseen < seen
    assert used <= seen


def test_sets_of_another_kind_have_no_say() -> None:
    sets = {"a": [told_by(0, "1", 1, "text"), told_by(0, "2", 2, "term")], "b": [told_by(0, "3", 3, "term")]}
    assert {name: len(each) for name, each in of_kind(sets, "text").items()} == {"a": 1}


def test_a_trace_is_read_as_calibrated_scores() -> None:
    debug = {"kind": "text", "weights": WEIGHTS, "fused": [hit("x.1", keyword=0.25, profile=0.2), hit("x.2", True)]}
    one = candidates(Query("q", "bookkeeper", "en", "12200"), {"x.2": 3, "x.9": 1}, debug)
    assert one.scores.tolist() == [[0.5, 0, 1, 0], [0, 0, 0, 0]]
    assert (one.grades.tolist(), one.best.tolist(), one.group) == ([0, 3], [3, 1], "12200")
    found = pool([one])
    # The named one stands first under any weights; of the judged listing that was not found the ideal knows.
    assert found.ndcg(row_of(EVEN)) == pytest.approx([3 / (3 + 1 / np.log2(3))])


def test_queries_without_hits_and_of_other_lengths_share_a_pool() -> None:
    debug: dict[str, Any] = {"kind": "text", "weights": WEIGHTS, "fused": []}
    nothing = candidates(Query("q", "x", "en"), {"x.9": 1}, debug)
    assert pool([nothing, told_by(0, "1", 1)]).ndcg(row_of(EVEN))[0] == 0


def test_the_table_is_rewritten_and_nothing_else() -> None:
    text = Path(ranking.__file__).read_text(encoding="utf-8")
    assert rewritten(text, RANKING.weights) == text
    changed = rewritten(text, {"term": Weights(0.1, 0.2, 0.3, 0.4)})
    assert '"term": Weights(keyword=0.10, semantic=0.20, profile=0.30, links=0.40)' in changed
    assert len(changed.splitlines()) == len(text.splitlines())


def test_a_table_without_the_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="text has 0 rows"):
        rewritten("RANKING = None", {"text": EVEN})


def test_weights_are_rounded_for_a_reader() -> None:
    assert weights_of(np.array([0.123, 0.377, 0.3, 0.2], np.float32)) == Weights(0.12, 0.38, 0.3, 0.2)
