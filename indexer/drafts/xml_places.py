"""Which elements of an XML file are its records: every path of elements, counted in constant memory."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from indexer.drafts.names import is_of_a_person, words_of
from indexer.drafts.sample import RUNS, TITLES
from indexer.failures import SourceError
from indexer.readers.xml import DEEPEST, Element, events_of
from indexer.rules import problem

LOOKED_AT = 200_000  # elements; a file whose first ones show no list has none
MOST_PLACES, DEEP = 1_000, 12  # paths kept; steps of one
RECORDS = frozenset((
    "course", "program", "programme", "cours", "formation", "credential", "listing", "offering", "offer", "offre",
    "result", "item", "record", "product", "entry", "training", "certificate", "certificat", "microcredential",
))  # fmt: skip
XML_RUNS = RUNS | frozenset((
    "run", "session", "seance", "instance", "section", "event", "start", "date", "topic", "tag", "presentation",
    "action", "schedule", "field", "location", "lieu", "venue", "provider", "channel",
))  # fmt: skip
# Elements of text: what they hold is a passage and no list.
MARKUP = frozenset((
    "p", "div", "br", "ul", "ol", "li", "b", "i", "u", "em", "strong", "span", "h1", "h2", "h3", "h4", "h5", "h6", "a",
    "table", "tr", "td", "th", "sub", "sup", "para", "paragraph", "block", "subblock", "blockquote",
))  # fmt: skip


def local(tag: str) -> str:
    """A name without its namespace."""
    return tag.rpartition("}")[2]


@dataclass
class Place:
    """A path of elements from the root, how many there are, and what its elements hold, by name."""

    tags: tuple[str, ...]
    count: int = 0
    parts: set[str] = field(default_factory=set)
    titled_within: bool = False  # in an element of its own, of which each has one

    @property
    def is_titled(self) -> bool:
        return any(TITLES & set(words_of(name)) for name in self.parts)

    @property
    def name(self) -> str:
        return local(self.tags[-1])

    @property
    def is_possible(self) -> bool:
        """Whether its elements hold two things at least, and are neither passages of text nor people."""
        return len(self.parts) > 1 and self.name.lower() not in MARKUP and not is_of_a_person((self.name,))

    @property
    def weight(self) -> tuple[float, int]:
        """How much it looks like the records: many, with titles, called so, and no runs; the outer of two alike."""
        words = words_of(self.name)
        whole, part = {"".join(words)} & RECORDS, set(words) & RECORDS
        called = 100 if whole else 0.01 if set(words) & XML_RUNS and not part else 30 if part else 1
        return self.count * called * (10 if self.is_titled or self.titled_within else 1), -len(self.tags)


class Places:
    """The paths met so far, and the one the reading stands at."""

    def __init__(self) -> None:
        self.found: dict[tuple[str, ...], Place] = {}
        self.open: list[str] = []

    def begin(self, element: Element) -> None:
        if len(self.open) < DEEP:
            self._hold(local(str(element.tag)))
        self.open.append(str(element.tag))
        if len(self.open) > DEEP:
            return
        tags = tuple(self.open)
        if tags in self.found or len(self.found) < MOST_PLACES:
            place = self.found.setdefault(tags, Place(tags))
            place.count += 1
            for name in map(local, list(map(str, element.keys()))[:100]):
                self._hold(name)

    def _hold(self, name: str) -> None:
        place = self.found.get(tuple(self.open))
        if place and len(place.parts) < MOST_PLACES:
            place.parts.add(name)


def _forget(element: Element) -> None:
    """Empties an element that has ended, and takes out those before it."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def first_events(path: Path, encoding: str | None) -> Iterator[tuple[str, Element]]:
    """Beginnings and ends of the first elements; spent ones are gone. Raises SourceError."""
    with events_of(path, encoding) as (source, events):
        depth = 0
        for count, (event, element) in enumerate(events):
            depth += 1 if event == "start" else -1
            if depth > DEEPEST:
                raise SourceError(problem("xml_too_deep", file=path.name, limit=DEEPEST))
            yield event, element
            if event == "end":
                source.finished()
                _forget(element)
            if count > 2 * LOOKED_AT:
                return


def places_in(path: Path, encoding: str | None) -> list[Place]:
    """What may be the records, the likeliest first. Raises SourceError where the file is no XML, or hostile."""
    places = Places()
    for event, element in first_events(path, encoding):
        if event == "start":
            places.begin(element)
        else:
            places.open.pop()
    for tags, place in places.found.items():
        if place.is_titled and (outer := places.found.get(tags[:-1])) and outer.count >= place.count:
            outer.titled_within = True
    possible = (one for one in places.found.values() if one.is_possible)
    return sorted(possible, key=lambda one: one.weight, reverse=True)
