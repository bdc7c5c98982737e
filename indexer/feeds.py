"""A source's feed, read: file, format and mapping become rows."""

import datetime as dt
from pathlib import Path

from indexer.failures import SourceError
from indexer.feed_files import check_file, joined_file
from indexer.joins import groups_of, joined, key_of, left_over
from indexer.mapping import Mapping, mapped_row, read_mapping
from indexer.paths import JMESPATH, PathError
from indexer.readers.feed import Feed
from indexer.readers.records import Numbered, listed, read_document, read_lines
from indexer.readers.schema_org.reading import read_schema_org
from indexer.readers.table import read_csv, read_xlsx
from indexer.records import record_row, unknown_keys
from indexer.rules import Issue, problem
from indexer.sources import FORMATS, Format, Source
from indexer.xml_feed import read_xml_feed
from mappings.contract import Contract

SCHEMA_ORG = "schema-org"  # a file, or a folder of pages


def _records(path: Path, form: Format, encoding: str | None, place: str | None) -> list[Numbered]:
    if form == "ndjson":
        return read_lines(path, encoding)
    body = read_document(path, encoding)
    return listed(JMESPATH.find(place, body) if place else body, path, place or "@")


def _joined_records(
    source: Source, form: Format, mapping: Mapping, megabytes: int
) -> tuple[list[Numbered], list[Issue]]:
    records = _records(source.file, form, source.encoding, mapping.records)
    if mapping.join is None:
        return records, []
    other = joined_file(source, mapping)
    check_file(other, megabytes)
    others = _records(other, FORMATS.get(other.suffix.lower(), "json"), source.encoding, mapping.join.records)
    groups = groups_of(others, mapping.join.key, JMESPATH)
    keys = {key for one in records if (key := key_of(one, mapping.join.key, JMESPATH))}
    return joined(records, groups, mapping.join, JMESPATH), left_over(keys, groups, mapping.join)


def _wanted(records: list[Numbered], mapping: Mapping, source: Source) -> list[Numbered]:
    """The records the mapping wants, and the broken ones, which are to be reported."""
    try:
        return [one for one in records if one.problem or mapping.wants(one.body)]
    except PathError as error:
        name = source.mapping.name if source.mapping else ""
        raise SourceError(problem("mapping_wrong", file=name, detail=f"where: {error}"[:300])) from error


def _json_feed(source: Source, form: Format, contract: Contract, today: dt.date, megabytes: int) -> Feed:
    mapping = read_mapping(source.mapping, contract) if source.mapping else Mapping()
    if mapping.is_xml and source.mapping:
        raise SourceError(problem("mapping_wrong", file=source.mapping.name, detail="its paths are XPath"))
    found, notes = _joined_records(source, form, mapping, megabytes)
    records = _wanted(found, mapping, source)
    if not mapping.fields:
        return Feed([record_row(one, contract) for one in records], [*notes, *unknown_keys(records, contract)])
    rows = [record_row(x, contract) if x.problem else mapped_row(x, mapping, contract, today) for x in records]
    return Feed(rows, notes)


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
    elif form == "xml":
        feed = read_xml_feed(source, contract, today, megabytes)
    else:
        feed = _json_feed(source, form, contract, today, megabytes)
    if not feed.rows:
        raise SourceError(problem("file_empty", file=source.file.name))
    return feed
