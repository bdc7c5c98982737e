"""The rows not taken, as a table that opens in a spreadsheet."""

import csv
import datetime as dt
import io
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

from indexer.inert import inert
from indexer.privacy import masked
from indexer.reference.imports import Import
from indexer.report_files import FOLDER, HEADER

# Not a digit first: those folders are the loads' own.
NAME = "occupations-"
KEPT = 60  # commands, as with loads


def _cell(text: str) -> str:
    """Without addresses and phone numbers, and nothing a spreadsheet would run."""
    return inert(masked(text))


def _rows(imports: Sequence[Import]) -> Iterator[tuple[str, ...]]:
    for one in imports:
        for found in one.taken.refusals:
            facts = (one.source.file, str(found.row), found.column, found.value, found.en, found.fr)
            yield tuple(map(_cell, facts))


def _prune(reports: Path) -> None:
    for folder in sorted(reports.glob(f"{NAME}*"))[:-KEPT]:
        shutil.rmtree(folder, ignore_errors=True)


def write_refusals(state: Path, imports: Sequence[Import], now: dt.datetime) -> Path | None:
    """Writes `refused.csv` into a folder of its own and gives it; None when every row was taken."""
    rows = list(_rows(imports))
    if not rows:
        return None
    path = state / FOLDER / f"{NAME}{now:%Y%m%dT%H%M%S.%f}Z" / "refused.csv"
    path.parent.mkdir(parents=True)
    file = io.StringIO()
    csv.writer(file).writerows([HEADER, *rows])
    path.write_text("\ufeff" + file.getvalue(), encoding="utf-8", newline="")
    _prune(state / FOLDER)
    return path
