"""Files of JSON-LD: one document, one document a line; and what could not be read of them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from indexer.failures import SourceError
from indexer.readers.encoding import read_text
from indexer.readers.records import loads
from indexer.readers.schema_org.json_ld import Writer
from indexer.readers.schema_org.nodes import Node
from indexer.rules import Problem, problem

LINES = frozenset({".ndjson", ".jsonl"})


@dataclass(frozen=True)
class Found:
    """The things of one page, document or line, or what is wrong with it."""

    place: str
    nodes: list[Node] = field(default_factory=list)
    problem: Problem | None = None


def _line(number: int, text: str) -> Found:
    place = f"#{number}"
    try:
        return Found(place, Writer(place).nodes(loads(text)))
    except (ValueError, RecursionError):
        return Found(place, problem=problem("not_json"))


def _lines(text: str) -> Iterator[Found]:
    # Only line feeds end a line: text may hold other breaks, such as U+2028.
    return (_line(number, line) for number, line in enumerate(text.split("\n"), start=1) if line.strip())


def read_json_ld(path: Path, encoding: str | None) -> list[Found]:
    """The things of a file of JSON-LD. Raises SourceError."""
    text = read_text(path, encoding).text
    if path.suffix.lower() in LINES:
        return list(_lines(text))
    try:
        return [Found("", Writer().nodes(loads(text)))]
    except (ValueError, RecursionError) as error:
        raise SourceError(problem("file_unreadable", file=path.name, detail=str(error)[:200])) from error
