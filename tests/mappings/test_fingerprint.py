"""A reader knows by the fingerprint whether an index was written by its own recipe."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mappings import fingerprint as module
from mappings.contract import Contract
from mappings.embedding import Recipe
from mappings.fingerprint import contract_fingerprint, digest, fingerprint
from mappings.index_body import analysis

RECIPE = Recipe("some-model@abc", 384)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=12,
)


def reversed_keys(body: Any) -> Any:
    if isinstance(body, dict):
        return {key: reversed_keys(body[key]) for key in reversed(body)}
    return [reversed_keys(item) for item in body] if isinstance(body, list) else body


def with_first(contract: Contract, **changes: Any) -> Contract:
    first, *rest = contract.fields
    return replace(contract, fields=(replace(first, **changes), *rest))


@given(JSON)
def test_the_order_of_keys_does_not_matter(body: Any) -> None:
    assert digest(reversed_keys(body)) == digest(body)


def test_the_order_of_a_list_does_matter() -> None:
    assert digest([1, 2]) != digest([2, 1])


def test_the_same_contract_and_recipe_have_the_same_fingerprint(contract: Contract) -> None:
    assert fingerprint(contract, RECIPE) == fingerprint(contract, Recipe("some-model@abc", 384))
    assert len(fingerprint(contract, RECIPE)) == module.LENGTH


@pytest.mark.parametrize(
    "change",
    [{"model": "other"}, {"dimension": 768}, {"query_prefix": "q: "}, {"passage_prefix": "p: "}, {"max_tokens": 128},
     {"lower_case_queries": False}, {"text": "title"}, {"centring": "none"}, {"adapter": "abc"}],
)  # fmt: skip
def test_every_part_of_the_recipe_changes_the_fingerprint(contract: Contract, change: dict[str, Any]) -> None:
    assert fingerprint(contract, replace(RECIPE, **change)) != fingerprint(contract, RECIPE)


def test_a_recipe_has_no_part_the_test_above_leaves_out() -> None:
    parts = set(RECIPE.as_meta())
    assert parts == {
        "model", "dimension", "query_prefix", "passage_prefix", "max_tokens", "lower_case_queries", "text", "centring",
        "adapter",
    }  # fmt: skip


def test_another_field_type_changes_the_fingerprint(contract: Contract) -> None:
    assert fingerprint(with_first(contract, type="number"), RECIPE) != fingerprint(contract, RECIPE)


def test_another_field_name_changes_the_fingerprint(contract: Contract) -> None:
    assert contract_fingerprint(with_first(contract, name="code")) != contract_fingerprint(contract)


def test_another_label_changes_nothing_in_an_index(contract: Contract) -> None:
    label = replace(contract.fields[0].label, en="Code")
    assert contract_fingerprint(with_first(contract, label=label)) == contract_fingerprint(contract)


def test_another_analysis_changes_the_fingerprint(contract: Contract, monkeypatch: pytest.MonkeyPatch) -> None:
    before = fingerprint(contract, RECIPE)
    monkeypatch.setattr(module, "analysis", lambda: {**analysis(), "filter": {}})
    assert fingerprint(contract, RECIPE) != before


def test_what_is_worked_out_in_another_way_changes_the_fingerprint(
    contract: Contract, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = (contract_fingerprint(contract), fingerprint(contract, RECIPE))
    monkeypatch.setattr(module, "WORKED_OUT", module.WORKED_OUT + 1)
    assert contract_fingerprint(contract) != before[0]
    assert fingerprint(contract, RECIPE) != before[1]


def test_the_recipe_changes_nothing_for_keyword_search(contract: Contract) -> None:
    assert contract_fingerprint(contract) != fingerprint(contract, RECIPE)
    assert contract_fingerprint(contract) == contract_fingerprint(contract)
