"""Elements as nodes that outlive the reading of their file: what a path can ask for, and no more."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from indexer.cleaning import TAG
from indexer.drafts.xml_places import MARKUP, local
from indexer.drafts.xml_prefixes import Prefixes
from indexer.readers.xml_text import text_of

Element = etree._Element  # noqa: SLF001 - lxml has no other name for its elements
CUT = 4_000  # characters of a text; readings are told by its beginning
MOST_PARTS, MOST_NODES, DEEPEST = 200, 2_000, 8  # of an element; of a record; levels
LONGEST_NAME = 100


@dataclass
class Node:
    """An element's attributes, the text that stands in it, and its elements by name, in the file's order."""

    attributes: dict[str, str] = field(default_factory=dict)
    text: str = ""
    parts: list[tuple[str, "Node"]] = field(default_factory=list)


def _is_text(element: Element) -> bool:
    """Whether an element holds a passage: no elements, those of HTML, or text between its elements."""
    texts = (element.text, *(one.tail for one in element))
    return any(local(str(one.tag)).lower() in MARKUP for one in element) or any(map(_is_said, texts))


def _is_said(text: str | None) -> bool:
    return bool(text and text.strip())


def _text(element: Element) -> str:
    """The beginning of an element's text; that of empty passages is none."""
    text = text_of(element)[:CUT]
    return text if _is_said(TAG.sub("", text)) else ""


@dataclass
class Keeping:
    """Turns the elements of one record into nodes, as many as there is room for."""

    prefixes: Prefixes
    room: int = MOST_NODES
    letters: int = 0

    def node(self, element: Element, depth: int = 0) -> Node:
        """An element without what is too deep or too much."""
        self.room -= 1
        whole = len(element) == 0 or _is_text(element)
        found = Node(dict(self._attributes(element)), _text(element) if whole else "")
        self.letters += len(found.text) + sum(map(len, found.attributes.values()))
        if not whole and depth < DEEPEST:
            found.parts = [(name, self.node(one, depth + 1)) for name, one in self._inner(element)]
        return found

    def _attributes(self, element: Element) -> Iterator[tuple[str, str]]:
        for tag, value in zip(element.keys(), element.values(), strict=True):
            name = self.prefixes.name(str(tag), element)
            if name and len(name) <= LONGEST_NAME:
                yield f"@{name}", str(value).strip()[:CUT]

    def _inner(self, element: Element) -> Iterator[tuple[str, Element]]:
        for _, one in zip(range(MOST_PARTS), element, strict=False):
            name = self.prefixes.name(str(one.tag), one)
            if name and len(name) <= LONGEST_NAME and self.room > 0:
                yield name, one
