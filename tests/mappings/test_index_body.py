"""The derived mapping, as a real OpenSearch takes it."""

from typing import Any

import pytest
from opensearchpy import OpenSearch
from opensearchpy.exceptions import RequestError

from mappings.contract import LANGUAGES, Contract
from mappings.index_body import FOLD, PROFILE, WORDS, index_body, properties, settings, vector_field
from mappings.listing import Listing
from mappings.text_paths import roots, stems
from tests.mappings.conftest import DIMENSION

FULL: dict[str, Any] = {
    "id": "x.1",
    "institution": {"id": "x", "name": {"en": "X College", "fr": "Collège X"}, "kind": "college"},
    "en": {"title": "Welding", "description": "Weld.", "outcomes": ["Weld a joint"]},
    "fr": {"title": "Soudage", "description": "Souder.", "outcomes": ["Souder un joint"]},
    "language": ["en", "fr"],
    "credential_type": "micro_credential",
    "delivery": "in_person",
    "hours": 36.5,
    "cost": 0,
    "osap": True,
    "osap_basis": "derived",
    "starts": ["2027-01-18"],
    "place": {"city": "Sudbury", "region": "Northern Ontario", "location": [-81.0, 46.5]},
    "partner": "Local 1",
    "skills": [{"id": "welding", "en": "Welding", "fr": "Soudage"}],
    "occupations": [
        {
            "code": "72106",
            "basis": "inferred",
            "score": 0.75,
            "evidence": {
                "named": [{"language": "en", "field": "title", "start": 0, "end": 6, "words": "welder"}],
                "shared": [{"id": "welding", "weight": 0.9}],
                "likeness": 0.5,
            },
        }
    ],
    "updated": "2026-10-14",
}


def put(engine: OpenSearch, index: str, body: dict[str, Any]) -> None:
    engine.index(index=index, body=body, params={"refresh": "true"})


def test_a_full_listing_with_its_vectors_is_accepted(engine: OpenSearch, index: str) -> None:
    vectors = {vector_field(language): [0.5] * DIMENSION for language in LANGUAGES}
    put(engine, index, {**Listing(**FULL).document(), **vectors})
    found = engine.search(index=index, body={"query": {"term": {"occupations.code": "72106"}}})
    assert found["hits"]["hits"][0]["_source"]["place"]["location"] == [-81.0, 46.5]


def test_evidence_is_kept_and_never_searched(engine: OpenSearch, index: str) -> None:
    put(engine, index, Listing(**{**FULL, "id": "x.told"}).document())
    for path, word in (("named.words", "welder"), ("shared.id", "welding")):
        query = {"query": {"match": {f"occupations.evidence.{path}": word}}}
        assert not engine.search(index=index, body=query)["hits"]["hits"]
    (kept,) = engine.search(index=index, body={"query": {"term": {"id": "x.told"}}})["hits"]["hits"]
    assert kept["_source"]["occupations"][0]["evidence"]["likeness"] == 0.5


def test_the_strict_mapping_refuses_an_unknown_field(engine: OpenSearch, index: str) -> None:
    with pytest.raises(RequestError, match="strict_dynamic_mapping_exception"):
        put(engine, index, {"id": "x.2", "colour": "red"})


def test_the_strict_mapping_refuses_an_unknown_member_of_an_object(engine: OpenSearch, index: str) -> None:
    with pytest.raises(RequestError, match="strict_dynamic_mapping_exception"):
        put(engine, index, {"id": "x.2", "place": {"street": "Main"}})


def test_a_vector_of_another_length_is_refused(engine: OpenSearch, index: str) -> None:
    with pytest.raises(RequestError):
        put(engine, index, {"id": "x.3", "vector_en": [0.5] * (DIMENSION + 1)})


def test_the_engine_holds_the_mapping_that_was_derived(engine: OpenSearch, index: str, contract: Contract) -> None:
    held = engine.indices.get_mapping(index=index)[index]["mappings"]
    assert held["dynamic"] == "strict"
    assert set(held["properties"]) == {*properties(contract), WORDS, PROFILE, FOLD, *map(vector_field, LANGUAGES)}


def test_the_meta_of_an_index_can_be_completed_without_touching_its_fields(engine: OpenSearch, index: str) -> None:
    before = engine.indices.get_mapping(index=index)[index]["mappings"]["properties"]
    engine.indices.put_mapping(index=index, body={"_meta": {"complete": True}})
    after = engine.indices.get_mapping(index=index)[index]["mappings"]
    assert after["_meta"] == {"complete": True}
    assert after["properties"] == before


def test_prose_that_is_only_shown_is_not_indexed(contract: Contract) -> None:
    unsearched = [item for item in contract.fields if item.is_prose and not item.has("match")]
    for item in unsearched:
        assert properties(contract)["en"]["properties"][item.name] == {"type": "text", "index": False}


def test_names_are_found_whatever_their_case_accents_and_apostrophes(engine: OpenSearch, index: str) -> None:
    put(engine, index, {"id": "x.4", "institution": {"id": "e", "name": {"fr": "Collège de l’Érable"}}})
    query = {"query": {"term": {"institution.name.fr.exact": "college DE L'erable"}}}
    found = engine.search(index=index, body=query)
    assert [hit["_source"]["id"] for hit in found["hits"]["hits"]] == ["x.4"]


def test_a_value_longer_than_any_name_is_kept_and_not_indexed(engine: OpenSearch, index: str) -> None:
    put(engine, index, {"id": "x.5", "en": {"title": "long " * 8000}})
    found = engine.search(index=index, body={"query": {"match": {"en.title": "long"}}})
    assert [hit["_source"]["id"] for hit in found["hits"]["hits"]] == ["x.5"]


def test_shards_and_replicas_are_settings(contract: Contract) -> None:
    body = index_body(contract, DIMENSION, {}, shards=3, replicas=2)["settings"]
    assert (body["index.number_of_shards"], body["index.number_of_replicas"]) == (3, 2)
    assert settings()["index.number_of_replicas"] == 0


def at(tree: dict[str, Any], path: str) -> dict[str, Any]:
    """The mapping of a field, or of one of its forms."""
    head, _, rest = path.partition(".")
    below = tree[head].get("properties") or tree[head].get("fields") or {}
    found: dict[str, Any] = at(below, rest) if rest else tree[head]
    return found


def test_the_index_knows_where_every_word_stands_that_a_hit_shows_marked(contract: Contract) -> None:
    tree = properties(contract)
    for item in contract.with_role("match"):
        for path in (*roots(item), *(path for language in LANGUAGES for path in stems(item, language))):
            assert at(tree, path)["index_options"] == "offsets", path
