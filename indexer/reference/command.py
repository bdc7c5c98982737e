"""`python -m indexer occupations`: what it does, in sentences for the terminal."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from indexer.failures import IndexerError
from indexer.reference.imports import Import, Recognised, files_of, read_all, recognise
from indexer.reference.layouts import Told
from indexer.reference.refusal_files import write_refusals
from indexer.reference.shipping import ship
from indexer.reference.store import replace_sources
from indexer.settings import Settings
from mappings.reference import Source
from mappings.reference_store import ReferenceStoreError, held_sources
from mappings.reference_tables import FOLDER, NATIONAL, TITLES, shipped_source, shipped_titles

Say = Callable[[str], None]


def _recognised(places: Iterable[Path], settings: Settings, say: Say) -> list[Recognised]:
    """The files that are of a known layout. One named itself must be; others in a folder are passed over."""
    found = []
    for path, named in files_of(places):
        one = recognise(path, settings.max_feed_megabytes)
        if one:
            found.append(one)
        elif named:
            raise IndexerError(f"{path.name} has the columns of no publication that is known here")
        else:
            say(f"{path.name}: not read, it has the columns of no publication that is known here")
    if not found:
        raise IndexerError("there is no file to read")
    return found


def _known_codes(settings: Settings) -> frozenset[str]:
    """Codes of NOC 2021 as they ship; empty, so that every code is taken, where the table is not there."""
    try:
        return frozenset(shipped_titles(settings.knowledge_folder))
    except OSError:
        return frozenset()


def _outcome(one: Import) -> str:
    taken, source = one.taken, one.source
    kept = taken.read - len(taken.refusals) - taken.aside
    return (
        f"{source.file}: {source.title.en}, {source.edition}; {kept} of {taken.read} rows taken, "
        f"{taken.aside} left aside, {len(taken.refusals)} refused"
    )


def _refuse_empty(imports: Sequence[Import], refused: Path | None) -> None:
    """Raises IndexerError when a file has no row to take: held rows are better than none."""
    for one in imports:
        if not one.taken.rows:
            where = f"; see {refused}" if refused else ""
            raise IndexerError(f"no row of {one.source.file} can be taken, so nothing was changed{where}")


def _read(places: Iterable[Path], told: Told, settings: Settings, say: Say) -> list[Import]:
    now = dt.datetime.now(dt.UTC)
    found = _recognised(places, settings, say)
    imports = read_all(found, told, _known_codes(settings), now.date())
    for one in imports:
        say(_outcome(one))
    refused = write_refusals(settings.state, imports, now)
    _refuse_empty(imports, refused)
    if refused:
        say(f"refused rows, with reasons: {refused}")
    return imports


def _held(settings: Settings) -> dict[str, Source]:
    """Every source shown now by id, whether it shipped or was imported. Raises IndexerError."""
    try:
        imported = held_sources(settings.reference_file)
    except ReferenceStoreError as error:
        raise IndexerError(str(error)) from error
    return {source.id: source for source in (*_shipped(settings), *(one.source for one in imported))}


def _remarks(source: Source, before: Source | None, today: dt.date) -> Iterator[str]:
    """What an operator may not have meant."""
    if before and source.is_older(before):
        yield (
            f"{source.file}: edition {source.edition} took the place of {before.edition}, which is newer; "
            f"import {before.file} again to go back"
        )
    if source.is_stale(today):
        yield f"{source.file}: its figures speak of the time up to {source.until}, so they are shown as out of date"
    if source.id.startswith("job-bank") and source.until is None:
        yield f"{source.file} does not say until when it holds: give --until, or it is never shown as stale"


def load(places: Iterable[Path], told: Told, settings: Settings, say: Say) -> None:
    """Reads the files and keeps their rows. Raises IndexerError, and then nothing is changed."""
    imports = _read(places, told, settings, say)
    before = _held(settings)
    replace_sources(settings.reference_file, imports)
    say(f"kept in {settings.reference_file}; `make index` lets listings learn from it")
    for one in imports:
        for remark in _remarks(one.source, before.get(one.source.id), one.source.imported or dt.date.min):
            say(remark)


def ship_tables(places: Iterable[Path], told: Told, settings: Settings, say: Say) -> None:
    """Writes the tables of `data/outlook/` out of the official files. Raises IndexerError."""
    for path in ship(_read(places, told, settings, say), settings.knowledge_folder):
        say(f"wrote {path}")


def _line(source: Source, today: dt.date) -> str:
    facts = [source.title.en, f"edition {source.edition}"]
    facts += [f"released {source.released}"] if source.released else []
    facts += [f"holds until {source.until}"] if source.until else []
    facts += ["STALE"] if source.is_stale(today) else []
    return f"{source.id}: {', '.join(facts)} ({source.file}, {source.licence.en})"


def _shipped(settings: Settings) -> list[Source]:
    folder = settings.knowledge_folder
    names = [name for name in (TITLES, NATIONAL) if (folder / FOLDER / f"{name}.yml").is_file()]
    return [shipped_source(folder, name) for name in names]


def show(settings: Settings, say: Say) -> None:
    """Every source held, whether it shipped or was imported. Raises IndexerError."""
    today = dt.datetime.now(dt.UTC).date()
    found = _held(settings).values()
    for source in sorted(found, key=lambda one: (one.imported is not None, one.id)):
        whence = f"imported {source.imported}" if source.imported else "as shipped"
        say(f"{_line(source, today)} – {whence}")
