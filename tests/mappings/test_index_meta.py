"""How indices are named, and what one says about itself."""

import datetime as dt
from fnmatch import fnmatchcase

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from opensearchpy import OpenSearch

from mappings.contract import Contract
from mappings.embedding import Means, Recipe
from mappings.fingerprint import fingerprint
from mappings.index_meta import (
    TIME_FORMAT,
    IndexMeta,
    SourceMeta,
    index_name,
    index_pattern,
    index_time,
    new_meta,
)
from mappings.listing import Institution, Names

BUILT = dt.datetime(2027, 1, 18, 3, 0, 5, tzinfo=dt.UTC)
PREFIXES = st.from_regex(r"[a-z0-9][a-z0-9-]{0,30}", fullmatch=True)
FINGERPRINTS = st.from_regex(r"[0-9a-f]{12}", fullmatch=True)
TIMES = st.datetimes(min_value=dt.datetime(1970, 1, 1), max_value=dt.datetime(2999, 1, 1))  # noqa: DTZ001 - hypothesis wants naive bounds


def test_an_index_is_named_by_prefix_fingerprint_and_time() -> None:
    assert index_name("listings", "0123456789ab", BUILT) == "listings-0123456789ab-20270118030005"


@given(PREFIXES, FINGERPRINTS, TIMES)
def test_a_prefix_matches_its_own_indices(prefix: str, mark: str, built: dt.datetime) -> None:
    assert fnmatchcase(index_name(prefix, mark, built), index_pattern(prefix))


@given(PREFIXES, FINGERPRINTS, TIMES)
def test_the_time_in_a_name_is_read_back(prefix: str, mark: str, built: dt.datetime) -> None:
    assert index_time(index_name(prefix, mark, built), prefix) == built.strftime(TIME_FORMAT)


@given(PREFIXES, PREFIXES, FINGERPRINTS, TIMES)
def test_an_index_of_another_prefix_has_no_time_for_this_one(
    one: str, other: str, mark: str, built: dt.datetime
) -> None:
    assume(one != other)
    assert index_time(index_name(other, mark, built), one) is None
    assert index_time(index_name(f"{one}-{other}", mark, built), one) is None
    assert index_time(index_name(one, mark, built), f"{one}-{other}") is None


@pytest.mark.parametrize("name", ["listings", "listings-1", "listings-0123456789ab-2027", "my-listings-backup-2027"])
def test_what_is_not_named_like_an_index_has_no_time(name: str) -> None:
    assert index_time(name, "listings") is None


@given(PREFIXES, FINGERPRINTS, TIMES, TIMES)
def test_the_newest_index_is_the_last_by_name(prefix: str, mark: str, one: dt.datetime, other: dt.datetime) -> None:
    earlier, later = sorted((one, other))
    assert index_name(prefix, mark, earlier) <= index_name(prefix, mark, later)


def test_the_engine_finds_the_indices_of_a_prefix_by_its_pattern(engine: OpenSearch, prefix: str) -> None:
    own, other = (index_name(name, "0" * 12, BUILT) for name in (prefix, f"other-{prefix}"))
    for name in (own, other):
        engine.indices.create(index=name)
    try:
        assert set(engine.indices.get(index=index_pattern(prefix))) == {own}
    finally:
        engine.indices.delete(index=f"{own},{other}")


def a_meta(contract: Contract) -> IndexMeta:
    mean = np.arange(4, dtype=np.float32)
    return new_meta(contract, Recipe("m", 4), Means({"en": mean}, {"fr": mean}), BUILT)


def test_a_new_meta_is_not_complete_and_carries_its_fingerprint(contract: Contract) -> None:
    meta = a_meta(contract)
    assert not meta.complete
    assert meta.fingerprint == fingerprint(contract, Recipe("m", 4))


def test_a_meta_reads_back_from_the_engine_as_it_was_written(
    engine: OpenSearch, prefix: str, contract: Contract
) -> None:
    institution = Institution(id="x", name=Names(en="X"))
    meta = a_meta(contract).model_copy(update={"sources": (SourceMeta(id="x", listings=3, institution=institution),)})
    name = index_name(prefix, meta.fingerprint, BUILT)
    engine.indices.create(index=name, body={"mappings": {"_meta": meta.model_dump(mode="json")}})
    held = engine.indices.get_mapping(index=name)[name]["mappings"]["_meta"]
    assert IndexMeta(**held) == meta
    assert np.array_equal(IndexMeta(**held).mean_vectors().query["en"], np.arange(4, dtype=np.float32))
