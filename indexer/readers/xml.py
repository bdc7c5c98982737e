"""XML: the records of a file one after the other, in the memory of one.

Nothing is fetched and no entity is followed. What the parser would allow without end is limited here: how deep
elements stand, how large a record is, and how much stands beside records and is kept for paths that look up.
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from xml.parsers import expat

from lxml import etree

from indexer.failures import SourceError
from indexer.readers.encoding import guess_notes
from indexer.readers.records import Numbered
from indexer.readers.xml_bytes import RECORD_MEGABYTES, Bytes, check_prolog, encoding_of, opened
from indexer.rules import Issue, problem

DEEPEST = 200
MOST_IN_RECORD = 200_000  # elements
# What an element weighs in memory, in letters, and the most that is kept beside the records: some 40 MB.
ELEMENT_WEIGHT, MOST_KEPT = 100, 20_000_000
MOST_NOTES = 100
STEP = re.compile(r"(?:([\w.-]+):)?([\w.-]+)")
ROOT = ""
XML_NAMESPACE = "{http://www.w3.org/XML/1998/namespace}"

Element = etree._Element  # noqa: SLF001 - lxml has no other name for its elements
Steps = tuple[str, ...]


def _step(text: str, namespaces: Mapping[str, str]) -> str:
    found = STEP.fullmatch(text)
    if not found or (found[1] and found[1] not in namespaces):
        raise ValueError(f"{text!r} is not the name of an element")
    return f"{{{namespaces[found[1]]}}}{found[2]}" if found[1] else found[2]


def paths_of(expression: str, namespaces: Mapping[str, str]) -> tuple[Steps, ...]:
    """The element paths of `a`, `a/b`, `/root/a` or several with bars between. Raises ValueError for anything else."""
    found = []
    for part in expression.split("|"):
        text = part.strip().removeprefix("//")
        steps = tuple(_step(step, namespaces) for step in text.removeprefix("/").split("/"))
        found.append((ROOT, *steps) if text.startswith("/") else steps)
    return tuple(found)


@dataclass(frozen=True)
class Shape:
    """Which elements are records, and which are runs that belong into one. Without namespaces, names count alone."""

    records: tuple[Steps, ...]
    runs: tuple[Steps, ...] = ()
    is_bare: bool = False


@dataclass
class _Open:
    """An element outside of records that has begun: its name, what was kept before it, whether it held a record."""

    tag: str
    kept: int
    held: bool = False


def _bare(element: Element) -> None:
    """Takes the namespaces off an element's name and its attributes' names, except XML's own (`xml:lang`)."""
    tag = str(element.tag)
    if tag[0] == "{":
        element.tag = tag.rpartition("}")[2]
    for name in element.keys():  # noqa: SIM118 - elements are no mappings
        if name[0] == "{" and not name.startswith(XML_NAMESPACE):
            value, own = element.attrib.pop(name), name.rpartition("}")[2]
            element.set(own, element.get(own, value))


def _weight(element: Element) -> int:
    return len(element.text or "") + sum(map(len, element.values()))


@dataclass
class Walk:
    """The events of a file, as records. Spent elements leave the tree once the next one has begun."""

    source: Bytes
    shape: Shape
    notes: list[Issue] = field(default_factory=list)
    number: int = 0
    open: list[_Open] = field(default_factory=lambda: [_Open(ROOT, 0)])
    inside: int = 0  # depth below and with the record's element; 0 outside of records
    elements: int = 0
    kept: int = 0
    spent: Element | None = None

    def records(self, events: Iterator[tuple[str, Any]]) -> Iterator[Numbered]:
        for event, element in events:
            if event == "start":
                self._begin(element)
            elif (record := self._end(element)) is not None:
                yield record

    def _begin(self, element: Element) -> None:
        if self.shape.is_bare:
            _bare(element)
        if self.inside:
            self.inside += 1
            self.elements += 1
        else:
            self._begin_outside(element)
        self._check()

    def _begin_outside(self, element: Element) -> None:
        self._sweep(element)
        self.open.append(_Open(str(element.tag), self.kept))
        self.kept += ELEMENT_WEIGHT
        if self._stands_at(self.shape.records):
            self.inside, self.elements = 1, 1

    def _stands_at(self, paths: tuple[Steps, ...]) -> bool:
        return any(tuple(one.tag for one in self.open[-len(steps) :]) == steps for steps in paths)

    def _sweep(self, element: Element) -> None:
        """Takes out the last record, and text between elements, which no path reads."""
        if self.spent is not None and (parent := self.spent.getparent()) is not None:
            parent.remove(self.spent)
        self.spent = None
        before, parent = element.getprevious(), element.getparent()
        if before is not None:
            before.tail = None
        elif parent is not None:
            parent.text = None

    def _end(self, element: Element) -> Numbered | None:
        if self.inside > 1:
            self.inside -= 1
            return None
        if self.inside == 1:
            return self._record(element)
        self._end_outside(element)
        return None

    def _record(self, element: Element) -> Numbered:
        self._leave(element, self.open.pop())
        self.inside = 0
        self.number += 1
        self.source.finished()
        return Numbered(self.number, element)

    def _leave(self, element: Element, left: _Open) -> None:
        self.open[-1].held = True
        self.spent, self.kept = element, left.kept

    def _end_outside(self, element: Element) -> None:
        if self._stands_at(self.shape.runs):
            self._note_run(element)
        left = self.open.pop()
        if left.held:
            self._leave(element, left)
        else:
            self.kept += _weight(element)
            self._check()

    def _note_run(self, element: Element) -> None:
        if len(self.notes) < MOST_NOTES:
            place = f"{self.source.name}:{element.sourceline}"
            name = self.open[-1].tag.rpartition("}")[2]
            self.notes.append(Issue(max(1, self.number), name, place, problem("run_without_course")))

    def _check(self) -> None:
        if self.inside + len(self.open) > DEEPEST:
            raise SourceError(problem("xml_too_deep", file=self.source.name, limit=DEEPEST))
        if self.elements > MOST_IN_RECORD or self.kept > MOST_KEPT:
            raise SourceError(problem("record_too_large", file=self.source.name, limit=RECORD_MEGABYTES))


def _events(source: Bytes) -> Iterator[tuple[str, Any]]:
    """Beginnings and ends of elements. Depth and size are limited by the walk, so that a long text is no failure."""
    return etree.iterparse(
        source, events=("start", "end"), encoding="utf-8" if source.encoding.name else None, resolve_entities=False,
        load_dtd=False, no_network=True, huge_tree=True, remove_comments=True, remove_pis=True,
    )  # fmt: skip


def _source_notes(source: Bytes) -> Iterator[Issue]:
    yield from guess_notes(source.encoding.guessed)
    if source.removed:
        yield Issue(1, "", "", problem("controls_removed", count=source.removed))


@contextmanager
def events_of(path: Path, encoding: str | None) -> Iterator[tuple[Bytes, Iterator[tuple[str, Any]]]]:
    """The file's bytes and, from them, beginnings and ends of its elements.

    Raises SourceError: not XML, entities of its own, or too many bytes of which nothing is finished.
    """
    try:
        how = encoding_of(path, encoding)
        check_prolog(path, how)
        with opened(path, how) as source:
            yield source, _events(source)
    except (etree.XMLSyntaxError, expat.ExpatError, OSError, UnicodeError, LookupError, ValueError) as error:
        raise SourceError(problem("file_unreadable", file=path.name, detail=str(error)[:200])) from error


def read_xml(path: Path, encoding: str | None, shape: Shape, notes: list[Issue]) -> Iterator[Numbered]:
    """The records in the file's order; each is to be read before the next is asked for. Notes are added on the way.

    Raises SourceError: not XML, entities of its own, or beyond the limits.
    """
    with events_of(path, encoding) as (source, events):
        yield from Walk(source, shape, notes).records(events)
        notes.extend(_source_notes(source))
