"""A source's feed, read: file, format and mapping become rows."""

import datetime as dt
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import jmespath
from jmespath.exceptions import JMESPathError

from indexer.cells import Row
from indexer.failures import SourceError
from indexer.mapping import Join, Mapping, alone, joined, mapped_row, read_mapping
from indexer.readers.ctdl import read_ctdl
from indexer.readers.feed import Feed
from indexer.readers.records import Numbered, listed, read_document, read_lines
from indexer.readers.table import read_csv, read_xlsx
from indexer.readers.table_records import TABLES
from indexer.records import record_row, unknown_keys
from indexer.rules import Issue, problem
from indexer.sources import FORMATS, Format, Source
from mappings.contract import Contract
from mappings.web_address import is_web_address

MEGABYTE = 1_000_000


class Found(NamedTuple):
    """Records, and warnings about what of the files does not get to be one."""

    records: Iterable[Numbered]
    notes: list[Issue]


def check_file(path: Path, megabytes: int) -> None:
    """Raises SourceError when the file is absent or larger than that."""
    if not path.is_file():
        raise SourceError(problem("file_missing", file=path.name))
    if path.stat().st_size > megabytes * MEGABYTE:
        raise SourceError(problem("file_too_large", file=path.name, limit=megabytes))


def _goes_on(body: Any) -> bool:
    """Whether a page of an API's list says that there is another."""
    pages = [body, body.get("pagination")] if isinstance(body, dict) else []
    following = (one.get("next") for one in pages if isinstance(one, dict))
    return any(isinstance(one, str) and is_web_address(one) for one in following)


def _records(path: Path, form: Format, encoding: str | None, place: str | None) -> Found:
    if form == "ndjson":
        return Found(read_lines(path, encoding), [])
    body = read_document(path, encoding)
    records = listed(jmespath.search(place, body) if place else body, path, place or "@")
    return Found(records, [Issue(len(records), "next", "", problem("more_pages"))] if _goes_on(body) else [])


def _others(source: Source, mapping: Mapping, join: Join, megabytes: int) -> list[Numbered]:
    """The records of the second file, of whatever kind it is."""
    other = joined_file(source, mapping)
    check_file(other, megabytes)
    form = FORMATS.get(other.suffix.lower(), "json")
    if form in TABLES:
        return list(TABLES[form](other, source.encoding, frozenset({join.key})).records)
    return list(_records(other, form, source.encoding, None).records)


def _joined(found: Found, source: Source, mapping: Mapping, megabytes: int) -> Found:
    """The records with those of the second file inside, where the mapping names one, and what of that stays alone."""
    if mapping.join is None:
        return found
    records, others = list(found.records), _others(source, mapping, mapping.join, megabytes)
    return Found(joined(records, others, mapping.join), [*found.notes, *alone(records, others, mapping.join)])


def joined_file(source: Source, mapping: Mapping) -> Path:
    """The second file of a mapping; it stands beside the feed. The mapping must have one."""
    assert mapping.join
    return source.file.parent / mapping.join.file


def _wanted(records: Iterable[Numbered], mapping: Mapping, source: Source, today: dt.date) -> Iterator[Numbered]:
    """The records the mapping wants, and the broken ones, which are to be reported."""
    try:
        for one in records:
            if one.problem or (mapping.wants(one.body) and not mapping.is_over(one.body, today)):
                yield one
    except JMESPathError as error:
        name = source.mapping.name if source.mapping else ""
        raise SourceError(problem("mapping_wrong", file=name, detail=f"where: {error}"[:300])) from error


def _mapped(record: Numbered, mapping: Mapping, contract: Contract, today: dt.date) -> Row:
    if record.problem or not mapping.fields:
        return record_row(record, contract)
    return mapped_row(record, mapping, contract, today)


def _json_feed(source: Source, form: Format, contract: Contract, today: dt.date, megabytes: int) -> Feed:
    mapping = read_mapping(source.mapping, contract) if source.mapping else Mapping()
    found = _joined(_records(source.file, form, source.encoding, mapping.records), source, mapping, megabytes)
    records = list(_wanted(found.records, mapping, source, today))
    notes = [] if mapping.fields else unknown_keys(records, contract)
    return Feed([_mapped(one, mapping, contract, today) for one in records], [*found.notes, *notes])


def _table_feed(source: Source, form: Format, contract: Contract, today: dt.date, megabytes: int) -> Feed:
    """A table with headers of its own. Its rows are mapped one by one, so that few are held at a time."""
    assert source.mapping
    mapping = read_mapping(source.mapping, contract)
    if mapping.records:
        raise SourceError(problem("mapping_wrong", file=source.mapping.name, detail="records: a table is its own list"))
    table = TABLES[form](source.file, source.encoding, mapping.names)
    found = _joined(Found(table.records, table.notes), source, mapping, megabytes)
    wanted = _wanted(found.records, mapping, source, today)
    return Feed([_mapped(one, mapping, contract, today) for one in wanted], found.notes)


def _refuse_nothing(source: Source, contract: Contract) -> None:
    """Raises SourceError for a feed of no rows, with the mapping's condition where it has one."""
    mapping = read_mapping(source.mapping, contract) if source.mapping else Mapping()
    kind = "nothing_wanted" if mapping.where or mapping.until else "file_empty"
    raise SourceError(problem(kind, file=source.file.name))


def read_feed(source: Source, contract: Contract, today: dt.date, megabytes: int) -> Feed:
    """The rows of a source's feed, at least one. Raises SourceError."""
    form = source.feed_format
    if form is None:
        raise SourceError(problem("format_unknown", file=source.file.name))
    check_file(source.file, megabytes)
    if source.mapping and form in TABLES:
        feed = _table_feed(source, form, contract, today, megabytes)
    elif form == "csv":
        feed = read_csv(source.file, source.encoding, contract)
    elif form == "xlsx":
        feed = read_xlsx(source.file, contract)
    elif form == "ctdl":
        feed = read_ctdl(source.file, source.encoding, today)
    else:
        feed = _json_feed(source, form, contract, today, megabytes)
    if not feed.rows:
        _refuse_nothing(source, contract)
    return feed
