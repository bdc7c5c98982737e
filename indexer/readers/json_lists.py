"""The list of a JSON document: where it stands, and its elements one by one, however many there are."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from typing import Any

from indexer.failures import SourceError
from indexer.readers.encoding import TextFile
from indexer.readers.json_window import VALUE_LIMIT, EndlessError, Window
from indexer.rules import problem


@dataclass
class Outline:
    """A document that was read to its end: characters before its list (None: it has none), how many elements, and
    those members of the outermost object that were asked for.
    """

    begins: int | None = None
    elements: int = 0
    beside: dict[str, Any] = field(default_factory=dict)


@contextmanager
def _window(file: TextFile) -> Iterator[Window]:
    """Raises SourceError where what is read is no JSON, or nests without end."""
    with closing(file.pieces()) as pieces:
        try:
            yield Window(pieces)
        except EndlessError as error:
            raise SourceError(problem("value_endless", file=file.path.name, limit=VALUE_LIMIT)) from error
        except (ValueError, RecursionError) as error:
            raise SourceError(problem("file_unreadable", file=file.path.name, detail=str(error)[:200])) from error


def _note_list(window: Window, outline: Outline) -> None:
    window.peek()
    outline.begins, outline.elements = window.position, 0
    for _ in window.elements():
        window.value()
        outline.elements += 1


def _follow(window: Window, steps: tuple[str, ...], outline: Outline) -> None:
    """Reads a value and notes the list at the steps in it. Of two members of one name the last counts."""
    outline.begins, mark = None, window.peek()
    if not steps and mark == "[":
        _note_list(window, outline)
    elif steps and mark == "{":
        for name in window.members():
            if name == steps[0]:
                _follow(window, steps[1:], outline)
            else:
                window.skip()
    else:
        window.skip()


def _follow_outermost(window: Window, steps: tuple[str, ...], asked: frozenset[str] | None, outline: Outline) -> None:
    for name in window.members():
        if name == steps[0]:
            _follow(window, steps[1:], outline)
        elif asked is None or name in asked:
            outline.beside[name] = window.value()
        else:
            window.skip()


def outlined(window: Window, steps: tuple[str, ...], asked: frozenset[str] | None = frozenset()) -> Outline:
    """A document read once through, for the list at `steps`; `asked` are members to keep, None for all the others.

    Raises ValueError or RecursionError where any of it is no JSON.
    """
    outline = Outline()
    if steps and window.peek() == "{":
        _follow_outermost(window, steps, asked, outline)
    else:
        _follow(window, steps, outline)
    if window.peek():
        raise window.wrong("Extra data")
    return outline


def elements_in(window: Window, outline: Outline) -> Iterator[Any]:
    """The elements of the list that was found, each read as it is asked for."""
    if outline.begins is not None:
        window.forward(outline.begins)
        for _ in window.elements():
            yield window.value()


def first_mark(file: TextFile) -> str:
    """`[` for a list, `{` for an object. Raises SourceError."""
    with _window(file) as window:
        return window.peek()


def outline_of(file: TextFile, steps: tuple[str, ...], asked: frozenset[str] | None = frozenset()) -> Outline:
    """The outline of a file. Raises SourceError: nothing is taken from a file that was cut off."""
    with _window(file) as window:
        return outlined(window, steps, asked)


def elements_of(file: TextFile, outline: Outline) -> Iterator[Any]:
    """The elements of the file's list. Raises SourceError."""
    with _window(file) as window:
        yield from elements_in(window, outline)
