"""Files as grids of cells: CSV whatever its encoding and separator, XLSX sheet by sheet."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from indexer.failures import IndexerError, SourceError
from indexer.readers.encoding import read_text

SEPARATORS = (",", ";", "\t")
HEADER_WITHIN = 10  # rows: a workbook may say above its header what it is
CELL_LIMIT = 10_000_000  # characters, as in feeds
KINDS = (".csv", ".txt", ".tsv", ".xlsx")

Grid = list[list[Any]]


def heading(value: Any) -> str:
    """A column's name as it is compared: without case and odd spaces."""
    return " ".join(str(value).replace("\ufeff", "").split()).casefold() if value is not None else ""


@dataclass(frozen=True)
class Sheet:
    """Rows below a header. `number` is the header's row in the file, from 1; `names` its columns as written."""

    file: str
    number: int
    names: tuple[str, ...]
    rows: Grid

    @property
    def headings(self) -> frozenset[str]:
        return frozenset(map(heading, self.names)) - {""}

    def numbered(self) -> Iterator[tuple[int, list[Any]]]:
        """Rows that hold anything, with their number in the file."""
        for number, row in enumerate(self.rows, start=self.number + 1):
            if any(cell not in (None, "") for cell in row):
                yield number, row


def _sheet(file: str, grid: Grid, at: int) -> Sheet:
    names = tuple(" ".join(str(cell).replace("\ufeff", "").split()) for cell in grid[at])
    return Sheet(file, at + 1, names, grid[at + 1 :])


def _parsed(text: str, separator: str) -> Grid:
    csv.field_size_limit(CELL_LIMIT)
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))


def _csv_grids(path: Path) -> list[Grid]:
    """One grid per separator by which the first line falls into columns at all."""
    text = read_text(path, None).text
    first = text.partition("\n")[0]
    return [_parsed(text, separator) for separator in SEPARATORS if separator in first]


def _xlsx_grids(path: Path) -> list[Grid]:
    book = CalamineWorkbook.from_path(path)
    return [book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names]


def read_sheets(path: Path, most_megabytes: int) -> list[Sheet]:
    """Every reading of the file: each sheet or separator with each of its first rows as the header.

    Raises IndexerError, one sentence, for a file that cannot be read.
    """
    try:
        if path.stat().st_size > most_megabytes * 1_000_000:
            raise IndexerError(f"{path.name} is larger than {most_megabytes} MB")
        grids = _xlsx_grids(path) if path.suffix.lower() == ".xlsx" else _csv_grids(path)
    except (SourceError, CalamineError, csv.Error, OSError, ValueError) as error:
        raise IndexerError(f"{path.name} cannot be read: {' '.join(str(error).split())[:200]}") from error
    return [_sheet(path.name, grid, at) for grid in grids for at in range(min(HEADER_WITHIN, len(grid)))]
