"""JSON: one record a line, an array, or an object that holds the list."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from indexer.failures import SourceError
from indexer.readers.encoding import LINE_FEED, TextFile
from indexer.readers.json_values import loads
from indexer.rules import Problem, problem


@dataclass(frozen=True)
class Numbered:
    """A record with its place: the line of a line-by-line file, else its rank in the list, from 1.

    The body is a JSON object as a dictionary, or an XML element.
    """

    number: int
    body: Any
    problem: Problem | None = None


def _checked(number: int, body: Any) -> Numbered:
    return Numbered(number, body) if isinstance(body, dict) else Numbered(number, {}, problem("not_an_object"))


def read_lines(file: TextFile) -> Iterator[Numbered]:
    """The records of a line-by-line file, each read as it is asked for. Raises SourceError."""
    # Only line feeds end a line: text may hold other breaks, such as U+2028.
    for number, line in enumerate(file.lines(LINE_FEED), start=1):
        if not line.strip():
            continue
        try:
            yield _checked(number, loads(line))
        except (ValueError, RecursionError):
            yield Numbered(number, {}, problem("not_json"))


def read_document(file: TextFile) -> Any:
    """A whole JSON document. Raises SourceError."""
    try:
        return loads(file.text)
    except (ValueError, RecursionError) as error:
        raise SourceError(problem("file_unreadable", file=file.path.name, detail=str(error)[:200])) from error


def numbered(bodies: Iterable[Any]) -> Iterator[Numbered]:
    """The elements of a list as records."""
    return (_checked(number, body) for number, body in enumerate(bodies, start=1))
