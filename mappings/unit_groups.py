"""What the unit groups are that have no skills and tools in `data/occupations`: names, a summary, duties."""

from collections.abc import Mapping
from pathlib import Path

from mappings.coded_rows import rows_by_code
from mappings.occupation import Both, Lists, NocCode, Occupation
from mappings.record import Record

FOLDER = "unit_groups"


class UnitGroup(Record):
    """A unit group of the National Occupational Classification 2021 in our words. `names` are everyday titles."""

    code: NocCode
    names: Lists
    summary: Both
    duties: Lists

    def occupation(self, title: Both) -> Occupation:
        """The group as an occupation under its official title; nothing is known of its skills and tools."""
        return Occupation(title=title, **dict(self))


def unit_group_files(folder: Path) -> list[Path]:
    """The files of a data folder, in order."""
    return sorted((folder / FOLDER).glob("*.yml"))


def read_unit_groups(folder: Path) -> Mapping[str, UnitGroup]:
    """By code. Raises ValueError on a wrong shape and on a code that stands twice."""
    return rows_by_code(unit_group_files(folder), UnitGroup)
