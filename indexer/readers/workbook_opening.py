"""Opens every sheet of a workbook, within limits of this process: `python workbook_opening.py FILE MEGABYTES SECONDS`.

A program by itself, which imports nothing of ours. It ends with 0 when the workbook can be opened or is found to be
none, which its reader says better; with anything else when it would take more than it may, whatever that is.
"""

import resource
import sys
from pathlib import Path

from python_calamine import CalamineSheet, CalamineWorkbook

MEGABYTE = 1_000_000
# Rows need no more than a byte each of a packed file where one row is said to stand many times. Few are let be.
FEW_ROWS = 10_000


def _limit(megabytes: int, seconds: int) -> None:
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (megabytes * MEGABYTE, megabytes * MEGABYTE))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))


def _filled(sheet: CalamineSheet) -> int:
    return sum(any(cell != "" for cell in row) for row in sheet.iter_rows())


def _unfolds(path: Path) -> bool:
    """Whether a sheet has more rows that hold something than the file has bytes. A sheet is opened to be counted."""
    book, most = CalamineWorkbook.from_path(path), max(FEW_ROWS, path.stat().st_size)
    sheets = map(book.get_sheet_by_name, book.sheet_names)
    return any(sheet.height > most and _filled(sheet) > most for sheet in sheets)


def main() -> int:
    """Memory that runs out ends this process, and so does a library's panic, which is no Exception."""
    path, megabytes, seconds = sys.argv[1:]
    _limit(int(megabytes), int(seconds))
    try:
        return int(_unfolds(Path(path)))
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - whatever is wrong, the reader meets it again and names it
        return 0


if __name__ == "__main__":
    sys.exit(main())
