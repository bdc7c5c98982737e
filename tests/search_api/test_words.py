import string
from collections.abc import Iterator
from typing import Any

import pytest

from mappings.contract import LANGUAGES, Contract
from search_api.parameters import sort_names
from search_api.routes.pages import LIMITS, SORTS
from search_api.words import _words, has, say


def pairs(tree: Any, path: str = "") -> Iterator[tuple[str, dict[str, str]]]:
    """Every place where words stand, with them."""
    if set(tree) & set(LANGUAGES):
        yield path, tree
        return
    for key, below in tree.items():
        yield from pairs(below, f"{path}/{key}" if path else str(key))


def holes(text: str) -> set[str]:
    return {name for _literal, name, _spec, _conversion in string.Formatter().parse(text) if name}


def test_everything_is_said_in_both_languages_with_the_same_values() -> None:
    for path, words in pairs(_words()):
        assert set(words) == set(LANGUAGES), path
        assert holes(words["en"]) == holes(words["fr"]), path


def test_values_take_their_place_in_the_words() -> None:
    assert say("problems/listing-not-found/detail", "fr", id="a{b}").startswith(
        "Aucun titre ne porte l'identifiant a{b}."
    )


def test_words_that_are_not_there_are_a_fault_of_ours() -> None:
    assert not has("problems/no-such-thing")
    with pytest.raises(KeyError):
        say("problems/no-such-thing", "en")
    with pytest.raises(KeyError):
        say("problems/not-found/title", "de")


def test_the_page_has_words_for_every_order_and_limit_it_offers(contract: Contract) -> None:
    assert set(SORTS) <= set(sort_names(contract))
    assert all(has(f"sorts/{name}") for name in SORTS)
    assert all(has(f"page/{name}") for name in LIMITS)
