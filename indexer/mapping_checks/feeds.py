"""A feed's records as they come, before a mapping's condition drops any: what a check of the mapping looks at."""

from dataclasses import dataclass
from pathlib import Path

from indexer.drafts.samples import read_table
from indexer.failures import IndexerError, SourceError
from indexer.feed_files import check_file, joined_file
from indexer.joins import groups_of, joined
from indexer.mapping import Mapping
from indexer.paths import JMESPATH, PathError
from indexer.readers.records import Numbered, listed, read_document, read_lines
from indexer.rules import problem
from indexer.sources import FORMATS, Source
from mappings.listing import Institution

LOOKED_INTO = frozenset({"json", "ndjson", "csv", "xlsx"})
ANYONE = {"id": "feed", "name": {"en": "Feed"}, "kind": "other"}


@dataclass(frozen=True)
class Fed:
    """A feed's records, those of the second file put into them, and the second file's own."""

    records: list[Numbered]
    others: list[Numbered]


def _records(path: Path, form: str, encoding: str | None, place: str | None) -> list[Numbered]:
    if form == "ndjson":
        return read_lines(path, encoding)
    if form in ("csv", "xlsx"):
        return [Numbered(number, body) for number, body in read_table(path, form, encoding)]
    body = read_document(path, encoding)
    try:
        return listed(JMESPATH.find(place, body) if place else body, path, place or "@")
    except PathError as error:
        raise SourceError(problem("records_missing", file=path.name, path=place or "@")) from error


def read_fed(source: Source, mapping: Mapping, megabytes: int) -> Fed:
    """The records of a source by a mapping. Raises SourceError, or IndexerError for a format no mapping reads."""
    form = source.feed_format
    if form is None:
        raise SourceError(problem("format_unknown", file=source.file.name))
    if form not in LOOKED_INTO or mapping.is_xml:
        raise IndexerError(f"{source.file.name}: only JSON, a record a line and tables are looked into, not {form}")
    check_file(source.file, megabytes)
    records = _records(source.file, form, source.encoding, mapping.records)
    if not records:
        raise SourceError(problem("file_empty", file=source.file.name))
    if mapping.join is None:
        return Fed(records, [])
    other = joined_file(source, mapping)
    check_file(other, megabytes)
    others = _records(other, FORMATS.get(other.suffix.lower(), "json"), source.encoding, mapping.join.records)
    return Fed(joined(records, groups_of(others, mapping.join.key, JMESPATH), mapping.join, JMESPATH), others)


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
