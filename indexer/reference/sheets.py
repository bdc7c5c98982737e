"""Files as grids of cells: CSV whatever its encoding and separator, XLSX sheet by sheet."""

import csv
import io
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from indexer.failures import IndexerError, SourceError
from indexer.readers.encoding import read_text

SEPARATORS = (",", ";", "\t")
HEADER_WITHIN = 10  # rows: a file may say above its header what it is
WORKBOOK = b"PK"  # a workbook is a ZIP archive, whatever its name
CELL_LIMIT = 10_000_000  # characters, as in feeds
KINDS = (".csv", ".txt", ".tsv", ".xlsx")

Grid = list[list[Any]]


def heading(value: Any) -> str:
    """A column's name as it is compared: without case and odd spaces."""
    return " ".join(str(value).replace("\ufeff", "").split()).casefold() if value is not None else ""


@dataclass(frozen=True)
class Sheet:
    """Rows below a header. `number` is the header's row in the file, from 1; `names` its columns as written.

    `broken` says where and why rows may have run into each other; empty where none have.
    """

    file: str
    number: int
    names: tuple[str, ...]
    rows: Grid
    broken: str = ""

    @property
    def headings(self) -> frozenset[str]:
        return frozenset(map(heading, self.names)) - {""}

    def numbered(self) -> Iterator[tuple[int, list[Any]]]:
        """Rows that hold anything, with their number in the file."""
        for number, row in enumerate(self.rows, start=self.number + 1):
            if any(cell not in (None, "") for cell in row):
                yield number, row


@dataclass(frozen=True)
class _Table:
    """All rows of a file or of one of its sheets; `broken` as in Sheet."""

    grid: Grid
    broken: str = ""

    def sheets(self, file: str) -> Iterator[Sheet]:
        """With each of the first rows as the header."""
        for at, cells in enumerate(self.grid[:HEADER_WITHIN]):
            names = tuple(" ".join(str(cell).replace("\ufeff", "").split()) for cell in cells)
            yield Sheet(file, at + 1, names, self.grid[at + 1 :], self.broken)


def _broken(text: str, separator: str) -> str:
    """Where the quotation marks go wrong: one that is never closed swallows all rows below it."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        deque(reader, maxlen=0)
    except csv.Error as error:
        return f"line {reader.line_num}: {error}"
    return ""


def _parsed(text: str, separator: str) -> _Table:
    csv.field_size_limit(CELL_LIMIT)
    grid = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    return _Table(grid, _broken(text, separator))


def _csv_tables(path: Path) -> list[_Table]:
    """One grid per separator by which any of the first lines falls into columns at all."""
    text = read_text(path, None).text
    first = text.split("\n", HEADER_WITHIN)[:HEADER_WITHIN]
    if "\0" in first[0]:
        raise ValueError("it holds NUL characters, so it is neither UTF-8 nor Windows-1252")
    return [_parsed(text, separator) for separator in SEPARATORS if any(separator in line for line in first)]


def _is_workbook(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(len(WORKBOOK)) == WORKBOOK


def _workbook_tables(path: Path) -> list[_Table]:
    book = CalamineWorkbook.from_path(path)
    return [_Table(book.get_sheet_by_name(name).to_python(skip_empty_area=False)) for name in book.sheet_names]


def read_sheets(path: Path, most_megabytes: int) -> list[Sheet]:
    """Every reading of the file: each sheet or separator with each of its first rows as the header.

    Raises IndexerError, one sentence, for a file that cannot be read.
    """
    try:
        size = path.stat().st_size
        if not size or size > most_megabytes * 1_000_000:
            raise IndexerError(f"{path.name} is {f'larger than {most_megabytes} MB' if size else 'empty'}")
        tables = _workbook_tables(path) if _is_workbook(path) else _csv_tables(path)
    except (SourceError, CalamineError, csv.Error, OSError, ValueError) as error:
        raise IndexerError(f"{path.name} cannot be read: {' '.join(str(error).split())[:200]}") from error
    return [sheet for table in tables for sheet in table.sheets(path.name)]
