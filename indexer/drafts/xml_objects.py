"""Nodes as objects, such as JSON has: what several elements of a name are told apart by becomes part of the name."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from indexer.drafts.names import words_of
from indexer.drafts.notations import OWN_TEXT, Steps, xml_literal
from indexer.drafts.xml_nodes import Node

XML_LANGUAGE = "@xml:lang"
LANGUAGES = frozenset(("lang", "language", "langue", "locale"))
KINDS = frozenset(
    ("type", "name", "kind", "key", "role", "rel", "unit", "units", "property", "class", "scheme", "genre")
)
LANGUAGE_TAG = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{1,8})*")
MOST_KINDS = 12  # values; an attribute with more is no kind
LONGEST = 60  # characters of one


@dataclass
class _Facts:
    """What is known of all elements at a path."""

    count: int = 0
    repeats: bool = False
    structured: bool = False  # holds elements, or attributes that stay
    parted: bool = False
    alone: Counter[str] = field(default_factory=Counter)  # by attribute, elements that hold nothing else
    values: dict[str, Counter[str]] = field(default_factory=dict)

    def see(self, node: Node) -> None:
        self.count += 1
        self.parted = self.parted or bool(node.parts)
        if not node.text and len(node.attributes) == 1:
            self.alone.update(list(node.attributes))
        for name, value in node.attributes.items():
            counts = self.values.setdefault(name, Counter())
            if value in counts or len(counts) <= MOST_KINDS:
                counts[value] += 1

    def says_more(self, name: str) -> bool:
        """Whether most elements hold something besides the attribute."""
        return self.alone[name] < self.count / 2


def _base(name: str) -> str:
    return name.rpartition(":")[2].removeprefix("@").lower()


def _is_kind(name: str, facts: _Facts) -> bool:
    """Whether an attribute tells what an element is for: by few values, with something besides."""
    counts = facts.values[name]
    variants = len(counts) + (counts.total() < facts.count)
    few = 1 < variants <= MOST_KINDS and all(0 < len(value) <= LONGEST and value.isprintable() for value in counts)
    return few and facts.repeats and bool(set(words_of(_base(name))) & KINDS) and facts.says_more(name)


def _is_language(name: str, facts: _Facts) -> bool:
    """Whether it says the language of the text in its element, and is not itself what the element says."""
    values = facts.values[name]
    tags = all(LANGUAGE_TAG.fullmatch(value) for value in values)
    return _base(name) in LANGUAGES and tags and 0 < len(values) <= MOST_KINDS and facts.says_more(name)


def _teller(facts: _Facts) -> str | None:
    """The attribute by which elements of one name are told apart, if any."""
    if facts.parted:
        return None
    return next((name for is_one in (_is_language, _is_kind) for name in facts.values if is_one(name, facts)), None)


def _qualified(name: str, node: Node, teller: str | None) -> str:
    """A name with what tells it from its like: `dc:title[lang('en')]`, `link[not(@rel)]`."""
    if teller is None:
        return name
    value = node.attributes.get(teller)
    if value is None:
        return f"{name}[not({teller})]"
    if teller == XML_LANGUAGE:
        return f"{name}[lang('{re.split('[-_]', value)[0].lower()}')]"
    literal = xml_literal(value)
    return f"{name}[{teller} = {literal}]" if literal else name


def _each(node: Node, steps: Steps) -> Iterator[tuple[Steps, Node]]:
    for name, part in node.parts:
        yield (*steps, name), part
        yield from _each(part, (*steps, name))


@dataclass
class Objects:
    """Turns records into objects alike: an element that stands twice in any of them is a list in all of them."""

    records: Sequence[Node]
    facts: dict[Steps, _Facts] = field(default_factory=dict)

    def made(self) -> list[dict[str, Any]]:
        self._look(self.records)
        tellers = {steps: _teller(facts) for steps, facts in self.facts.items()}
        told = [self._told(one, (), tellers) for one in self.records]
        self.facts = {}
        self._look(told)
        return [self._object(one, ()) for one in told]

    def _look(self, records: Sequence[Node]) -> None:
        for record in records:
            self._look_at(record, ())

    def _look_at(self, node: Node, steps: Steps) -> None:
        names = Counter(name for name, _ in node.parts)
        for name, part in node.parts:
            here = (*steps, name)
            facts = self.facts.setdefault(here, _Facts())
            facts.see(part)
            facts.repeats = facts.repeats or names[name] > 1
            facts.structured = facts.structured or bool(part.parts or part.attributes)
            self._look_at(part, here)

    def _told(self, node: Node, steps: Steps, tellers: dict[Steps, str | None]) -> Node:
        """The node with names qualified, and without the attributes that say no more than the names do."""
        parts = []
        for name, part in node.parts:
            here = (*steps, name)
            inner, teller = self._told(part, here, tellers), tellers[here]
            rest = {key: value for key, value in inner.attributes.items() if key != teller}
            parts.append((_qualified(name, part, teller), Node(rest, inner.text, inner.parts)))
        return Node(node.attributes, node.text, parts)

    def _object(self, node: Node, steps: Steps) -> dict[str, Any]:
        found: dict[str, Any] = dict(node.attributes)
        if node.text:
            found[OWN_TEXT] = node.text
        for name, part in node.parts:
            facts = self.facts[here := (*steps, name)]
            value = self._object(part, here) if facts.structured else part.text
            if facts.repeats:
                found.setdefault(name, []).append(value)
            else:
                found[name] = value
        return found
