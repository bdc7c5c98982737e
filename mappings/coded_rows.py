"""Data files that hold a row for each unit group."""

from collections.abc import Iterable
from pathlib import Path
from typing import Protocol, TypeVar

from mappings.yaml_file import read_yaml


class KnowledgeError(ValueError):
    """A knowledge file is wrong; the message names the file and the entry."""


class Coded(Protocol):
    """A row with its NOC code."""

    @property
    def code(self) -> str: ...


Row = TypeVar("Row", bound=Coded)


def rows_by_code(paths: Iterable[Path], kind: type[Row]) -> dict[str, Row]:
    """The rows of all files. Raises KnowledgeError on a code that stands twice, ValueError on a wrong shape."""
    found: dict[str, Row] = {}
    for path in paths:
        for given in read_yaml(path) or []:
            row = kind(**given)
            if row.code in found:
                raise KnowledgeError(f"{path.name}: NOC code {row.code} stands twice")
            found[row.code] = row
    return found
