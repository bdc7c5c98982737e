"""listings.yml is read into typed rows, and says nothing that contradicts itself."""

import re
from typing import Any

import pytest
import yaml

from mappings.contract import CONTRACT_FILE, LANGUAGES, Contract, parse_contract

ROLES = {"match", "filter", "facet", "sort", "return", "suggest"}


@pytest.fixture
def raw() -> dict[str, Any]:
    body: dict[str, Any] = yaml.safe_load(CONTRACT_FILE.read_text(encoding="utf-8"))
    return body


def small(**field: Any) -> dict[str, Any]:
    row = {"name": "cost", "type": "number", "roles": ["filter"], "label": {"en": "Cost", "fr": "Coût"}, **field}
    return {"fields": [row], "choices": {}, "languages": {}}


def test_a_field_carries_its_type_roles_and_labels_in_both_languages() -> None:
    cost = parse_contract(small(bounds=["min", "max"], column=True)).named("cost")
    assert (cost.type, cost.roles, cost.bounds, cost.column) == ("number", frozenset({"filter"}), ("min", "max"), True)
    assert [cost.label.in_language(language) for language in LANGUAGES] == ["Cost", "Coût"]


def test_a_field_is_asked_for_by_its_own_name_unless_another_is_given() -> None:
    assert parse_contract(small()).named("cost").param == "cost"
    assert parse_contract(small(param="price")).named("cost").param == "price"


def test_an_unknown_key_in_the_contract_is_refused() -> None:
    with pytest.raises(TypeError, match="wieght"):
        parse_contract(small(wieght=2))


@pytest.mark.parametrize("key", ["name", "type", "roles", "label"])
def test_a_field_without_one_of_its_keys_is_refused(key: str) -> None:
    body = small()
    del body["fields"][0][key]
    with pytest.raises((KeyError, TypeError)):
        parse_contract(body)


def test_an_unknown_field_name_is_a_key_error(contract: Contract) -> None:
    with pytest.raises(KeyError):
        contract.named("price")


def test_every_field_is_named_once_and_every_parameter_leads_to_one_field(contract: Contract) -> None:
    names = [item.name for item in contract.fields]
    assert len(set(names)) == len(names)
    params = [item.param for item in contract.with_role("filter")]
    assert len(set(params)) == len(params)


def test_every_field_has_a_known_role_and_two_labels(contract: Contract) -> None:
    for item in contract.fields:
        assert item.roles, item.name
        assert item.roles <= ROLES, item.name
        assert item.label.en, item.name
        assert item.label.fr, item.name


def test_every_column_of_the_template_explains_itself_in_both_languages(contract: Contract) -> None:
    for item in contract.columns():
        assert item.help is not None, item.name
        assert item.help.en, item.name
        assert item.help.fr, item.name


def test_no_two_columns_share_a_header_in_a_language(contract: Contract) -> None:
    for language in LANGUAGES:
        headers = [item.label.in_language(language).casefold() for item in contract.columns()]
        assert len(set(headers)) == len(headers)


def test_every_choice_field_names_a_list_that_exists_and_every_list_is_used(contract: Contract) -> None:
    used = {item.choices for item in contract.fields if item.type == "choice"}
    assert used == set(contract.choices)


def test_no_word_of_a_closed_list_stands_for_two_of_its_values(contract: Contract) -> None:
    for name, values in contract.choices.items():
        said = [
            (word.casefold(), choice.id)
            for choice in values
            for word in {choice.id, choice.label.en, choice.label.fr, *choice.words}
        ]
        for word, value in said:
            assert {other for text, other in said if text == word} == {value}, f"{word} in {name}"


def test_choice_ids_can_stand_in_an_address(contract: Contract) -> None:
    for values in contract.choices.values():
        assert all(re.fullmatch(r"[a-z][a-z0-9_-]*", choice.id) for choice in values)


def test_a_choice_is_shown_in_the_readers_language_and_an_open_value_as_it_is(contract: Contract) -> None:
    assert contract.choice_label("delivery", "online", "fr") == "En ligne"
    assert contract.choice_label("delivery", "online", "en") == "Online"
    assert contract.choice_label("place.city", "Sudbury", "fr") == "Sudbury"


def test_a_bound_is_given_only_for_what_can_be_ordered(contract: Contract) -> None:
    assert all(item.type in {"number", "date"} for item in contract.fields if item.bounds)


def test_only_words_are_matched_and_every_match_has_a_weight(contract: Contract) -> None:
    for item in contract.with_role("match"):
        assert item.is_prose or item.type in {"name", "term"}, item.name
        assert item.weight > 0, item.name


def test_the_title_counts_most(contract: Contract) -> None:
    heaviest = max(contract.with_role("match"), key=lambda item: item.weight)
    assert heaviest.name == "title"


def test_terms_and_occupations_are_filtered_by_their_id_and_code(contract: Contract) -> None:
    assert contract.named("skills").path == "skills.id"
    assert contract.named("occupations").path == "occupations.code"
    assert contract.named("hours").path == "hours"
    assert contract.named("cost").path == "cost_cad"


def test_the_shipped_contract_parses_to_as_many_fields_as_it_lists(contract: Contract, raw: dict[str, Any]) -> None:
    assert [item.name for item in contract.fields] == [row["name"] for row in raw["fields"]]
