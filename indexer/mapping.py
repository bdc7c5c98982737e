"""Declared mappings: how a foreign feed's records become listings, as YAML and not as code."""

import datetime as dt
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any, Literal, NamedTuple

import yaml
from pydantic import Field, ValidationError, model_validator

from indexer.cells import BAR, Cell, Row, is_blank
from indexer.cleaning import line
from indexer.failures import SourceError
from indexer.fields import slots_by_path
from indexer.paths import JMESPATH, PathError, Paths, XPaths
from indexer.readers.records import Numbered
from indexer.readers.xml import Shape, paths_of
from indexer.rules import Problem, UnreadableError, problem
from indexer.transforms import TRANSFORMS
from mappings.contract import Contract
from mappings.record import Record, SingleOrMany
from mappings.yaml_file import read_yaml

CONSTANT = "value"  # what a report calls a value that stands in the mapping itself


class Found(NamedTuple):
    """What a rule gave: the column as a report calls it, the value, and why the value could not be read."""

    column: str
    value: Any
    problem: Problem | None = None


class FieldMap(Record):
    """Where one field's value comes from: a path into the record or a constant, then what is done to it.

    Where the condition does not hold, or nothing is found, the value is that of `otherwise`.
    """

    path: str | None = None
    value: Any = None
    when: str | None = None
    vocabulary: dict[str, str] | None = None
    transform: SingleOrMany[str] = ()
    prefix: str = ""
    otherwise: "FieldMap | None" = None

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
        return self

    def expressions(self) -> Iterator[str]:
        """All paths and conditions in it."""
        yield from (one for one in (self.path, self.when) if one)
        if self.otherwise:
            yield from self.otherwise.expressions()

    def named(self, paths: Paths) -> str:
        """What a report calls it."""
        return paths.named(self.path) if self.path else CONSTANT

    def read(self, body: Any, today: dt.date, paths: Paths = JMESPATH) -> Found:
        """What it gives for a record."""
        try:
            found = Found(self.named(paths), self._value(body, today, paths))
        except UnreadableError as error:
            return Found(self.named(paths), self.raw(body, paths), error.problem)
        except PathError:
            return Found(self.named(paths), None, problem("wrong_shape"))
        return self.otherwise.read(body, today, paths) if found.value is None and self.otherwise else found

    def _value(self, body: Any, today: dt.date, paths: Paths) -> Any:
        if self.when and not paths.holds(self.when, body):
            return None
        return self._prefixed(self._transformed(self.raw(body, paths), today))

    def raw(self, body: Any, paths: Paths) -> Any:
        """The value as the record has it. Raises PathError."""
        return paths.find(self.path, body) if self.path else self.value

    def _transformed(self, found: Any, today: dt.date) -> Any:
        for name in self.transform:
            found = None if is_blank(found) else TRANSFORMS[name](found, today)
        if is_blank(found):
            return None
        return found if self.vocabulary is None else _translated(found, self.vocabulary)

    def _prefixed(self, found: Any) -> Any:
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
    """A second file, beside the feed, whose records with the same key are put into each record under a name.

    `records` says where they stand in it; `key` is a path into a record of either file.
    """

    file: Path
    key: str
    as_: str = Field(alias="as")
    records: str | None = None


class Mapping(Record):
    """A feed's shape. Without `fields`, records are listing records already; after `until` they are not offered.

    `namespaces` and `runs` are for XML: prefixes of names, and the elements that are starts of a record.
    """

    paths: Literal["jmespath", "xpath"] = "jmespath"
    namespaces: dict[str, str] = Field(default_factory=dict)
    records: str | None = None
    runs: str | None = None
    where: str | None = None
    until: FieldMap | None = None
    join: Join | None = None
    fields: dict[str, FieldMap] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _readable(self) -> "Mapping":
        asked = [one for one in (self.where, self.join and self.join.key) if one]
        asked += [one for rule in (*self.fields.values(), self.until) if rule for one in rule.expressions()]
        asked += [] if self.is_xml else [one for one in (self.records, self.join and self.join.records) if one]
        for expression in asked:
            self.language.check(expression)
        if self.is_xml:
            self.shape(self.records)
        return self

    @property
    def is_xml(self) -> bool:
        return self.paths == "xpath"

    @cached_property
    def language(self) -> Paths:
        return XPaths(self.namespaces) if self.is_xml else JMESPATH

    def shape(self, records: str | None) -> Shape:
        """Which elements of a file are records. Raises ValueError."""
        if not records:
            raise ValueError("say which elements are records")
        runs = paths_of(self.runs, self.namespaces) if self.runs else ()
        return Shape(paths_of(records, self.namespaces), runs, is_bare=not self.namespaces)

    @cached_property
    def names(self) -> frozenset[str]:
        """Every name that its paths read: of a table, the columns it needs."""
        rules = (*self.fields.values(), *([self.until] if self.until else []))
        paths = [*([self.where] if self.where else []), *(path for rule in rules for path in rule.expressions())]
        read = {name for path in paths for name in self.language.heads(path)}
        joined = {self.join.as_} if self.join else set()
        return frozenset(read - joined | (set(self.language.heads(self.join.key)) if self.join else set()))

    def is_over(self, body: Any, today: dt.date) -> bool:
        """Whether its last day is behind us; a day that cannot be read ends nothing."""
        found = self.until.read(body, today, self.language) if self.until else None
        ends = str(found.value) if found and found.value and not found.problem else "9999"
        return ends[:10] < today.isoformat()

    def wants(self, body: Any) -> bool:
        """Whether the record is a listing to read. Raises PathError where its shape does not fit the condition."""
        return self.where is None or self.language.holds(self.where, body)


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


def _shown(value: Any) -> str:
    """A value as a report repeats it; of a list its different members."""
    listed = value if isinstance(value, list) else [value]
    return BAR.join(dict.fromkeys(str(one) for one in listed if not is_blank(one)))


def mapped_row(record: Numbered, mapping: Mapping, contract: Contract, today: dt.date) -> Row:
    """A record's row; columns are named by the paths of the mapping."""
    slots, cells, problems = slots_by_path(contract), {}, []
    for name, field_map in mapping.fields.items():
        found = field_map.read(record.body, today, mapping.language)
        if found.problem:
            problems.append((found.column, _shown(found.value), found.problem))
        elif not is_blank(found.value):
            cells[slots[name]] = Cell(found.column, found.value)
    return Row(record.number, cells, tuple(problems))
