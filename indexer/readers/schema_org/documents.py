"""Files of JSON-LD: one document, one document a line; and what could not be read of them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

from indexer.readers.encoding import LINE_FEED, TextFile, text_file
from indexer.readers.json_lists import Outline, elements_of, first_mark, outline_of
from indexer.readers.json_values import loads
from indexer.readers.records import read_document
from indexer.readers.schema_org.json_ld import Writer
from indexer.readers.schema_org.nodes import Node
from indexer.rules import Issue, Problem, problem

LINES = frozenset({".ndjson", ".jsonl"})
GRAPH = "@graph"
VALUES = frozenset({"@value", "@list", "@set"})  # an object with one of these is no thing and has no graph


@dataclass(frozen=True)
class Found:
    """The things of one page, document or line, or what is wrong with it."""

    place: str
    nodes: list[Node] = field(default_factory=list)
    problem: Problem | None = None
    notes: tuple[Issue, ...] = ()  # what is to be said besides


def _line(number: int, text: str) -> Found:
    place = f"#{number}"
    try:
        return Found(place, Writer(place).nodes(loads(text)))
    except (ValueError, RecursionError):
        return Found(place, problem=problem("not_json"))


def _lines(file: TextFile) -> Iterator[Found]:
    # Only line feeds end a line: text may hold other breaks, such as U+2028.
    numbered = enumerate(file.lines(LINE_FEED), start=1)
    return (_line(number, line) for number, line in numbered if line.strip())


def _elements(file: TextFile, outline: Outline, writer: Writer) -> Iterator[Found]:
    return (Found("", writer.nodes([one])) for one in elements_of(file, outline))


def _document(file: TextFile) -> Iterator[Found]:
    """The things of a list or of a graph one by one; any other document is read as a whole."""
    is_list = first_mark(file) == "["
    outline = outline_of(file, () if is_list else (GRAPH,), None)
    if outline.begins is None or VALUES.intersection(outline.beside):
        yield Found("", Writer().nodes(read_document(file)))
        return
    around = Writer()
    yield Found("", around.nodes(outline.beside))
    yield from _elements(file, outline, around.within(outline.beside))


def read_json_ld(path: Path, encoding: str | None) -> Iterator[Found]:
    """The things of a file of JSON-LD, as they are asked for. Raises SourceError."""
    file = text_file(path, encoding)
    found = _lines(file) if path.suffix.lower() in LINES else _document(file)
    return chain([Found("", notes=tuple(file.notes))], found)
