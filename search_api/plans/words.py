"""What a plan says to people, by key, in the asked language."""

from functools import cache
from pathlib import Path
from typing import Any

from mappings.contract import LANGUAGES
from mappings.yaml_file import read_yaml

WORDS_FILE = Path(__file__).with_name("words.yml")


@cache
def _words() -> dict[str, dict[str, Any]]:
    body: dict[str, dict[str, Any]] = read_yaml(WORDS_FILE)
    return body


def has(group: str, key: str) -> bool:
    return key in _words()[group]


def say(group: str, key: str, language: str, **values: Any) -> str:
    """The words of a group such as `why`. Raises KeyError when there are none."""
    text: str = _words()[group][key][language]
    return text.format_map(values) if values else text


def described(group: str, key: str) -> str:
    """The words in both languages, for the reference."""
    return " / ".join(say(group, key, language) for language in LANGUAGES)
