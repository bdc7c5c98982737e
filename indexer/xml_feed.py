"""An XML feed, read by its mapping: every record becomes a row before the next one is read."""

import copy
import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from lxml import etree

from indexer.failures import SourceError
from indexer.feed_files import check_file, joined_file
from indexer.joins import Groups, groups_of, key_of, left_over
from indexer.mapping import Join, Mapping, mapped_row, read_mapping
from indexer.readers.feed import Feed
from indexer.readers.records import Numbered
from indexer.readers.xml import read_xml
from indexer.rules import Issue, problem
from indexer.sources import Source
from indexer.wanted import check_paths, wanted
from mappings.contract import Contract


@dataclass
class Joining:
    """The second file's records by key, and the keys the feed's own records had."""

    join: Join
    groups: Groups
    keys: set[str] = field(default_factory=set)

    def put_into(self, record: Numbered, mapping: Mapping) -> None:
        key = key_of(record, self.join.key, mapping.language)
        if key is None:
            return
        self.keys.add(key)
        # An element stands in one place only, and two records may share a key: hence copies.
        under = etree.SubElement(record.body, self.join.as_)
        under.extend(copy.deepcopy(other.body) for other in self.groups.get(key, []))


def _mapping(source: Source, contract: Contract) -> Mapping:
    if source.mapping is None:
        raise SourceError(problem("mapping_missing", file=source.file.name))
    mapping = read_mapping(source.mapping, contract)
    check_paths(mapping, source, "xml")
    return mapping


def second_file(source: Source, mapping: Mapping, join: Join, megabytes: int) -> Joining:
    """The second file, held in memory. Raises SourceError."""
    other = joined_file(source, mapping)
    check_file(other, megabytes)
    shape = replace(mapping.shape(join.records or mapping.records), runs=())
    kept = [replace(one, body=copy.deepcopy(one.body)) for one in read_xml(other, source.encoding, shape, [])]
    return Joining(join, groups_of(kept, join.key, mapping.language))


def joined_records(source: Source, mapping: Mapping, joining: Joining | None, notes: list[Issue]) -> Iterator[Numbered]:
    """Every record, with those of the second file inside; each is to be read before the next. Raises SourceError."""
    found = False
    for record in read_xml(source.file, source.encoding, mapping.shape(mapping.records), notes):
        found = True
        if joining:
            joining.put_into(record, mapping)
        yield record
    if joining:
        notes.extend(left_over(joining.keys, joining.groups, joining.join))
    if not found:
        raise SourceError(problem("records_missing", file=source.file.name, path=mapping.records))


def read_xml_feed(source: Source, contract: Contract, today: dt.date, megabytes: int) -> Feed:
    """The rows of an XML feed. Raises SourceError."""
    mapping, notes = _mapping(source, contract), list[Issue]()
    joining = second_file(source, mapping, mapping.join, megabytes) if mapping.join else None
    records = joined_records(source, mapping, joining, notes)
    rows = (mapped_row(one, mapping, contract, today) for one in wanted(records, mapping, source, today))
    return Feed(rows, notes)
