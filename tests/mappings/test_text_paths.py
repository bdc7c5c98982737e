"""The paths a query names stand in the derived mapping, analysed as their names say."""

from typing import Any

import pytest

from mappings.contract import LANGUAGES, Contract
from mappings.index_body import properties
from mappings.text_paths import plain_fields, roots, stem_fields, stems, whole_fields, wholes


def at(contract: Contract, path: str) -> dict[str, Any]:
    """The mapping of a dotted path. Raises KeyError where there is none."""
    node: dict[str, Any] = {"properties": properties(contract)}
    for part in path.partition("^")[0].split("."):
        node = {**node.get("properties", {}), **node.get("fields", {})}[part]
    return node


def test_every_plain_field_is_words_as_written(contract: Contract) -> None:
    assert {at(contract, path)["analyzer"] for path in plain_fields(contract)} == {"plain"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_stemmed_field_is_analysed_in_its_language(contract: Contract, language: str) -> None:
    for item in contract.with_role("match"):
        for path in stems(item, "fr" if language == "fr" else "en"):
            assert at(contract, path)["analyzer"] == path.rpartition(".")[2], path
            if item.type != "name":
                assert path.endswith(f".{language}"), path


def test_every_whole_field_is_one_folded_keyword(contract: Contract) -> None:
    for path in whole_fields(contract):
        assert at(contract, path)["type"] == "keyword", path
        assert at(contract, path)["normalizer"] == "facet", path


def test_every_match_field_is_searched_in_both_languages(contract: Contract) -> None:
    for item in contract.with_role("match"):
        assert len(roots(item)) == (1 if item.type == "name" and not item.per_language else len(LANGUAGES)), item.name
        assert stem_fields(contract, "en"), item.name
        assert stem_fields(contract, "fr"), item.name


def test_every_exact_form_of_the_mapping_can_be_asked_for(contract: Contract) -> None:
    for item in contract.with_role("match"):
        if "exact" in at(contract, roots(item)[0]).get("fields", {}):
            assert wholes(item), item.name


def test_every_path_carries_its_fields_weight(contract: Contract) -> None:
    assert f"en.title^{contract.named('title').weight:g}" in plain_fields(contract)
    assert all("^" in path for path in (*plain_fields(contract), *stem_fields(contract, "fr")))
