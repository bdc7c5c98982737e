"""A feed's records as they come, before a mapping's condition drops any: what a check of the mapping looks at."""

from dataclasses import dataclass
from pathlib import Path

from indexer.failures import IndexerError, SourceError
from indexer.feed_files import check_file, joined_file
from indexer.feed_formats import FORMATS
from indexer.feeds import records_of
from indexer.joins import groups_of, joined
from indexer.mapping import Mapping
from indexer.paths import JMESPATH
from indexer.readers.records import Numbered
from indexer.readers.table_records import TABLES
from indexer.rules import problem
from indexer.sources import Source
from mappings.listing import Institution

LOOKED_INTO = frozenset({"json", "ndjson", "csv", "xlsx"})
ANYONE = {"id": "feed", "name": {"en": "Feed"}, "kind": "other"}


@dataclass(frozen=True)
class Fed:
    """A feed's records, those of the second file put into them, and the second file's own."""

    records: list[Numbered]
    others: list[Numbered]


@dataclass(frozen=True)
class _Wanted:
    """What a mapping reads of a file: where its records stand, and of a table the columns."""

    place: str | None
    columns: frozenset[str]


def _records(path: Path, form: str, encoding: str | None, wanted: _Wanted) -> list[Numbered]:
    """A file's records, a table's by the names a load gives its columns. Raises SourceError."""
    if form in TABLES:
        return list(TABLES[form](path, encoding, wanted.columns).records)
    return list(records_of(path, form, encoding, wanted.place).records)


def read_fed(source: Source, mapping: Mapping, megabytes: int) -> Fed:
    """The records of a source by a mapping. Raises SourceError, or IndexerError for a format no mapping reads."""
    form = source.feed_format
    if form is None:
        raise SourceError(problem("format_unknown", file=source.file.name))
    if form not in LOOKED_INTO or mapping.is_xml:
        raise IndexerError(f"{source.file.name}: only JSON, a record a line and tables are looked into, not {form}")
    if form in TABLES and mapping.records:
        detail = "records: a table is its own list"
        raise SourceError(problem("mapping_wrong", file=source.mapping.name if source.mapping else "", detail=detail))
    check_file(source.file, megabytes)
    records = _records(source.file, form, source.encoding, _Wanted(mapping.records, mapping.names))
    if not records:
        raise SourceError(problem("file_empty", file=source.file.name))
    if mapping.join is None:
        return Fed(records, [])
    other = joined_file(source, mapping)
    check_file(other, megabytes)
    needed = _Wanted(mapping.join.records, frozenset(JMESPATH.heads(mapping.join.key)))
    others = _records(other, FORMATS.get(other.suffix.lower(), "json"), source.encoding, needed)
    groups = groups_of(others, mapping.join.key, JMESPATH)
    return Fed(list(joined(records, groups, mapping.join, set())), others)


def source_of(file: Path, form: str | None, encoding: str | None) -> Source:
    """A file by itself as a source, of nobody in particular."""
    institution = Institution.model_validate(ANYONE)
    body = {"id": "feed", "institution": institution, "file": file.absolute(), "format": form, "encoding": encoding}
    try:
        return Source.model_validate(body)
    except ValueError as error:
        raise IndexerError(
            f"there is no format {form}; there are: {', '.join(sorted(set(FORMATS.values())))}"
        ) from error
