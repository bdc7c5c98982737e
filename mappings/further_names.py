"""Further titles of the unit groups, beside those each is called by first: to be met by, never to be shown."""

from collections.abc import Mapping
from pathlib import Path

from mappings.occupation import Lists, NocCode
from mappings.record import Record
from mappings.yaml_file import read_yaml

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
    found: dict[str, Lists] = {}
    for path in further_name_files(folder):
        for row in read_yaml(path) or []:
            names = FurtherNames(**row)
            if names.code in found:
                raise ValueError(f"{path.name}: NOC code {names.code} stands twice")
            found[names.code] = Lists(en=names.en, fr=names.fr)
    return found
