"""Official figures and titles as they are held: the tables that ship, and over them what an operator imported."""

import sqlite3
import threading
import weakref
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from mappings.contract import Language
from mappings.occupation import Both
from mappings.record import Record
from mappings.reference import (
    Duty,
    ExampleTitle,
    NationalOutlook,
    RatedSkill,
    RegionalOutlook,
    Source,
    Statement,
    Wage,
)
from mappings.reference_regions import CANADA, REGIONS, region_name
from mappings.reference_schema import TABLES, VERSION, columns
from mappings.reference_tables import NATIONAL, TITLES, shipped_national, shipped_source, shipped_titles

DATABASE = "reference.sqlite"
DAMAGED = "cannot be read ({}): remove it and import again"
GROUP_TITLES = "SELECT code, title_en, title_fr FROM unit_groups"
TITLED = "SELECT DISTINCT code FROM example_titles ORDER BY code"
REGIONS_HELD = "SELECT region, region_name FROM regional_outlooks UNION SELECT region, '' FROM wages ORDER BY 1, 2"
EACH_ONCE = "GROUP BY language, title COLLATE NOCASE HAVING min(rowid) ORDER BY min(rowid)"

R = TypeVar("R", bound=Record)


class ReferenceStoreError(ValueError):
    """The database of imported figures cannot be read; the message says what to do."""


def version_of(database: Path | None) -> tuple[int, int, int] | None:
    """What tells one state of the file from another; None where there is no file."""
    try:
        found = database.stat() if database else None
    except OSError:
        return None
    return (found.st_ino, found.st_mtime_ns, found.st_size) if found else None


class Database:
    """A database of imported rows as it was when opened. May be shared by threads.

    A file once written is never changed, only replaced, so it needs no locks (`immutable`); and a connection that needs
    none may be carried into forked workers.
    """

    def __init__(self, path: Path) -> None:
        uri = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
        self._name = path.name
        self._lock = threading.Lock()
        try:
            self._connection = sqlite3.connect(uri, uri=True, check_same_thread=False)
        except sqlite3.Error as error:
            raise ReferenceStoreError(f"{path.name} {DAMAGED.format(error)}") from error
        weakref.finalize(self, self._connection.close)
        ((found,),) = self.query("PRAGMA user_version")
        if found != VERSION:
            raise ReferenceStoreError(f"{path.name} {DAMAGED.format('another version made it')}")

    def query(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        try:
            with self._lock:
                return self._connection.execute(sql, values).fetchall()
        except sqlite3.Error as error:
            raise ReferenceStoreError(f"{self._name} {DAMAGED.format(error)}") from error

    def records(self, kind: type[R], where: str, *values: object) -> tuple[R, ...]:
        """Rows of a table as typed records."""
        names = [name for name in columns(kind) if name in kind.model_fields]
        rows = self.query(f"SELECT {', '.join(names)} FROM {TABLES[kind]} {where}", *values)  # noqa: S608 - names of ours
        return tuple(kind.model_validate(dict(zip(names, row, strict=True))) for row in rows)


@dataclass(frozen=True)
class Held:
    """A source in the database, with the hash of the file it was read from."""

    source: Source
    digest: str


def held_sources(database: Path | None) -> tuple[Held, ...]:
    """What was imported, by id. Raises ReferenceStoreError."""
    return _held(Database(database)) if database and database.is_file() else ()


def _held(database: Database) -> tuple[Held, ...]:
    rows = database.query("SELECT body, digest FROM sources ORDER BY id")
    return tuple(Held(Source.model_validate_json(body), digest) for body, digest in rows)


class Reference:
    """Official titles and projections by NOC code in memory; the rest is read when asked for, by NOC code.

    `sources` by id holds every source that any row names.
    """

    def __init__(self, data_folder: Path, database: Path | None) -> None:
        self._path, self._version = database, version_of(database)
        self._database = Database(database) if database and self._version else None
        shipped = {name: shipped_source(data_folder, name) for name in (TITLES, NATIONAL)}
        held = _held(self._database) if self._database else ()
        self.sources: dict[str, Source] = {one.id: one for one in (*shipped.values(), *(had.source for had in held))}
        self.titles: dict[str, Both] = {**shipped_titles(data_folder), **self._imported_titles()}
        # Figures of two editions are never mixed: one imported group hides the whole shipped table.
        self.national: dict[str, NationalOutlook] = self._imported_national() or shipped_national(
            data_folder, shipped[NATIONAL].id
        )

    def is_current(self) -> bool:
        """Whether the database on disk is still the one that was read."""
        return version_of(self._path) == self._version

    def _query(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        return self._database.query(sql, *values) if self._database else []

    def _all(self, kind: type[R], where: str, *values: object) -> tuple[R, ...]:
        return self._database.records(kind, where, *values) if self._database else ()

    def _imported_titles(self) -> dict[str, Both]:
        rows = self._query(GROUP_TITLES)
        return {code: Both(en=en, fr=fr) for code, en, fr in rows}

    def _imported_national(self) -> dict[str, NationalOutlook]:
        return {row.code: row for row in self._all(NationalOutlook, "ORDER BY code")}

    def outlooks(self, code: str) -> tuple[RegionalOutlook, ...]:
        """Prospects in each region there are any for, by region code."""
        return self._all(RegionalOutlook, "WHERE code = ? ORDER BY region, row", code)

    def wages(self, code: str) -> tuple[Wage, ...]:
        """Wages in each region there are any for, by region code."""
        return self._all(Wage, "WHERE code = ? ORDER BY region, row", code)

    def duties(self, code: str, language: Language) -> tuple[Duty, ...]:
        """Main duties in the source's order: the classification's where they are held, else the profiles'."""
        found = self._all(Duty, "WHERE code = ? AND language = ? ORDER BY source, row", code, language)
        return tuple(duty for duty in found if duty.source == found[0].source)

    def statements(self, code: str, language: Language) -> tuple[Statement, ...]:
        """The definition of the unit group and the lead statements of its profiles."""
        where = "WHERE code = ? AND language = ? AND kind != 'requirement' ORDER BY kind, row"
        return self._all(Statement, where, code, language)

    def requirements(self, code: str, language: Language) -> tuple[Statement, ...]:
        """What the classification says it takes to work in the unit group, in its order."""
        where = "WHERE code = ? AND language = ? AND kind = 'requirement' ORDER BY row"
        return self._all(Statement, where, code, language)

    def skills(self, code: str) -> tuple[RatedSkill, ...]:
        """Skills, then knowledge, each by rank."""
        return self._all(RatedSkill, "WHERE code = ? ORDER BY kind DESC, rank", code)

    def example_titles(self) -> Iterator[ExampleTitle]:
        """Every imported job title, each once per unit group and language whatever its case."""
        for (code,) in self._query(TITLED):
            yield from self.titles_of(code)

    def titles_of(self, code: str) -> tuple[ExampleTitle, ...]:
        """The imported job titles of one unit group, as `example_titles` gives them."""
        return self._all(ExampleTitle, f"WHERE code = ? {EACH_ONCE}", code)

    def regions(self, language: Language = "en") -> dict[str, str]:
        """Names by code: Ontario's economic regions, and every other that outlooks or wages are held for."""
        held = dict(self._query(REGIONS_HELD))
        codes = sorted({*(code for code in REGIONS if code != CANADA), *held})
        return {code: region_name(code, language, held.get(code, "")) for code in codes}


def read_reference(data_folder: Path, database: Path | None = None) -> Reference:
    """What is held now; without a database, what ships. Raises ReferenceStoreError when it cannot be read."""
    return Reference(data_folder, database)
