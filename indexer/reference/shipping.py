"""Writes the small tables of official figures that ship in `data/outlook/` out of the official files."""

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path

import yaml

from indexer.failures import IndexerError
from indexer.reference import cops, noc
from indexer.reference.imports import Import
from mappings.reference import NationalOutlook, Source, UnitGroup
from mappings.reference_tables import FOLDER, NATIONAL, NATIONAL_COLUMNS, TITLE_COLUMNS, TITLES

Cells = tuple[object, ...]


def _national(one: Import) -> list[Cells]:
    rows = (row for _, row in one.taken.rows if isinstance(row, NationalOutlook))
    return [tuple(getattr(row, name) for name in NATIONAL_COLUMNS) for row in rows]


def _titles(one: Import) -> list[Cells]:
    return [(row.code, row.title.en, row.title.fr) for _, row in one.taken.rows if isinstance(row, UnitGroup)]


def _write_table(path: Path, columns: Sequence[str], rows: Iterable[Cells]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([columns, *sorted(rows, key=lambda row: str(row[0]))])


def _write_source(path: Path, source: Source) -> None:
    body = source.model_dump(mode="json", exclude_none=True, exclude={"imported"})
    path.write_text(yaml.safe_dump(body, allow_unicode=True, sort_keys=False, width=120), encoding="utf-8")


def ship(imports: Sequence[Import], data_folder: Path) -> list[Path]:
    """Writes both tables and their sources, and gives their paths. Raises IndexerError when a file is not there."""
    by_id = {one.source.id: one for one in imports}
    wanted = {cops.COPS: (NATIONAL, NATIONAL_COLUMNS, _national), noc.UNIT_GROUPS: (TITLES, TITLE_COLUMNS, _titles)}
    if absent := [layout.title.en for layout in wanted if layout.id not in by_id]:
        raise IndexerError(f"to ship the tables this file is needed too: {absent[0]}")
    folder = data_folder / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for layout, (name, columns, rows) in wanted.items():
        table = folder / f"{name}.csv"
        _write_table(table, columns, rows(by_id[layout.id]))
        _write_source(table.with_suffix(".yml"), by_id[layout.id].source)
        written.append(table)
    return written
