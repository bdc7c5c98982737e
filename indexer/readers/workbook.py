"""Spreadsheets: the rows of the sheet that is asked for."""

from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook

from indexer.failures import SourceError
from indexer.headers import LOOKED_AT
from indexer.readers.table_rows import Cells
from indexer.rules import problem
from indexer.workbook_trial import check_workbook


def _opened(path: Path) -> dict[str, Callable[[], Iterator[Cells]]]:
    book = CalamineWorkbook.from_path(path)
    sheets = {name: book.get_sheet_by_name(name) for name in book.sheet_names}
    return {name: sheet.iter_rows for name, sheet in sheets.items()}


def best_sheet(path: Path, known: Callable[[Cells], int]) -> Callable[[], Iterator[Cells]]:
    """The rows, from the first one on each call, of the sheet with most known headers; the first of several alike.

    Raises SourceError.
    """
    check_workbook(path)
    try:
        sheets = _opened(path)
    except (CalamineError, OSError, ValueError) as error:
        raise SourceError(problem("file_unreadable", file=path.name, detail=str(error)[:200])) from error
    tops = {name: max(map(known, islice(rows(), LOOKED_AT)), default=0) for name, rows in sheets.items()}
    return sheets[max(tops, key=lambda name: tops[name])] if sheets else lambda: iter(())
