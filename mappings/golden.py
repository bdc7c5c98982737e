"""Golden queries: searches with what a careers adviser would hand over for each. docs/judging.md is the guideline."""

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import Field, ValidationError, model_validator

from mappings.contract import Language
from mappings.fingerprint import digest
from mappings.record import Record
from mappings.yaml_file import read_yaml

QueryClass = Literal[
    "job_title", "everyday_job", "skill", "tool", "subject", "institution", "credential", "code", "sentence",
    "cross_lingual", "misspelt", "vague", "nothing",
]  # fmt: skip
Grade = Literal[1, 2, 3]
LONGEST_TEXT = 200  # what the reader takes


class GoldenError(ValueError):
    """A file of golden queries cannot be used; the message names the file and the row."""


class GoldenQuery(Record):
    """One judged query. `known_miss` says why it is known not to be answered well."""

    id: str = Field(min_length=1)
    query_class: QueryClass = Field(alias="class")
    language: Language
    text: str = Field(min_length=1, max_length=LONGEST_TEXT)
    grades: Mapping[Grade, tuple[str, ...]]
    known_miss: str = ""

    @property
    def judged(self) -> dict[str, int]:
        """The grade of each listing that has one. Without any, the right answer is that nothing suits."""
        return {listing: grade for grade, listings in self.grades.items() for listing in listings}

    @model_validator(mode="after")
    def _judged_once(self) -> "GoldenQuery":
        twice = _twice([listing for listings in self.grades.values() for listing in listings])
        if twice:
            raise ValueError(f"{twice} has two grades")
        if not self.judged and self.query_class != "nothing":
            raise ValueError("no listing has a grade, which only the class nothing may do")
        return self


class GoldenAnswer(Record):
    """What one index answers to one query: listing ids, the best first, and whether it says that nothing suits."""

    index: str
    query: str
    ids: tuple[str, ...]
    declined: bool


def _twice(names: Sequence[str]) -> str | None:
    return next((name for name, count in Counter(names).items() if count > 1), None)


def _rows(path: Path) -> list[Any]:
    try:
        rows = read_yaml(path)
    except FileNotFoundError as error:
        raise GoldenError(f"the golden queries {path.name} are not there: {path}") from error
    except (OSError, UnicodeDecodeError) as error:
        raise GoldenError(f"{path.name} cannot be read: {error}") from error
    except yaml.YAMLError as error:
        raise GoldenError(f"{path.name} is not YAML: {' '.join(str(error).split())}") from error
    if not isinstance(rows, list) or not rows:
        raise GoldenError(f"{path.name} is not a list of golden queries")
    return rows


def _query(path: Path, number: int, row: Any) -> GoldenQuery:
    try:
        return GoldenQuery.model_validate(row)
    except ValidationError as error:
        first = error.errors()[0]
        named = f" ({row['id']})" if isinstance(row, dict) and row.get("id") else ""
        key = ".".join(str(part) for part in first["loc"])
        reason = f"{key}: {first['msg']}" if key else first["msg"]
        raise GoldenError(f"{path.name}, query {number}{named}: {reason}") from error


def read_golden(path: Path) -> tuple[GoldenQuery, ...]:
    """The queries of a file. Raises GoldenError."""
    queries = tuple(_query(path, number, row) for number, row in enumerate(_rows(path), 1))
    if twice := _twice([one.id for one in queries]):
        raise GoldenError(f"{path.name}: the query {twice} stands twice")
    return queries


def asked_digest(queries: Sequence[GoldenQuery]) -> str:
    """Of what is asked, whatever the grades: answers stay the same while it does."""
    return digest([[one.id, one.language, one.text] for one in queries])
