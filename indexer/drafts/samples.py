"""Some records of a file nobody has mapped yet, and where in it they stand."""

import csv
import io
import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from indexer.cells import is_blank
from indexer.cleaning import line, written
from indexer.drafts.known_formats import self_explaining
from indexer.drafts.names import words_of
from indexer.drafts.notations import LIST, Steps, expression
from indexer.drafts.sample import RECORDS, RUNS, SAMPLED, TITLES, Sample, refuse
from indexer.drafts.xml_sample import read_xml_sample
from indexer.failures import IndexerError, SourceError
from indexer.feed_formats import FORMATS, Format
from indexer.readers.encoding import decode
from indexer.readers.json_values import loads
from indexer.sizes import MEGABYTE
from indexer.workbook_trial import check_workbook

# A whole document takes ten times its size in memory; a list of lines is read a line at a time.
DOCUMENT_LIMIT, LINE_LIMIT = 100 * MEGABYTE, 10 * MEGABYTE
LOOKED_AT = 10  # rows that may stand above a table's header
DEEPEST = 4  # lists of records lie no deeper


@dataclass(frozen=True)
class Found:
    """A list of objects within a document."""

    steps: Steps
    records: list[dict[str, Any]]

    @property
    def name(self) -> str:
        return next((step for step in reversed(self.steps) if step != LIST), "")

    @property
    def weight(self) -> float:
        """How much it looks like the list of listings: many, with titles, called so, and no list of runs."""
        words = {*words_of(self.name), "".join(words_of(self.name))}
        titled = any(TITLES & set(words_of(name)) for one in self.records[:20] for name in one)
        called = 100 if words & RECORDS else 0.01 if words & RUNS else 1
        return len(self.records) * called * (10 if titled else 1)


def _text_of(path: Path, raw: bytes, encoding: str | None) -> str:
    marked = raw.startswith((b"\xff\xfe", b"\xfe\xff"))
    if b"\0" in raw[:65_536] and not (marked or encoding):
        raise refuse(path, "holds bytes that are no text; say its --format if it is a spreadsheet")
    try:
        return decode(raw, encoding).text
    except (UnicodeError, LookupError) as error:
        raise refuse(path, f"cannot be read as {encoding}: {line(str(error))[:200]}") from error


def _whole(path: Path, encoding: str | None) -> str:
    if path.stat().st_size > DOCUMENT_LIMIT:
        raise refuse(
            path, f"is larger than {DOCUMENT_LIMIT // MEGABYTE} MB; a piece with some hundred records is enough"
        )
    return _text_of(path, path.read_bytes(), encoding)


def _parsed(path: Path, text: str) -> Any:
    try:
        return loads(text)
    except RecursionError as error:
        raise refuse(path, "is nested too deeply to be a list of records") from error
    except ValueError as error:
        raise refuse(path, f"is not readable as JSON: {line(str(error))[:200]}") from error


def lists_in(body: Any, steps: Steps = ()) -> Iterator[Found]:
    """Every list of objects, through objects and lists, down to four levels of names."""
    if isinstance(body, dict) and len(steps) < DEEPEST:
        for name, part in body.items():
            yield from lists_in(part, (*steps, name))
    elif isinstance(body, list):
        objects = [one for one in body if isinstance(one, dict)]
        if objects:
            yield Found(steps, objects)
            yield from _inner(objects, (*steps, LIST))


def _inner(objects: Sequence[dict[str, Any]], steps: Steps) -> Iterator[Found]:
    """Lists of the same name within the objects of a list, as one list."""
    joined: dict[Steps, list[dict[str, Any]]] = {}
    if len(steps) < DEEPEST:
        for one in objects[:SAMPLED]:
            for found in lists_in(one, steps):
                joined.setdefault(found.steps, []).extend(found.records)
    return (Found(place, records) for place, records in joined.items())


def is_a_listing(body: Any) -> bool:
    """Whether an object is one listing by itself: it has a title of its own and more to say than a page of a list."""
    if not isinstance(body, dict):
        return False
    named = {word for name in body for word in words_of(name)[-1:]}
    return bool(named & TITLES) and bool(named & {"description", "url", "id", "summary", "ctid"})


def _refuse_self_explaining(path: Path, form: str | None) -> None:
    if form:
        raise refuse(path, f"needs no mapping: {form} says what its terms mean; name it in sources.yml, format: {form}")


def _document(path: Path, encoding: str | None) -> Sample:
    body = _parsed(path, _whole(path, encoding))
    _refuse_self_explaining(path, self_explaining(body))
    if is_a_listing(body):
        return Sample(path, "json", "[@]", [body])
    candidates = list(lists_in(body))
    if isinstance(body, list) and candidates:
        return Sample(path, "json", None, candidates[0].records[:SAMPLED])
    best = max(candidates, key=lambda one: one.weight, default=None)
    if best is None:
        raise refuse(path, "holds no list of records")
    place = expression((*best.steps, LIST) if LIST in best.steps else best.steps)
    return Sample(path, "json", place, best.records[:SAMPLED], best.name)


def _raw_lines(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while raw := file.readline(LINE_LIMIT + 1):
            if len(raw) > LINE_LIMIT:
                raise refuse(path, f"has a line of more than {LINE_LIMIT // MEGABYTE} MB; one record stands on a line")
            if raw.strip(b"\xef\xbb\xbf \t\r\n"):
                yield raw


def _lines(path: Path, encoding: str | None) -> Sample:
    records: list[dict[str, Any]] = []
    for raw in itertools.islice(_raw_lines(path), SAMPLED):
        try:
            body = _parsed(path, _text_of(path, raw, encoding))
        except IndexerError:
            continue
        _refuse_self_explaining(path, None if records else self_explaining(body))
        records += [body] if isinstance(body, dict) else []
    if not records:
        raise refuse(path, "holds no line that is a JSON object")
    return Sample(path, "ndjson", None, records)


def _delimited(path: Path, encoding: str | None) -> list[list[Any]]:
    text = _whole(path, encoding).replace("\0", "")
    csv.field_size_limit(LINE_LIMIT)

    def rows(separator: str, most: int) -> list[list[Any]]:
        return list(itertools.islice(csv.reader(io.StringIO(text, newline=""), delimiter=separator), most))

    try:
        separator = max(",;\t|", key=lambda mark: max((len(row) for row in rows(mark, LOOKED_AT)), default=0))
        return rows(separator, SAMPLED + LOOKED_AT)
    except csv.Error as error:
        raise refuse(path, f"cannot be read as a table: {error}") from error


def _workbook(path: Path, _encoding: str | None) -> list[list[Any]]:
    """The rows of the sheet that has most of them."""
    try:
        check_workbook(path)
        book = CalamineWorkbook.from_path(path)
        sheets = [book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names]
    except (CalamineError, OSError, ValueError, SourceError) as error:
        raise refuse(path, f"cannot be read as a workbook: {line(str(error))[:200]}") from error
    return max(sheets, key=len, default=[])


def _words_in(row: Sequence[Any]) -> int:
    return sum(isinstance(cell, str) and not is_blank(cell) for cell in row)


def _keyed(rows: Sequence[Sequence[Any]]) -> list[dict[str, Any]]:
    """A table's rows as objects by header; of the first rows the one with most words is the header.

    Columns without a name are left out; of two with one name the first counts.
    """
    head = max(range(min(len(rows), LOOKED_AT)), key=lambda at: (_words_in(rows[at]), -at), default=0)
    names = [line(written(cell)) for cell in rows[head]] if rows else []
    known = [(at, name) for at, name in enumerate(names) if name and name not in names[:at]]
    body = ({name: row[at] for at, name in known if at < len(row)} for row in rows[head + 1 :])
    return [one for one in body if not all(map(is_blank, one.values()))]


def _table(rows: Callable[[Path, str | None], list[list[Any]]], form: Format) -> Callable[[Path, str | None], Sample]:
    def read(path: Path, encoding: str | None) -> Sample:
        records = _keyed(rows(path, encoding))[:SAMPLED]
        if not records:
            raise refuse(path, "holds no row below its header")
        return Sample(path, form, None, records)

    return read


# By format, whatever reads it; a format without a reader here cannot be looked into.
READERS: dict[str, Callable[[Path, str | None], Sample]] = {
    "json": _document,
    "ndjson": _lines,
    "csv": _table(_delimited, "csv"),
    "xlsx": _table(_workbook, "xlsx"),
    "xml": read_xml_sample,
}


def read_second(path: Path, first: Sample, encoding: str | None = None) -> Sample:
    """Some records of the file joined to a first one: of XML where that is XML, under its prefixes.

    Raises IndexerError where one is XML and the other is not.
    """
    if (FORMATS.get(path.suffix.lower()) == "xml") != (first.form == "xml"):
        raise refuse(path, f"cannot be joined to {first.file.name}: either both are XML, or none is")
    if first.form != "xml" or not path.is_file():
        return read_sample(path, None, encoding)
    return read_xml_sample(path, encoding, first.namespaces)


def read_sample(path: Path, form: str | None = None, encoding: str | None = None) -> Sample:
    """Some records of a file. Raises IndexerError, in one sentence, where there are none to be had."""
    if not path.is_file():
        raise refuse(path, "is not there")
    if not path.stat().st_size:
        raise refuse(path, "is empty")
    kind = form or FORMATS.get(path.suffix.lower())
    _refuse_self_explaining(path, kind if kind in ("ctdl", "schema-org") else None)
    if kind not in READERS:
        raise refuse(path, f"is of no known format; say --format: {', '.join(READERS)}")
    return READERS[kind](path, encoding)
