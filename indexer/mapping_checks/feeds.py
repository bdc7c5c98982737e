"""A feed's records as they come, before a mapping's condition drops any: what a check of the mapping looks at."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from indexer.failures import IndexerError, SourceError
from indexer.feed_files import check_file
from indexer.feed_formats import FORMATS
from indexer.feeds import records_of, second_groups
from indexer.joins import Groups, joined
from indexer.mapping import Mapping
from indexer.readers.records import Numbered
from indexer.readers.table_records import TABLES
from indexer.rules import Issue, problem
from indexer.sources import Source
from indexer.wanted import check_paths
from indexer.xml_feed import joined_records, second_file
from mappings.listing import Institution

LOOKED_INTO = frozenset({"json", "ndjson", "csv", "xlsx", "xml"})
ANYONE = {"id": "feed", "name": {"en": "Feed"}, "kind": "other"}


@dataclass(frozen=True)
class Fed:
    """A feed's records, those of the second file put into them, and the second file's own by their key.

    Records are read once and each before the next, for those of XML are gone by then; notes are complete after that.
    """

    records: Iterable[Numbered]
    groups: Groups
    notes: list[Issue] = field(default_factory=list)


def _records(source: Source, mapping: Mapping, form: str) -> list[Numbered]:
    """A feed's records, a table's by the names a load gives its columns. Raises SourceError."""
    if form in TABLES:
        return list(TABLES[form](source.file, source.encoding, mapping.names).records)
    return list(records_of(source.file, form, source.encoding, mapping.records).records)


def _check_kind(source: Source, mapping: Mapping, form: str) -> None:
    """Raises SourceError where the paths are not of the format, IndexerError for a format that no mapping reads."""
    if form not in LOOKED_INTO:
        raise IndexerError(f"{source.file.name}: {form} says itself what its terms mean, and is read without a mapping")
    check_paths(mapping, source, form)


def _xml(source: Source, mapping: Mapping, megabytes: int) -> Fed:
    joining = second_file(source, mapping, mapping.join, megabytes) if mapping.join else None
    notes: list[Issue] = []
    return Fed(joined_records(source, mapping, joining, notes), joining.groups if joining else {}, notes)


def _listed(source: Source, mapping: Mapping, form: str, megabytes: int) -> Fed:
    records = _records(source, mapping, form)
    if not records:
        raise SourceError(problem("file_empty", file=source.file.name))
    if mapping.join is None:
        return Fed(records, {})
    groups = second_groups(source, mapping, mapping.join, megabytes)
    return Fed(joined(records, groups, mapping.join, set()), groups)


def read_fed(source: Source, mapping: Mapping, megabytes: int) -> Fed:
    """The records of a source by a mapping. Raises SourceError, or IndexerError for a format no mapping reads."""
    form = source.feed_format
    if form is None:
        raise SourceError(problem("format_unknown", file=source.file.name))
    _check_kind(source, mapping, form)
    check_file(source.file, megabytes)
    return _xml(source, mapping, megabytes) if form == "xml" else _listed(source, mapping, form, megabytes)


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
