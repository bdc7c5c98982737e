"""Further titles of the unit groups, beside those each is called by first: to be met by, never to be shown."""

from collections.abc import Mapping
from pathlib import Path

from mappings.coded_rows import rows_by_code
from mappings.occupation import Lists, NocCode
from mappings.record import Record

FOLDER = "further_names"
NONE = Lists()


class FurtherNames(Record):
    code: NocCode
    en: tuple[str, ...]
    fr: tuple[str, ...]


def further_name_files(folder: Path) -> list[Path]:
    """The files of a data folder, in order."""
    return sorted((folder / FOLDER).glob("*.yml"))


def read_further_names(folder: Path) -> Mapping[str, Lists]:
    """By NOC code. Raises ValueError on a wrong shape and on a code that stands twice."""
    rows = rows_by_code(further_name_files(folder), FurtherNames)
    return {code: Lists(en=row.en, fr=row.fr) for code, row in rows.items()}
