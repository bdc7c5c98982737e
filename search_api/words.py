"""What the reader says to people, by key, in the asked language."""

from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from mappings.yaml_file import read_yaml

# More than there are.
PATHS_KEPT = 4096
WORDS_FILE = Path(__file__).with_name("words.yml")


@cache
def _words() -> dict[str, Any]:
    body: dict[str, Any] = read_yaml(WORDS_FILE)
    return body


def has(path: str) -> bool:
    return _find(path) is not None


@lru_cache(PATHS_KEPT)
def _find(path: str) -> Any:
    found: Any = _words()
    for key in path.split("/"):
        found = found.get(key) if isinstance(found, dict) else None
    return found


def say(path: str, language: str, **values: Any) -> str:
    """The words at a path such as `problems/not-found/title`. Raises KeyError when there are none."""
    found = _find(path)
    if not isinstance(found, dict) or language not in found:
        raise KeyError(path)
    text: str = found[language]
    return text.format_map(values) if values else text
