"""Declared mappings: how a foreign JSON feed's records become listings, as YAML and not as code."""

import datetime as dt
import re
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

import jmespath
import yaml
from jmespath.exceptions import JMESPathError
from pydantic import Field, ValidationError, field_validator, model_validator

from indexer.cells import BAR, Cell, Row, is_blank
from indexer.cleaning import line
from indexer.failures import SourceError
from indexer.fields import slots_by_path
from indexer.readers.records import Numbered
from indexer.rules import Issue, Problem, UnreadableError, problem
from indexer.transforms import TRANSFORMS
from mappings.contract import Contract
from mappings.record import Record, SingleOrMany
from mappings.yaml_file import read_yaml

LITERAL = re.compile(r"'[^']*'|`[^`]*`")
# Of parts of an expression whose later members are looked up in what the earlier ones gave: how many are the earlier.
HEADS = {
    "subexpression": 1, "index_expression": 1, "projection": 1, "value_projection": 1, "filter_projection": 1,
    "pipe": 1, "expref": 0,
}  # fmt: skip
NAME = re.compile(r"[A-Za-z_][\w.]*")


def _compiled(expression: str) -> str:
    try:
        jmespath.compile(expression)
    except JMESPathError as error:
        raise ValueError(f"{expression!r} is not a JMESPath expression") from error
    return expression


def _names_read(part: Any) -> Iterator[str]:
    """The names at the head of a parsed expression's paths: of `a.b[0]` only `a`."""
    if part["type"] == "field":
        yield part["value"]
    for child in part["children"][: HEADS.get(part["type"])]:
        yield from _names_read(child)


class FieldMap(Record):
    """Where one field's value comes from: a path into the record or a constant, then what is done to it."""

    path: str | None = None
    value: Any = None
    vocabulary: dict[str, str] | None = None
    transform: SingleOrMany[str] = ()
    prefix: str = ""

    @model_validator(mode="before")
    @classmethod
    def _short(cls, value: Any) -> Any:
        return {"path": value} if isinstance(value, str) else value

    @model_validator(mode="after")
    def _sourced(self) -> "FieldMap":
        if (self.path is None) == (self.value is None):
            raise ValueError("give either a path or a value")
        unknown = next((name for name in self.transform if name not in TRANSFORMS), None)
        if unknown:
            raise ValueError(f"no transform {unknown!r}; there are: {', '.join(TRANSFORMS)}")
        if self.path:
            _compiled(self.path)
        return self

    @property
    def named(self) -> str:
        """What a report calls it: the last name in the path."""
        names = NAME.findall(LITERAL.sub("", self.path or ""))
        return names[-1] if names else "value"

    def read(self, body: dict[str, Any], today: dt.date) -> Any:
        """The value for a record. Raises UnreadableError; JMESPathError where the record has another shape."""
        found = jmespath.search(self.path, body) if self.path else self.value
        for name in self.transform:
            found = None if is_blank(found) else TRANSFORMS[name](found, today)
        if is_blank(found):
            return None
        if self.vocabulary is not None:
            found = _translated(found, self.vocabulary)
        return f"{self.prefix}{found}" if self.prefix and _is_relative(found) else found


def _is_relative(found: Any) -> bool:
    return isinstance(found, str) and "://" not in found


def _translated(found: Any, vocabulary: dict[str, str]) -> Any:
    """Values by the table; one it does not hold is left to the closed list's own reading."""
    if isinstance(found, list):
        return [_translated(one, vocabulary) for one in found]
    name = str(found).lower() if isinstance(found, bool) else str(found)
    return vocabulary.get(name, vocabulary.get("*", found))


class Join(Record):
    """A second file, beside the feed, whose records with the same key are put into each record under a name."""

    file: Path
    key: str
    as_: str = Field(alias="as")


class Mapping(Record):
    """A feed's shape. Without `fields`, records are listing records already; after `until` they are not offered."""

    records: str | None = None
    where: str | None = None
    until: FieldMap | None = None
    join: Join | None = None
    fields: dict[str, FieldMap] = Field(default_factory=dict)

    @field_validator("records", "where")
    @classmethod
    def _readable(cls, value: str | None) -> str | None:
        return _compiled(value) if value else value

    @cached_property
    def condition(self) -> Any:
        return jmespath.compile(self.where) if self.where else None

    @cached_property
    def names(self) -> frozenset[str]:
        """Every name that its paths read: of a table, the columns it needs."""
        paths = [self.where, *(one.path for one in self.fields.values()), *([self.until.path] if self.until else [])]
        read = {name for path in paths if path for name in _names_read(jmespath.compile(path).parsed)}
        joined = {self.join.as_} if self.join else set()
        return frozenset(read - joined | ({self.join.key} if self.join else set()))

    def is_over(self, body: dict[str, Any], today: dt.date) -> bool:
        """Whether its last day is behind us; a day that cannot be read ends nothing."""
        if self.until is None:
            return False
        try:
            return str(self.until.read(body, today) or "9999")[:10] < today.isoformat()
        except (UnreadableError, JMESPathError):
            return False

    def wants(self, body: dict[str, Any]) -> bool:
        """Whether the record is a listing to read. Raises JMESPathError where its shape does not fit the condition."""
        return self.condition is None or bool(self.condition.search(body))


def _unknown_field(mapping: Mapping, contract: Contract) -> str | None:
    known = slots_by_path(contract)
    return next((name for name in mapping.fields if name not in known), None)


def read_mapping(path: Path, contract: Contract) -> Mapping:
    """The mapping of a file. Raises SourceError."""
    try:
        mapping = Mapping.model_validate(read_yaml(path))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise SourceError(problem("mapping_wrong", file=path.name, detail=line(str(error))[:300])) from error
    except ValidationError as error:
        first = error.errors()[0]
        detail = f"{'.'.join(map(str, first['loc']))}: {first['msg']}"
        raise SourceError(problem("mapping_wrong", file=path.name, detail=detail)) from error
    unknown = _unknown_field(mapping, contract)
    if unknown:
        raise SourceError(problem("mapping_wrong", file=path.name, detail=f"there is no field {unknown!r}"))
    return mapping


def joined(records: list[Numbered], others: list[Numbered], join: Join) -> list[Numbered]:
    """The records, each with the list of the others that share its key."""
    groups: dict[str, list[dict[str, Any]]] = {}
    for other in others:
        groups.setdefault(str(other.body.get(join.key)), []).append(other.body)
    return [
        Numbered(one.number, {**one.body, join.as_: groups.get(str(one.body.get(join.key)), [])}, one.problem)
        for one in records
    ]


def alone(records: list[Numbered], others: list[Numbered], join: Join) -> list[Issue]:
    """A warning for each record of the second file whose key no record has: a run without a course."""
    keys = {str(one.body.get(join.key)) for one in records}
    lost = ((other.number, str(other.body.get(join.key))) for other in others)
    wrong = problem("join_alone", file=join.file.name)
    return [Issue(number, join.key, key, wrong) for number, key in lost if key not in keys]


def _cells(body: dict[str, Any], mapping: Mapping, today: dt.date) -> Iterator[tuple[str, Any, Problem | None]]:
    for name, field_map in mapping.fields.items():
        try:
            yield name, field_map.read(body, today), None
        except UnreadableError as error:
            yield name, jmespath.search(field_map.path or "@", body), error.problem
        except JMESPathError:
            yield name, None, problem("wrong_shape")


def _shown(value: Any) -> str:
    """A value as a report repeats it; of a list its different members."""
    listed = value if isinstance(value, list) else [value]
    return BAR.join(dict.fromkeys(str(one) for one in listed if not is_blank(one)))


def mapped_row(record: Numbered, mapping: Mapping, contract: Contract, today: dt.date) -> Row:
    """A record's row; columns are named by the paths of the mapping."""
    slots, cells, problems = slots_by_path(contract), {}, []
    for name, value, wrong in _cells(record.body, mapping, today):
        column = mapping.fields[name].named
        if wrong:
            problems.append((column, _shown(value), wrong))
        elif not is_blank(value):
            cells[slots[name]] = Cell(column, value)
    return Row(record.number, cells, tuple(problems))
