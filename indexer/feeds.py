"""A source's feed, read: file, format and mapping become rows."""

import datetime as dt
from pathlib import Path

import jmespath
from jmespath.exceptions import JMESPathError

from indexer.failures import SourceError
from indexer.mapping import Mapping, joined, mapped_row, read_mapping
from indexer.readers.feed import Feed
from indexer.readers.records import Numbered, listed, read_document, read_lines
from indexer.readers.schema_org.reading import read_schema_org
from indexer.readers.table import read_csv, read_xlsx
from indexer.records import record_row, unknown_keys
from indexer.rules import problem
from indexer.sources import FORMATS, Format, Source
from mappings.contract import Contract

MEGABYTE = 1_000_000
SCHEMA_ORG = "schema-org"  # a file, or a folder of pages


def check_file(path: Path, megabytes: int) -> None:
    """Raises SourceError when the file is absent or larger than that."""
    if not path.is_file():
        raise SourceError(problem("file_missing", file=path.name))
    if path.stat().st_size > megabytes * MEGABYTE:
        raise SourceError(problem("file_too_large", file=path.name, limit=megabytes))


def _records(path: Path, form: Format, encoding: str | None, place: str | None) -> list[Numbered]:
    if form == "ndjson":
        return read_lines(path, encoding)
    body = read_document(path, encoding)
    return listed(jmespath.search(place, body) if place else body, path, place or "@")


def _joined_records(source: Source, form: Format, mapping: Mapping, megabytes: int) -> list[Numbered]:
    records = _records(source.file, form, source.encoding, mapping.records)
    if mapping.join is None:
        return records
    other = joined_file(source, mapping)
    check_file(other, megabytes)
    return joined(records, _records(other, FORMATS.get(other.suffix, "json"), source.encoding, None), mapping.join)


def joined_file(source: Source, mapping: Mapping) -> Path:
    """The second file of a mapping; it stands beside the feed. The mapping must have one."""
    assert mapping.join
    return source.file.parent / mapping.join.file


def _wanted(records: list[Numbered], mapping: Mapping, source: Source) -> list[Numbered]:
    """The records the mapping wants, and the broken ones, which are to be reported."""
    try:
        return [one for one in records if one.problem or mapping.wants(one.body)]
    except JMESPathError as error:
        name = source.mapping.name if source.mapping else ""
        raise SourceError(problem("mapping_wrong", file=name, detail=f"where: {error}"[:300])) from error


def _json_feed(source: Source, form: Format, contract: Contract, today: dt.date, megabytes: int) -> Feed:
    mapping = read_mapping(source.mapping, contract) if source.mapping else Mapping()
    records = _wanted(_joined_records(source, form, mapping, megabytes), mapping, source)
    if not mapping.fields:
        return Feed([record_row(one, contract) for one in records], unknown_keys(records, contract))
    rows = [record_row(x, contract) if x.problem else mapped_row(x, mapping, contract, today) for x in records]
    return Feed(rows, [])


def read_feed(source: Source, contract: Contract, today: dt.date, megabytes: int) -> Feed:
    """The rows of a source's feed, at least one. Raises SourceError."""
    form = source.feed_format
    if form is None:
        raise SourceError(problem("format_unknown", file=source.file.name))
    if not (form == SCHEMA_ORG and source.file.is_dir()):
        check_file(source.file, megabytes)
    if form == "csv":
        feed = read_csv(source.file, source.encoding, contract)
    elif form == "xlsx":
        feed = read_xlsx(source.file, contract)
    elif form == SCHEMA_ORG:
        feed = read_schema_org(source.file, source.encoding, contract, today, megabytes)
    else:
        feed = _json_feed(source, form, contract, today, megabytes)
    if not feed.rows:
        raise SourceError(problem("file_empty", file=source.file.name))
    return feed
