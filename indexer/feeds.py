"""A source's feed, read: file, format and mapping become rows."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, Final, NamedTuple

from indexer.cells import Row
from indexer.failures import SourceError
from indexer.feed_files import check_file, joined_file
from indexer.feed_formats import FORMATS, Format
from indexer.joins import Groups, groups_of, joined, left_over
from indexer.mapping import Join, Mapping, mapped_row, read_mapping
from indexer.paths import JMESPATH, PathError
from indexer.readers.ctdl import read_ctdl
from indexer.readers.encoding import TextFile, text_file
from indexer.readers.feed import Feed
from indexer.readers.json_lists import elements_of, outline_of
from indexer.readers.records import Numbered, numbered, read_document, read_lines
from indexer.readers.schema_org.reading import read_schema_org
from indexer.readers.table import read_csv, read_xlsx
from indexer.readers.table_records import TABLES
from indexer.records import record_row, with_unknown_keys
from indexer.rules import Issue, problem
from indexer.sources import Source
from indexer.wanted import check_paths, wanted
from indexer.xml_feed import read_xml_feed
from mappings.contract import Contract
from mappings.web_address import is_web_address

SCHEMA_ORG: Final = "schema-org"  # a file, or a folder of pages
SAYS_MORE: Final = frozenset({"next", "pagination"})  # members by which a page of an API's list names the next page


class Found(NamedTuple):
    """Records, and warnings about what of the files does not get to be one."""

    records: Iterable[Numbered]
    notes: list[Issue]


def _goes_on(body: dict[str, Any]) -> bool:
    """Whether a page of an API's list says that there is another."""
    following = (one.get("next") for one in (body, body.get("pagination")) if isinstance(one, dict))
    return any(isinstance(one, str) and is_web_address(one) for one in following)


def _more(body: Any, number: int) -> list[Issue]:
    return [Issue(number, "next", "", problem("more_pages"))] if isinstance(body, dict) and _goes_on(body) else []


def _stepped(file: TextFile, steps: tuple[str, ...]) -> Found | None:
    """The records of the list that names lead to, read one by one; None where there is no list."""
    outline = outline_of(file, steps, SAYS_MORE)
    if outline.begins is None:
        return None
    return Found(numbered(elements_of(file, outline)), [*file.notes, *_more(outline.beside, outline.elements)])


def _searched(file: TextFile, place: str) -> Found | None:
    """The records of the list that any other path finds in the whole document; None where it is no list."""
    outline_of(file, ())  # refuses what has a value without end before all of it is in memory
    body = read_document(file)
    try:
        bodies = JMESPATH.find(place, body)
    except PathError:
        return None
    return Found(numbered(bodies), [*file.notes, *_more(body, len(bodies))]) if isinstance(bodies, list) else None


def records_of(path: Path, form: str, encoding: str | None, place: str | None) -> Found:
    """The records of a JSON document, of the list that stands at `place`, or of lines. Raises SourceError."""
    file = text_file(path, encoding)
    if form == "ndjson":
        return Found(read_lines(file), file.notes)
    steps = JMESPATH.steps(place or "@")
    is_plain = steps is not None and not SAYS_MORE.intersection(steps[:1])
    found = _stepped(file, steps or ()) if is_plain else _searched(file, place or "@")
    if found is None:
        raise SourceError(problem("records_missing", file=path.name, path=place or "@"))
    return found


def second_groups(source: Source, mapping: Mapping, join: Join, megabytes: int) -> Groups:
    """The records of the second file, of whatever kind it is, by their key. Raises SourceError."""
    other = joined_file(source, mapping)
    check_file(other, megabytes)
    form = FORMATS.get(other.suffix.lower(), "json")
    if form in TABLES:
        others = TABLES[form](other, source.encoding, JMESPATH.heads(join.key)).records
    else:
        others = iter(records_of(other, form, source.encoding, join.records).records)
    return groups_of(others, join.key, JMESPATH)


def _joined(found: Found, source: Source, mapping: Mapping, megabytes: int) -> Found:
    """The records with those of the second file inside, where the mapping names one, and what of that stays alone."""
    join = mapping.join
    if join is None:
        return found
    groups, notes = second_groups(source, mapping, join, megabytes), list(found.notes)
    return Found(_with_left_over(found.records, groups, join, notes), notes)


def _with_left_over(records: Iterable[Numbered], groups: Groups, join: Join, notes: list[Issue]) -> Iterator[Numbered]:
    """The records joined; once all were read, the notes get what of the second file stays alone."""
    keys: set[str] = set()
    yield from joined(records, groups, join, keys)
    notes.extend(left_over(keys, groups, join))


def _mapped(record: Numbered, mapping: Mapping, contract: Contract, today: dt.date) -> Row:
    if record.problem or not mapping.fields:
        return record_row(record, contract)
    return mapped_row(record, mapping, contract, today)


def _mapping(source: Source, form: Format, contract: Contract) -> Mapping:
    """The source's mapping, which fits the format; an empty one where it has none. Raises SourceError."""
    mapping = read_mapping(source.mapping, contract) if source.mapping else Mapping()
    check_paths(mapping, source, form)
    return mapping


def _json_feed(source: Source, form: Format, contract: Contract, today: dt.date, megabytes: int) -> Feed:
    mapping = _mapping(source, form, contract)
    found = _joined(records_of(source.file, form, source.encoding, mapping.records), source, mapping, megabytes)
    records = wanted(found.records, mapping, source, today)
    noted = records if mapping.fields else with_unknown_keys(records, contract, found.notes)
    return Feed((_mapped(one, mapping, contract, today) for one in noted), found.notes)


def _table_feed(source: Source, form: Format, contract: Contract, today: dt.date, megabytes: int) -> Feed:
    """A table with headers of its own."""
    mapping = _mapping(source, form, contract)
    table = TABLES[form](source.file, source.encoding, mapping.names)
    found = _joined(Found(table.records, table.notes), source, mapping, megabytes)
    records = wanted(found.records, mapping, source, today)
    return Feed((_mapped(one, mapping, contract, today) for one in records), found.notes)


def _something(rows: Iterable[Row], source: Source, contract: Contract) -> Iterator[Row]:
    """The same rows. Raises SourceError where there is none, with the mapping's condition where it has one."""
    empty = True
    for row in rows:
        empty = False
        yield row
    if not empty:
        return
    mapping = read_mapping(source.mapping, contract) if source.mapping else Mapping()
    kind = "nothing_wanted" if mapping.where or mapping.until else "file_empty"
    raise SourceError(problem(kind, file=source.file.name))


def _read(source: Source, form: Format, contract: Contract, today: dt.date, megabytes: int) -> Feed:
    if source.mapping and form in TABLES:
        return _table_feed(source, form, contract, today, megabytes)
    readers: dict[Format, Callable[[], Feed]] = {
        "csv": lambda: read_csv(source.file, source.encoding, contract),
        "xlsx": lambda: read_xlsx(source.file, contract),
        "xml": lambda: read_xml_feed(source, contract, today, megabytes),
        "ctdl": lambda: read_ctdl(source.file, source.encoding, today),
        SCHEMA_ORG: lambda: read_schema_org(source.file, source.encoding, contract, today, megabytes),
    }
    reader = readers.get(form)
    return reader() if reader else _json_feed(source, form, contract, today, megabytes)


def read_feed(source: Source, contract: Contract, today: dt.date, megabytes: int) -> Feed:
    """The rows of a source's feed, at least one, read as they are asked for. Raises SourceError, as the rows do."""
    form = source.feed_format
    if form is None:
        raise SourceError(problem("format_unknown", file=source.file.name))
    if not (form == SCHEMA_ORG and source.file.is_dir()):
        check_file(source.file, megabytes)
    feed = _read(source, form, contract, today, megabytes)
    return replace(feed, rows=_something(feed.rows, source, contract))
