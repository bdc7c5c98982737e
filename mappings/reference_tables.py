"""The small tables of official figures and titles that ship in `data/outlook/`, each beside its source."""

import csv
from collections.abc import Iterator
from pathlib import Path

from mappings.occupation import Both
from mappings.reference import NationalOutlook, Source
from mappings.yaml_file import read_yaml

FOLDER = "outlook"
TITLES = "noc-2021-titles"
NATIONAL = "cops-2024-2033"
TITLE_COLUMNS = ("code", "title_en", "title_fr")
NATIONAL_COLUMNS = ("code", "base_year", "employment", "openings", "job_seekers", "recent", "future", "row")


def _rows(data_folder: Path, name: str) -> Iterator[dict[str, str]]:
    with (data_folder / FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def shipped_source(data_folder: Path, name: str) -> Source:
    """Where a table's figures come from."""
    return Source(**read_yaml(data_folder / FOLDER / f"{name}.yml"))


def shipped_titles(data_folder: Path) -> dict[str, Both]:
    """The official titles of all unit groups, by NOC code."""
    return {row["code"]: Both(en=row["title_en"], fr=row["title_fr"]) for row in _rows(data_folder, TITLES)}


def shipped_national(data_folder: Path, source: str) -> dict[str, NationalOutlook]:
    """National projections by NOC code; an empty cell is no figure."""
    said = ({name: value for name, value in row.items() if value} for row in _rows(data_folder, NATIONAL))
    return {row["code"]: NationalOutlook.model_validate({**row, "source": source}) for row in said}
