"""Tables: CSV in any of its dialects, and spreadsheets."""

import csv
import io
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from indexer.cells import Cell, Row, is_blank
from indexer.failures import SourceError
from indexer.headers import Header, known_columns, read_header
from indexer.inert import bare
from indexer.readers.encoding import read_text
from indexer.readers.feed import Feed
from indexer.rules import Issue, problem
from mappings.contract import Contract

SEPARATORS = (",", ";", "\t", "|")
SAMPLE_ROWS = 10
CELL_LIMIT = 10_000_000  # characters; the csv module's own limit is below one long syllabus

Cells = list[list[Any]]


def _parse(text: str, separator: str, *, strict: bool = False, rows: int | None = None) -> Cells:
    csv.field_size_limit(CELL_LIMIT)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=strict)
    return [row for _, row in zip(range(rows), reader, strict=False)] if rows else list(reader)


def _separator(text: str, contract: Contract) -> str:
    """The separator by which most headers of the template are found; a comma when none is."""

    def headers(separator: str) -> int:
        return max((known_columns(row, contract) for row in _parse(text, separator, rows=SAMPLE_ROWS)), default=0)

    return max(SEPARATORS, key=headers)


def _notes(text: str, separator: str, guessed: str | None) -> Iterator[Issue]:
    if guessed:
        yield Issue(1, "", "", problem("encoding_guessed", encoding=guessed))
    try:
        _parse(text, separator, strict=True)
    except csv.Error as error:
        yield Issue(1, "", "", problem("quotes_unbalanced", detail=str(error)))


def _csv_cells(path: Path, encoding: str | None, contract: Contract) -> tuple[Cells, list[Issue]]:
    decoded = read_text(path, encoding)
    text = decoded.text.replace("\0", "")
    try:
        separator = _separator(text, contract)
        return _parse(text, separator), list(_notes(text, separator, decoded.guessed))
    except csv.Error as error:
        raise SourceError(problem("file_unreadable", file=path.name, detail=str(error))) from error


def _sheets(path: Path) -> list[Cells]:
    try:
        book = CalamineWorkbook.from_path(path)
        return [book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names]
    except (CalamineError, OSError, ValueError) as error:
        raise SourceError(problem("file_unreadable", file=path.name, detail=str(error)[:200])) from error


def _xlsx_cells(path: Path, contract: Contract) -> Cells:
    """The sheet whose header is known best; the first of several alike."""

    def headers(rows: Cells) -> int:
        return max((known_columns(row, contract) for row in rows[:SAMPLE_ROWS]), default=0)

    return max(_sheets(path), key=headers, default=[])


def _shifted(cells: Sequence[Any], header: Header) -> bool:
    return any(not is_blank(cell) for cell in cells[len(header.names) :])


def _row(number: int, cells: Sequence[Any], header: Header) -> Row:
    sent = [bare(cell) for cell in cells]
    if _shifted(cells, header):
        wrong = problem("cells_shifted", cells=len(cells), columns=len(header.names))
        return Row(number, {}, (("", "", wrong),), sent)
    known = zip(header.slots, header.names, sent, strict=False)
    found = {slot: Cell(name, cell) for slot, name, cell in known if slot and not is_blank(cell)}
    return Row(number, found, sent=sent)


def _rows(cells: Cells, header: Header) -> list[Row]:
    below = enumerate(cells[header.number :], start=header.number + 1)
    return [_row(number, row, header) for number, row in below if not all(map(is_blank, row))]


def read_csv(path: Path, encoding: str | None, contract: Contract) -> Feed:
    """A delimited file. Raises SourceError."""
    cells, notes = _csv_cells(path, encoding, contract)
    header = read_header(cells, contract)
    return Feed(_rows(cells, header), [*notes, *header.issues], header.names, header.slots)


def read_xlsx(path: Path, contract: Contract) -> Feed:
    """A workbook. Raises SourceError."""
    cells = _xlsx_cells(path, contract)
    header = read_header(cells, contract)
    return Feed(_rows(cells, header), list(header.issues), header.names, header.slots)
