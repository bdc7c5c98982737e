"""The tables of the database that holds imported official figures: one per kind of typed row."""

from collections.abc import Iterator

from mappings.record import Record
from mappings.reference import (
    Duty,
    ExampleTitle,
    NationalOutlook,
    RatedSkill,
    RegionalOutlook,
    Statement,
    UnitGroup,
    Wage,
)

# Goes up when the tables change; a database of another version is imported anew, never guessed at.
VERSION = 2
TABLES: dict[type[Record], str] = {
    UnitGroup: "unit_groups",
    ExampleTitle: "example_titles",
    NationalOutlook: "national_outlooks",
    RegionalOutlook: "regional_outlooks",
    Wage: "wages",
    RatedSkill: "rated_skills",
    Duty: "duties",
    Statement: "statements",
}
PLACE = ("source", "row")
# A source's record as JSON, and a hash of the file and of the layout it was read by.
SOURCES = "CREATE TABLE sources (id TEXT PRIMARY KEY, body TEXT NOT NULL, digest TEXT NOT NULL)"


def columns(kind: type[Record]) -> tuple[str, ...]:
    """The table's columns: where the row stands, then the record's own fields; a title in both languages is two."""
    own = [name for name in kind.model_fields if name not in PLACE]
    return (*PLACE, *(part for name in own for part in _parts(kind, name)))


def _parts(kind: type[Record], name: str) -> tuple[str, ...]:
    return ("title_en", "title_fr") if kind is UnitGroup and name == "title" else (name,)


def statements() -> Iterator[str]:
    """The SQL that makes an empty database."""
    yield SOURCES
    for kind, table in TABLES.items():
        yield f"CREATE TABLE {table} ({', '.join(columns(kind))})"
        yield f"CREATE INDEX {table}_by_code ON {table} (code)"
    yield f"PRAGMA user_version = {VERSION}"
