"""Tables in the template's columns: CSV in any of its dialects, and spreadsheets."""

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from indexer.cells import Cell, Row, is_blank
from indexer.headers import LOOKED_AT, Header, known_columns, read_header
from indexer.inert import bare
from indexer.readers.delimited import delimited
from indexer.readers.feed import Feed
from indexer.readers.table_rows import Cells, rows_below, shift
from indexer.readers.workbook import best_sheet
from mappings.contract import Contract


def _row(number: int, cells: Cells, header: Header) -> Row:
    sent = [bare(cell) for cell in cells]
    if wrong := shift(cells, len(header.names)):
        return Row(number, {}, (("", "", wrong),), sent)
    known = zip(header.slots, header.names, sent, strict=False)
    found = {slot: Cell(name, cell) for slot, name, cell in known if slot and not is_blank(cell)}
    return Row(number, found, sent=sent)


def _rows(rows: Iterable[Cells], header: Header) -> Iterator[Row]:
    return (_row(number, cells, header) for number, cells in rows_below(rows, header.number))


def read_csv(path: Path, encoding: str | None, contract: Contract) -> Feed:
    """A delimited file. Raises SourceError."""
    table = delimited(path, encoding, lambda cells: known_columns(cells, contract))
    header = read_header(table.top, contract)
    return Feed(_rows(table.rows(), header), [*table.notes(), *header.issues], header.names, header.slots)


def read_xlsx(path: Path, contract: Contract) -> Feed:
    """A workbook. Raises SourceError."""
    rows = best_sheet(path, lambda cells: known_columns(cells, contract))
    header = read_header(list(islice(rows(), LOOKED_AT)), contract)
    return Feed(_rows(rows(), header), list(header.issues), header.names, header.slots)
