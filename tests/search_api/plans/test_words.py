"""Everything a plan says is there in both languages."""

from collections.abc import Iterator
from string import Formatter
from typing import get_args

import pytest

from mappings.yaml_file import read_yaml
from search_api.plans.limits import Why
from search_api.plans.loosening import Loosened
from search_api.plans.plan_view import AlternativeId, OutcomeId
from search_api.plans.request import PlanRequest
from search_api.plans.words import WORDS_FILE, described, has


def entries() -> Iterator[tuple[str, str, dict[str, str]]]:
    for group, words in read_yaml(WORDS_FILE).items():
        yield from ((group, key, said) for key, said in words.items())


def blanks(text: str) -> set[str]:
    return {name for _text, name, _spec, _conversion in Formatter().parse(text) if name}


@pytest.mark.parametrize(
    ("group", "key", "said"), [pytest.param(*each, id=f"{each[0]}/{each[1]}") for each in entries()]
)
def test_words_are_there_in_both_languages_with_the_same_blanks(group: str, key: str, said: dict[str, str]) -> None:
    assert set(said) == {"en", "fr"}
    assert all(said.values())
    assert blanks(said["en"]) == blanks(said["fr"])


@pytest.mark.parametrize(
    ("group", "codes"),
    [
        ("why", get_args(Why)),
        ("outcome", get_args(OutcomeId)),
        ("alternatives", get_args(AlternativeId)),
        ("loosen", get_args(Loosened)),
        ("loosen_together", get_args(Loosened)),
        ("request", tuple(PlanRequest.model_fields)),
    ],
)
def test_every_code_has_its_words(group: str, codes: tuple[str, ...]) -> None:
    assert [code for code in codes if not has(group, code)] == []


def test_the_reference_says_both_languages() -> None:
    assert described("answer", "gap").count(" / ") == 1
