"""What is refused before it is served."""

from typing import Any

import pytest

from indexer import gate
from indexer.failures import GateError
from indexer.housekeeping import incomplete, line_of, outlived, previous_of
from indexer.load import Stored
from mappings.index_meta import IndexMeta

META: dict[str, Any] = {"fingerprint": "f", "contract": "c", "recipe": {}, "means": {}, "built": "2027-01-18T00:00:00Z"}


def stored(time: str, *, complete: bool = True, **more: Any) -> Stored:
    return Stored(f"x-{time}", time, IndexMeta.model_validate({**META, "complete": complete, **more}))


OLD, MIDDLE, NEW, BROKEN = stored("1"), stored("2"), stored("4"), stored("3", complete=False)
ALIEN = Stored("x-0", "0", None)


def test_nothing_to_load_is_refused() -> None:
    with pytest.raises(GateError, match="nothing to load"):
        gate.check_something(0)
    gate.check_something(1)


@pytest.mark.parametrize(
    ("before", "now", "limit"), [(10, 8, 0.2), (5, 4, 0.2), (1, 1, 0), (0, 0, 0.2), (10, 11, 0), (10, 0, 1)]
)
def test_a_source_may_shrink_to_its_limit(before: int, now: int, limit: float) -> None:
    assert not gate.shrank(before, now, limit)
    gate.check_shrink([("maple", before, now, limit)])


@pytest.mark.parametrize(("before", "now", "limit"), [(10, 7, 0.2), (1, 0, 0.2), (3, 2, 0.2), (1000, 999, 0)])
def test_a_source_that_shrank_further_is_refused_by_name_with_how_to_overrule(
    before: int, now: int, limit: float
) -> None:
    assert gate.shrank(before, now, limit)
    with pytest.raises(GateError, match=rf"maple would fall from {before} listings to {now}, .* FORCE=maple"):
        gate.check_shrink([("maple", before, now, limit)])


def test_lost_or_refused_documents_are_refused() -> None:
    gate.check_sent(2, 2, [])
    with pytest.raises(GateError, match="2 listings were sent but the index holds 1"):
        gate.check_sent(2, 1, [])
    with pytest.raises(GateError, match=r"did not take 1 of 2 listings, first m\.a: bad date"):
        gate.check_sent(2, 1, ["m.a: bad date"])


def test_a_sample_is_the_same_for_the_same_seed() -> None:
    assert gate.sampled(range(99), "a") == gate.sampled(range(99), "a") != gate.sampled(range(99), "b")
    assert sorted(gate.sampled(range(3), "a")) == [0, 1, 2]


SENT = {"id": "m.a", "cost": 5.0, "vector_en": [0.1, 0.2]}


@pytest.mark.parametrize(
    ("stored_document", "field"),
    [
        (SENT, None), ({**SENT, "vector_en": [0.1 + 1e-9, 0.2]}, None), ({**SENT, "cost": 6}, "cost"),
        (None, "all of it"), ({"id": "m.a", "cost": 5}, "vector_en"), ({**SENT, "vector_en": [0.1, 0.3]}, "vector_en"),
        ({**SENT, "vector_en": [0.1]}, "vector_en"), ({**SENT, "extra": 1}, "extra"),
    ],
)  # fmt: skip
def test_the_first_field_that_differs_is_named(stored_document: Any, field: str | None) -> None:
    assert gate.difference(SENT, stored_document) == field


def test_a_document_that_differs_is_refused_by_name() -> None:
    gate.check_sample([SENT], {"m.a": SENT})
    with pytest.raises(GateError, match=r"m\.a differs from what was sent in all of it"):
        gate.check_sample([SENT], {})


def test_the_previous_index_is_the_newest_complete_one_before_the_served() -> None:
    assert previous_of([ALIEN, OLD, MIDDLE, BROKEN, NEW], NEW) == MIDDLE
    assert previous_of([OLD, MIDDLE, NEW], OLD) is None


def test_what_was_served_before_is_known_by_name_where_it_still_is_there() -> None:
    after = stored("5", previous=OLD.name)
    assert list(line_of([OLD, MIDDLE, after], after)) == [OLD]
    assert list(line_of([MIDDLE, after], after)) == [MIDDLE]


def test_an_index_that_was_given_up_is_not_gone_back_to() -> None:
    given_up = stored("3", rolled_back="2027-01-19T00:00:00Z")
    assert list(line_of([OLD, MIDDLE, given_up, NEW], NEW)) == [MIDDLE, OLD]


def test_an_index_that_names_a_newer_one_as_its_previous_makes_no_ring() -> None:
    first, second = stored("1", previous="x-2"), stored("2", previous="x-1")
    assert list(line_of([first, second], second)) == [first]


def test_incomplete_indices_go_unless_served() -> None:
    assert incomplete([ALIEN, OLD, BROKEN], NEW) == ["x-0", "x-3"]
    assert incomplete([OLD, BROKEN], BROKEN) == []
    assert incomplete([BROKEN], None) == ["x-3"]


def test_the_served_index_and_as_many_before_it_as_are_kept_stay() -> None:
    everything = [OLD, MIDDLE, BROKEN, NEW]
    assert outlived(everything, NEW, 1) == [OLD.name, BROKEN.name]
    assert outlived(everything, NEW, 2) == [BROKEN.name]
    assert outlived(everything, MIDDLE, 5) == [BROKEN.name, NEW.name]
    assert outlived([NEW], NEW, 1) == []
