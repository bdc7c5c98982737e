"""Writes imported rows: a source's old rows make room for the new, all of a command's sources or none of them."""

import os
import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from indexer.failures import IndexerError
from indexer.lease import lease
from indexer.reference.imports import Import
from indexer.reference.layouts import Numbered
from mappings.record import Record
from mappings.reference import UnitGroup
from mappings.reference_schema import TABLES, columns, statements
from mappings.reference_store import Database, ReferenceStoreError


def _values(kind: type[Record], source: str, row: int, record: Record) -> tuple[Any, ...]:
    said = record.model_dump(mode="json")
    if isinstance(record, UnitGroup):
        said |= {f"title_{language}": words for language, words in said.pop("title").items()}
    said |= {"source": source, "row": row}
    return tuple(said[name] for name in columns(kind))


def _of_kind(rows: Sequence[Numbered], kind: type[Record], source: str) -> Iterator[tuple[Any, ...]]:
    return (_values(kind, source, number, record) for number, record in rows if type(record) is kind)


def _insert(kind: type[Record]) -> str:
    names = columns(kind)
    return f"INSERT INTO {TABLES[kind]} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"  # noqa: S608 - ours


def _replace_source(connection: sqlite3.Connection, one: Import) -> None:
    """One transaction: the old rows of the source go, the new ones come."""
    source = one.source
    with connection:
        for kind, table in TABLES.items():
            connection.execute(f"DELETE FROM {table} WHERE source = ?", (source.id,))  # noqa: S608 - ours
            connection.executemany(_insert(kind), _of_kind(one.taken.rows, kind, source.id))
        body = source.model_dump_json(exclude_none=True)
        connection.execute("INSERT OR REPLACE INTO sources VALUES (?, ?, ?)", (source.id, body, one.digest))


def _begin(part: Path, database: Path) -> sqlite3.Connection:
    """A connection to a copy of the database, or to an empty one where there is none yet."""
    if not database.is_file():
        connection = sqlite3.connect(part)
        for statement in statements():
            connection.execute(statement)
        return connection
    try:
        Database(database)
    except ReferenceStoreError as error:
        raise IndexerError(str(error)) from error
    shutil.copyfile(database, part)
    return sqlite3.connect(part)


def _write(part: Path, database: Path, imports: Sequence[Import]) -> None:
    with closing(_begin(part, database)) as connection:
        for one in imports:
            _replace_source(connection, one)
    with part.open("rb") as file:
        os.fsync(file.fileno())


def replace_sources(database: Path, imports: Sequence[Import]) -> None:
    """The database with these sources in place of their older selves. Whatever fails, the database is as it was.

    Readers have the file they opened until they open it anew: it is replaced, never changed. Raises IndexerError when
    another run writes it or it is damaged, OSError and sqlite3.Error when the disk is full or may not be written.
    """
    part = database.with_name(f"{database.name}.part")
    with lease(database.parent, database.name):
        try:
            part.unlink(missing_ok=True)
            _write(part, database, imports)
            part.replace(database)
        finally:
            part.unlink(missing_ok=True)
            part.with_name(f"{part.name}-journal").unlink(missing_ok=True)
