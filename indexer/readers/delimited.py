"""Delimited text: rows of cells, read as they are asked for."""

import csv
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from indexer.failures import SourceError
from indexer.headers import LOOKED_AT
from indexer.readers.encoding import ANY_BREAK, LINE_LIMIT, TextFile, text_file
from indexer.readers.table_rows import Cells
from indexer.rules import Issue, problem

SEPARATORS = (",", ";", "\t", "|")
CELL_LIMIT = LINE_LIMIT  # characters; the csv module's own limit is below one long syllabus


@dataclass
class Emptied:
    """Lines without the NUL characters in them, of which the csv module takes none: how many, and the first line."""

    lines: Iterable[str]
    count: int = field(default=0, init=False)
    first: int = field(default=0, init=False)

    def __iter__(self) -> Iterator[str]:
        for number, line in enumerate(self.lines, start=1):
            if "\0" in line:
                self.first = self.first or number
                self.count += line.count("\0")
            yield line.replace("\0", "")

    @property
    def notes(self) -> list[Issue]:
        return [Issue(self.first, "", "", problem("nul_taken_out", count=self.count))] if self.count else []


@dataclass(frozen=True)
class Delimited:
    """A file of rows, parted by a separator."""

    file: TextFile
    separator: str = ","

    def _lines(self) -> Emptied:
        return Emptied(self.file.lines(ANY_BREAK))

    def _rows(self, lines: Iterable[str], *, strict: bool) -> Iterator[list[str]]:
        csv.field_size_limit(CELL_LIMIT)
        return csv.reader(lines, delimiter=self.separator, strict=strict)

    def rows(self) -> Iterator[list[str]]:
        """Raises SourceError where no row can be made of what stands there."""
        try:
            yield from self._rows(self._lines(), strict=False)
        except csv.Error as error:
            name = self.file.path.name
            raise SourceError(problem("file_unreadable", file=name, detail=str(error))) from error

    @property
    def top(self) -> list[list[str]]:
        """The rows among which the header is."""
        return list(islice(self.rows(), LOOKED_AT))

    def notes(self) -> Iterator[Issue]:
        """What is to be said about the file as a whole, read once for it."""
        yield from self.file.notes
        emptied = self._lines()
        lines = iter(emptied)
        try:
            for _ in self._rows(lines, strict=True):
                pass
        except csv.Error as error:
            yield Issue(1, "", "", problem("quotes_unbalanced", detail=str(error)))
        for _ in lines:  # those behind an open quotation mark
            pass
        yield from emptied.notes


def delimited(path: Path, encoding: str | None, known: Callable[[Cells], int]) -> Delimited:
    """A file with the separator by which a row among the first has most known headers; a comma when none has any.

    Raises SourceError.
    """
    file = text_file(path, encoding)
    candidates = [Delimited(file, separator) for separator in SEPARATORS]
    return max(candidates, key=lambda one: max(map(known, one.top), default=0))
