"""Texts of a thing by language, and the short names it is called by."""

import re
from collections.abc import Iterator
from functools import lru_cache

from indexer.cells import is_blank
from indexer.cleaning import key, line, written
from indexer.readers.schema_org.graphs import Graph
from indexer.readers.schema_org.nodes import Node, Value, Words
from mappings.contract import LANGUAGES

# Where the words of a thing are looked for: a defined term, a value with a property, an alignment, a code.
NAMES = ("name", "targetName", "credentialCategory", "value", "termCode", "codeValue", "alternateName", "description")
TRUE = frozenset({"true", "yes", "1"})
TAG = re.compile(r"[A-Za-z]{2}(?:[-_][A-Za-z0-9]{2,8})*")
OTHER = "other"
# Longer words are no category, code or kind; they are not looked into further.
LONGEST_LABEL = 500
KEPT = 2_000  # texts


@lru_cache(KEPT)
def one_line(text: str) -> str:
    """The text on one line. Modes, places and currencies are the same from course to course."""
    return line(text)


def words(value: Value, graph: Graph) -> Iterator[Words]:
    """What a value says in words: its text, or the first name of the thing."""
    if isinstance(value, Words):
        yield value
    elif isinstance(value, Node):
        node = graph.whole(value)
        for name in NAMES:
            found = [one for one in node.values.get(name, ()) if isinstance(one, Words) and not is_blank(one.text)]
            if found:
                yield from found
                return
    elif not isinstance(value, bool):
        yield Words(written(value))


def texts(node: Node, graph: Graph, *names: str) -> list[Words]:
    """The texts under the first of the names that says something."""
    for name in names:
        if values := node.values.get(name):
            found = [one for value in values for one in words(value, graph) if not is_blank(one.text)]
            if found:
                return found
    return []


def by_language(found: list[Words]) -> dict[str | None, list[str]]:
    """Texts by our language, by None where none is said, by the tag's own where it is neither English nor French."""
    grouped: dict[str | None, list[str]] = {}
    for one in found:
        tag = one.language.split("-")[0] if one.language else None
        grouped.setdefault(tag, []).append(one.text)
    return grouped


def is_ours(tag: str | None) -> bool:
    return tag is None or tag in LANGUAGES


def first_text(node: Node, graph: Graph, *names: str) -> str:
    """The first text under the names, on one line; nothing where there is none."""
    return next((one_line(one.text) for one in texts(node, graph, *names)), "")


def labels(node: Node, graph: Graph, *names: str) -> list[str]:
    """Every short text under all the names, on one line each."""
    found = (one.text for name in names for one in texts(node, graph, name))
    return [one_line(text) for text in found if len(text) <= LONGEST_LABEL]


def instruction_languages(node: Node, graph: Graph) -> list[str]:
    """`en` for `en-CA`, the list's own word for another language's tag; words such as “English” as they are."""
    found = labels(node, graph, "inLanguage", "availableLanguage")
    return list(dict.fromkeys(map(_language, found)))


def _language(text: str) -> str:
    if not TAG.fullmatch(text):
        return text
    code = text[:2].lower()
    return code if code in LANGUAGES else OTHER


def is_true(node: Node, graph: Graph, name: str) -> bool:
    values = node.values.get(name, ())
    return any(value is True for value in values) or any(key(one) in TRUE for one in labels(node, graph, name))
