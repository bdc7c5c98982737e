"""Whole sentences and how they are understood: sentences.yml holds what was expected before any result was seen."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from mappings.contract import listing_contract
from mappings.knowledge import knowledge
from mappings.phrases import key_of
from mappings.yaml_file import read_yaml
from search_api.interpreter import Interpreter
from search_api.limits.places import gazetteer
from search_api.limits.reader import LimitReader, Said
from search_api.parameters import parameters_model
from search_api.understanding import Understanding

SENTENCES_FILE = Path(__file__).with_name("sentences.yml")
LEAST_RIGHT = 0.9

Sentence = Mapping[str, Any]
Applied = dict[str, set[str]]


@dataclass(frozen=True)
class Understood:
    """A sentence, what was read in it, and what is left of it means."""

    sentence: Sentence
    said: Said
    meaning: Understanding


def sentences() -> list[Sentence]:
    found: list[Sentence] = read_yaml(SENTENCES_FILE)["sentences"]
    return found


@pytest.fixture(scope="module")
def understood() -> list[Understood]:
    reader, interpreter = LimitReader(listing_contract(), gazetteer()), Interpreter(knowledge())
    today = read_yaml(SENTENCES_FILE)["today"]
    found = []
    for sentence in sentences():
        text, language = sentence["text"], sentence["language"]
        said = reader.read(text, language, today, interpreter.name_spans(text, language))
        found.append(Understood(sentence, said, interpreter.understand(said.core, language)))
    return found


def expected(sentence: Sentence) -> Applied:
    limits: dict[str, str | list[str]] = sentence["limits"]
    return {name: set(value) if isinstance(value, list) else {value} for name, value in limits.items()}


def applied(said: Said) -> Applied:
    found: Applied = defaultdict(set)
    for limit in said.certain:
        found[limit.parameter].add(limit.value)
    return dict(found)


def unsaid(sentence: Sentence, said: Said) -> Applied:
    allowed = expected(sentence)
    return {name: more for name, values in applied(said).items() if (more := values - allowed.get(name, set()))}


def named(meaning: Understanding) -> tuple[set[str], set[str]]:
    """NOC codes and ids of the vocabulary that are understood."""
    return set(meaning.occupations), {*meaning.ids("skills"), *meaning.ids("tools")}


def is_right(one: Understood) -> bool:
    """Subject, limits, occupations and terms all as expected; of the last nothing more."""
    wanted = set(one.sentence.get("occupation", ())), set(one.sentence.get("terms", ()))
    kept = key_of(one.said.core) == key_of(one.sentence["core"])
    return kept and applied(one.said) == expected(one.sentence) and named(one.meaning) == wanted


def report(wrong: list[Understood]) -> str:
    lines = (
        f"{one.sentence['text']!r}: core {one.said.core!r}, expected {one.sentence['core']!r}; "
        f"limits {applied(one.said)}, expected {expected(one.sentence)}; named {named(one.meaning)}, "
        f"expected {one.sentence.get('occupation')} {one.sentence.get('terms')}"
        for one in wrong
    )
    return "\n".join(("", *lines))


def test_there_are_thirty_sentences_in_each_language() -> None:
    languages = [sentence["language"] for sentence in sentences()]
    assert (languages.count("en"), languages.count("fr")) == (30, 30)
    assert len({sentence["text"] for sentence in sentences()}) == 60


def test_every_expected_limit_is_a_parameter_of_the_search() -> None:
    model, contract = parameters_model(listing_contract()), listing_contract()
    lists = {item.param for item in contract.with_role("filter") if not item.bounds and item.type != "flag"}
    for sentence in sentences():
        given = {
            name: value if isinstance(value, list) or name not in lists else [value]
            for name, value in sentence["limits"].items()
        }
        model.model_validate(given)


def test_every_expected_occupation_and_term_is_known() -> None:
    known = knowledge()
    for sentence in sentences():
        assert set(sentence.get("occupation", ())) <= known.occupations.keys(), sentence["text"]
        assert set(sentence.get("terms", ())) <= known.terms.keys(), sentence["text"]


def test_at_least_nine_sentences_in_ten_are_understood_whole(understood: list[Understood]) -> None:
    wrong = [one for one in understood if not is_right(one)]
    right = 1 - len(wrong) / len(understood)
    assert right >= LEAST_RIGHT, f"{right:.0%} right{report(wrong)}"


@pytest.mark.parametrize("language", ["en", "fr"])
def test_neither_language_falls_behind(language: str, understood: list[Understood]) -> None:
    own = [one for one in understood if one.sentence["language"] == language]
    wrong = [one for one in own if not is_right(one)]
    right = 1 - len(wrong) / len(own)
    assert right >= LEAST_RIGHT, f"{right:.0%} right{report(wrong)}"


def test_no_limit_is_applied_that_was_not_said(understood: list[Understood]) -> None:
    wrong = [one for one in understood if unsaid(one.sentence, one.said)]
    assert not wrong, f"{len(wrong)} of {len(understood)} sentences{report(wrong)}"
