"""JSON-LD as things: contexts, graphs, lists, language maps and aliases of keywords are written out."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin

from indexer.readers.schema_org.contexts import Names, language_tag, with_context
from indexer.readers.schema_org.nodes import Node, Value, Words

DEPTH = 40  # things within things; a real description has six, and what is deeper is left out
# Longer texts are refused anyhow, and nobody should wait while ten megabytes are cleaned first.
LONGEST = 200_000
LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{2,8})*", re.IGNORECASE)
ABSOLUTE = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _address(value: Any, place: str) -> str:
    """A thing's address; one that counts only within its document is told apart by the document."""
    text = value.strip() if isinstance(value, str) else ""
    if not text or (ABSOLUTE.match(text) and not text.startswith("_:")):
        return text
    return f"{place} {text}"


def _is_language_map(body: dict[str, Any]) -> bool:
    return bool(body) and all(LANGUAGE.fullmatch(name) for name in body) and _are_texts(body.values())


def _are_texts(values: Any) -> bool:
    return all(isinstance(one, str) for value in values for one in _listed(value))


class Writer:
    """Writes out the things of one document; `place` is the page it stands in."""

    def __init__(self, place: str = "", names: Names | None = None) -> None:
        self.place, self.names = place, names or Names()

    def nodes(self, document: Any) -> list[Node]:
        """The things that stand at the top, those of graphs included."""
        return [one for one in self._values(document, self.names, 0) if isinstance(one, Node)]

    def within(self, document: dict[str, Any]) -> "Writer":
        """A writer of what stands in the document's graph, where its context holds."""
        return Writer(self.place, with_context(self.names, document.get("@context")))

    def _values(self, value: Any, names: Names, depth: int) -> Iterator[Value]:
        if isinstance(value, list):
            if depth < DEPTH:
                for one in value:
                    yield from self._values(one, names, depth + 1)
        elif isinstance(value, dict):
            yield from self._object(value, names, depth)
        elif isinstance(value, str):
            yield Words(value[:LONGEST], names.language)
        elif value is not None:
            yield value

    def _object(self, body: dict[str, Any], names: Names, depth: int) -> Iterator[Value]:
        if depth >= DEPTH:
            return
        if "@context" in body:
            names = with_context(names, body["@context"])
        keys = {names.short(key): key for key in body}
        if "@value" in keys:
            yield from self._value(body, keys, names)
        elif inner := next((keys[name] for name in ("@list", "@set") if name in keys), None):
            yield from self._values(body[inner], names, depth + 1)
        elif _is_language_map(body):
            yield from (Words(one[:LONGEST], tag.lower()) for tag, value in body.items() for one in _listed(value))
        else:
            yield from self._node(body, keys, names, depth)

    def _value(self, body: dict[str, Any], keys: dict[str, str], names: Names) -> Iterator[Value]:
        value, tag = body[keys["@value"]], body.get(keys.get("@language", ""))
        if isinstance(value, str):
            yield Words(value[:LONGEST], language_tag(tag) or names.language)
        elif isinstance(value, (int, float)):
            yield value

    def _node(self, body: dict[str, Any], keys: dict[str, str], names: Names, depth: int) -> Iterator[Node]:
        kinds = [one for one in _listed(body.get(keys.get("@type", ""))) if isinstance(one, str)]
        address = _address(body.get(keys.get("@id", "")), self.place)
        node = Node(tuple(map(names.short, kinds)), address, self.place)
        for name, key in keys.items():
            if not name.startswith("@"):
                node.values[name] = list(self._values(body[key], names, depth + 1))
        node.values = {name: values for name, values in node.values.items() if values}
        if node.values or node.kinds or node.address:
            yield node
        if "@graph" in keys:
            yield from (one for one in self._values(body[keys["@graph"]], names, depth + 1) if isinstance(one, Node))


def absolute(link: str, base: str) -> str:
    """A link as it leads from the page at `base`; as it is where that is not known or it cannot be joined."""
    try:
        return urljoin(base, link) if base and link else link
    except ValueError:
        return link
