"""sources.yml."""

from pathlib import Path

import pytest

from indexer.failures import IndexerError
from indexer.settings import ROOT
from indexer.sources import read_sources

GOOD = """\
sources:
  - id: maple
    institution: {id: maple, name: {en: Maple}, kind: college}
    file: feeds/maple.csv
  - id: pins
    institution: {id: pins, name: {fr: Pins}}
    file: feeds/pins.jsonl
    mapping: maps/pins.yml
"""


@pytest.fixture
def listed(tmp_path: Path) -> Path:
    return tmp_path / "sources.yml"


def wrong(path: Path, text: str | bytes) -> str:
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    with pytest.raises(IndexerError) as refused:
        read_sources(path)
    return str(refused.value)


def test_files_are_found_from_the_lists_own_folder(listed: Path) -> None:
    listed.write_text(GOOD, encoding="utf-8")
    maple, pins = read_sources(listed)
    assert (maple.file, maple.feed_format, maple.mapping) == (listed.parent / "feeds/maple.csv", "csv", None)
    assert (pins.mapping, pins.feed_format) == (listed.parent / "maps/pins.yml", "ndjson")


def test_the_default_language_is_the_institutions_only_one(listed: Path) -> None:
    listed.write_text(GOOD, encoding="utf-8")
    assert [source.default_language for source in read_sources(listed)] == ["en", "fr"]


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("kind: college", "kind: colege", 3, "institution.kind"), ("file: feeds/maple.csv", "fil: x", 4, "fil"),
        ("id: pins\n", "id: maple\n", 5, "maple stands twice"), ("{fr: Pins}", "{}", 5, "needs a name"),
        ("id: maple\n", "id: Maple Harbour\n", 2, "id"), ("sources:", "sources", 2, "mapping values"),
        ("mapping: maps", "language: de\n    mapping: maps", 8, "language"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_with_its_line(listed: Path, old: str, new: str, line: int, words: str) -> None:
    message = wrong(listed, GOOD.replace(old, new, 1))
    assert f"line {line}:" in message, message
    assert words in message
    assert "\n" not in message


FETCHED = """\
sources:
  - id: maple
    institution: {id: maple, name: {en: Maple}}
    url: https://maple.example/listings.csv.gz
    auth: {bearer: MAPLE_TOKEN}
    timeout_seconds: 60
    max_megabytes: 5
"""


def test_copies_of_what_is_fetched_lie_apart_from_the_lists_folder(listed: Path, tmp_path: Path) -> None:
    listed.write_text(FETCHED, encoding="utf-8")
    (maple,) = read_sources(listed, tmp_path / "kept")
    assert (maple.file, maple.feed_format) == (tmp_path / "kept" / "maple" / "maple.csv", "csv")


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("https://maple", "ftp://maple", 4, "url: Value error, this address is never asked: only https"),
        ("https://maple", "https://me:word@maple", 4, "url"), ("listings.csv.gz", "export", 2, "say which by format"),
        ("https://maple", "http://maple", 2, "auth is sent over https only"), ("bearer:", "bear:", 5, "auth.bear"),
        ("MAPLE_TOKEN", "maple token", 5, "auth.bearer"), ("{bearer: MAPLE_TOKEN}", "{}", 5, "auth"),
        ("{bearer: MAPLE_TOKEN}", "{bearer: A, basic: B}", 5, "give one of"),
        ("{bearer: MAPLE_TOKEN}", "{header: Host, variable: A}", 5, "auth.header"),
        ("{bearer: MAPLE_TOKEN}", "{header: X-Key}", 5, "header with variable"),
        ("timeout_seconds: 60", "timeout_seconds: 0", 6, "timeout_seconds"),
        ("timeout_seconds: 60", "timeout_seconds: 9999", 6, "timeout_seconds"),
        ("max_megabytes: 5", "max_megabytes: none", 7, "max_megabytes"),
        ("url: https://maple.example/listings.csv.gz", "file: maple.csv", 5, "auth goes with url only"),
        ("max_megabytes: 5", "file: maple.csv", 2, "either a file or a url"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_an_address_is_named_with_its_line_and_key(
    listed: Path, old: str, new: str, line: int, words: str
) -> None:
    message = wrong(listed, FETCHED.replace(old, new, 1))
    assert f"line {line}:" in message, message
    assert words in message
    assert "word@" not in message


JOINED = """\
sources:
  - id: maple
    institution: {id: maple, name: {en: Maple}}
    url: https://maple.example/courses.json
    mapping: maps/maple.yml
    join: {url: https://maple.example/export, format: csv}
"""


def test_a_second_file_is_kept_beside_the_feed_under_the_ending_of_its_format(listed: Path, tmp_path: Path) -> None:
    listed.write_text(JOINED, encoding="utf-8")
    (maple,) = read_sources(listed, tmp_path / "kept")
    assert maple.second_file == tmp_path / "kept" / "maple" / "maple.joined.csv"


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("    mapping: maps/maple.yml\n", "", 2, "second file of a mapping"),
        ("url: https://maple.example/courses.json", "file: courses.json", 2, "join.url goes with url only"),
        (", format: csv", "", 6, "join: Value error, the second file's ending is of no known format"),
        ("url: https://maple.example/export, ", "", 6, "say where the second file is"),
        ("{url: https://maple.example/export", "{url: file:///etc/passwd", 6, "join.url: Value error, this address"),
    ],
)  # fmt: skip
def test_a_second_file_that_cannot_be_had_is_refused(listed: Path, old: str, new: str, line: int, words: str) -> None:
    message = wrong(listed, JOINED.replace(old, new, 1))
    assert f"line {line}:" in message, message
    assert words in message


def test_a_list_that_is_absent_empty_or_no_text_is_said_plainly(listed: Path) -> None:
    with pytest.raises(IndexerError, match="is not there"):
        read_sources(listed)
    assert "line 1" in wrong(listed, "")
    assert "sources" in wrong(listed, "sources: []")
    assert "cannot be read" in wrong(listed, b"\xff\xfe\xff")
    assert "not YAML" in wrong(listed, "a: \x01")


def test_the_list_that_ships_names_fictional_institutions_only() -> None:
    sources = read_sources(ROOT / "data" / "sources.yml")
    assert len(sources) == 18
    assert all(source.sample for source in sources)
    assert {source.institution.kind for source in sources} == {"college", "university", "indigenous_institute", "other"}
