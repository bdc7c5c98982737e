"""What a source's mapping has to do with its feed: whether its paths fit the format, and which records it wants."""

import datetime as dt
from collections.abc import Iterable, Iterator

from indexer.failures import SourceError
from indexer.mapping import Mapping
from indexer.paths import PathError
from indexer.readers.records import Numbered
from indexer.readers.table_records import TABLES
from indexer.rules import problem
from indexer.sources import Source


def mapping_wrong(source: Source, detail: str) -> SourceError:
    name = source.mapping.name if source.mapping else ""
    return SourceError(problem("mapping_wrong", file=name, detail=detail[:300]))


def check_paths(mapping: Mapping, source: Source, form: str) -> None:
    """Raises SourceError where the mapping's paths are not those of the format."""
    if form == "xml" and not mapping.is_xml:
        raise mapping_wrong(source, "XML is read with `paths: xpath`")
    if form != "xml" and mapping.is_xml:
        raise mapping_wrong(source, "its paths are XPath")
    if form in TABLES and mapping.records:
        raise mapping_wrong(source, "records: a table is its own list")


def wanted(records: Iterable[Numbered], mapping: Mapping, source: Source, today: dt.date) -> Iterator[Numbered]:
    """The records the mapping wants, and the broken ones, which are to be reported. Raises SourceError."""
    try:
        for one in records:
            if one.problem or (mapping.wants(one.body) and not mapping.is_over(one.body, today)):
                yield one
    except PathError as error:
        raise mapping_wrong(source, f"where: {error}") from error
