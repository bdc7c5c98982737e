"""Tables with headers of their own, row by row as records that a mapping reads like JSON."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from indexer.cells import is_blank
from indexer.cleaning import line, written
from indexer.failures import SourceError
from indexer.headers import LOOKED_AT
from indexer.readers.delimited import delimited
from indexer.readers.records import Numbered
from indexer.readers.table_rows import Cells, rows_below, shift
from indexer.readers.workbook import best_sheet
from indexer.rules import Issue, problem

NAMED = 300  # characters of a header that a refusal repeats


@dataclass(frozen=True)
class Table:
    """Records in the file's order, read as they are asked for, and warnings about the file itself."""

    records: Iterator[Numbered]
    notes: list[Issue]


@dataclass(frozen=True)
class _Header:
    """Where the header stands (row number from 1) and the name of each column, each once."""

    number: int
    names: tuple[str, ...]


def column_names(cells: Cells) -> tuple[str, ...]:
    """A name per column, without spaces at its ends; one without a name is `column_3`, a second of a name `Fee (2)`."""
    last: dict[str, int] = {}
    names: dict[str, None] = {}
    for at, cell in enumerate(cells, start=1):
        said = name = line(written(cell)) or f"column_{at}"
        number = last.get(said, 1)
        while name in names:
            number += 1
            name = f"{said} ({number})"
        last[said] = number
        names[name] = None
    return tuple(names)


def _known(cells: Cells, wanted: frozenset[str]) -> int:
    return len({line(written(cell)) for cell in cells} & wanted)


def _header(rows: Sequence[Cells], wanted: frozenset[str]) -> _Header:
    """The first row, among the first ten, with most of the columns that the mapping reads."""
    best = max(range(min(len(rows), LOOKED_AT)), key=lambda at: (_known(rows[at], wanted), -at), default=0)
    return _Header(best + 1, column_names(rows[best]) if rows else ())


def _require(header: _Header, wanted: frozenset[str], path: Path) -> list[Issue]:
    """A warning for each column that the mapping reads and the file lacks. Raises SourceError where it has none."""
    missing = sorted(wanted - set(header.names))
    if wanted and len(missing) == len(wanted):
        raise SourceError(problem("columns_unmapped", file=path.name, found=", ".join(header.names)[:NAMED] or "—"))
    return [Issue(header.number, name, "", problem("column_missing")) for name in missing]


def _plain(cell: Any) -> Any:
    """A cell as JSON would hold it: days and times as text, whole numbers without a point, nothing for blanks."""
    if isinstance(cell, str):
        return None if is_blank(cell) else cell
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat() if cell.time() == dt.time() else cell.isoformat()
    if isinstance(cell, dt.date | dt.time):
        return cell.isoformat()
    if isinstance(cell, dt.timedelta):
        return str(cell)
    if isinstance(cell, float) and cell.is_integer():
        return int(cell)
    return cell


def _record(number: int, cells: Cells, names: tuple[str, ...]) -> Numbered:
    if wrong := shift(cells, len(names)):
        return Numbered(number, {}, wrong)
    plain = ((name, _plain(cell)) for name, cell in zip(names, cells, strict=False))
    return Numbered(number, {name: value for name, value in plain if value is not None})


def _records(rows: Iterable[Cells], header: _Header) -> Iterator[Numbered]:
    return (_record(number, cells, header.names) for number, cells in rows_below(rows, header.number))


def csv_table(path: Path, encoding: str | None, wanted: frozenset[str]) -> Table:
    """A delimited file, its separator the one that shows most of the columns `wanted`. Raises SourceError."""
    table = delimited(path, encoding, lambda cells: _known(cells, wanted))
    header = _header(table.top, wanted)
    return Table(_records(table.rows(), header), [*table.notes(), *_require(header, wanted, path)])


def workbook_table(path: Path, wanted: frozenset[str]) -> Table:
    """The sheet of a workbook with most of the columns `wanted`. Raises SourceError."""
    rows = best_sheet(path, lambda cells: _known(cells, wanted))
    header = _header(list(islice(rows(), LOOKED_AT)), wanted)
    return Table(_records(rows(), header), _require(header, wanted, path))


TABLES: dict[str, Callable[[Path, str | None, frozenset[str]], Table]] = {
    "csv": csv_table,
    "xlsx": lambda path, _encoding, wanted: workbook_table(path, wanted),
}
