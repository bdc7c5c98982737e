"""The parameters of a request."""

import pytest

from search_api.request_parsing import ParametersError
from search_api.suggest.request import LIMIT, SuggestQuery, parsed


def wrong(**given: list[str]) -> dict[str, str]:
    """Reasons by parameter."""
    with pytest.raises(ParametersError) as error:
        parsed(given, "en")
    return {problem.parameter: problem.reason for problem in error.value.problems}


def test_only_the_text_is_needed() -> None:
    asked = parsed({"q": ["weld"]}, "en")
    assert asked == SuggestQuery(q="weld", limit=LIMIT, types=[])


def test_types_may_be_repeated() -> None:
    assert parsed({"q": ["w"], "types": ["skill", "tool"], "limit": ["20"]}, "en").types == ["skill", "tool"]


def test_text_is_cleaned_of_control_characters_and_spare_spaces() -> None:
    assert parsed({"q": ["  soude\x00  e\u0301t"]}, "fr").text == "soude ét"


@pytest.mark.parametrize(
    ("given", "parameter"),
    [
        ({}, "q"),
        ({"q": [""]}, "q"),
        ({"q": ["x" * 101]}, "q"),
        ({"q": ["x"], "limit": ["0"]}, "limit"),
        ({"q": ["x"], "limit": ["21"]}, "limit"),
        ({"q": ["x"], "limit": ["many"]}, "limit"),
        ({"q": ["x"], "lang": ["de"]}, "lang"),
        ({"q": ["x"], "types": ["skills"]}, "types"),
        ({"q": ["x"], "query": ["x"]}, "query"),
        ({"q": ["x", "y"]}, "q"),
    ],
)
def test_a_wrong_parameter_is_named(given: dict[str, list[str]], parameter: str) -> None:
    assert list(wrong(**given)) == [parameter]


def test_every_wrong_parameter_is_named_at_once() -> None:
    assert set(wrong(q=[""], limit=["0", "1"], typ=["skill"])) == {"q", "limit", "typ"}


def test_a_near_value_is_proposed() -> None:
    assert "Did you mean skill?" in wrong(q=["x"], types=["skils"])["types"]
