"""What a load was made of, as short hashes, so that nothing is loaded twice."""

import datetime as dt
import hashlib
from collections.abc import Iterable
from pathlib import Path

import yaml

from indexer.readers.schema_org.reading import files_of
from indexer.sources import Source
from mappings.further_names import further_name_files
from mappings.knowledge import VOCABULARY_FILES
from mappings.reference_store import ReferenceStoreError, held_sources
from mappings.reference_tables import FOLDER as OUTLOOK
from mappings.unit_groups import unit_group_files
from mappings.yaml_file import read_yaml

LENGTH = 16  # hexadecimal digits
HERE = Path(__file__).resolve().parent
CODE = (HERE, HERE.with_name("mappings"))
# Modules, and the learned figures and vectors that lie beside them.
CODE_FILES = ("*.py", "*.npz")
DEPENDS_ON_TODAY = b"upcoming"  # the transform that drops starts gone by
PAGES = "schema-org"  # the format in which one source may be many files; it always drops starts gone by


def _of(parts: Iterable[bytes]) -> str:
    """Hash of byte strings in order, each with its length so that none runs into the next."""
    state = hashlib.sha256()
    for part in parts:
        state.update(len(part).to_bytes(8, "big"))
        state.update(part)
    return state.hexdigest()[:LENGTH]


def _content(path: Path | None) -> bytes:
    """A file's own hash; nothing where it is absent."""
    if path is None or not path.is_file():
        return b""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").digest()


def code_digest() -> str:
    """Hash of the indexer and of what it shares with the reader: other rules may make another listing of a row."""
    return _of(_content(path) for folder in CODE for kind in CODE_FILES for path in sorted(folder.rglob(kind)))


def _joined_file(source: Source) -> Path | None:
    """The second file the source or its mapping names. A mapping that cannot be read is reported when the feed is."""
    if source.mapping is None or source.join:
        return source.second_file
    try:
        return source.file.parent / str(read_yaml(source.mapping)["join"]["file"])
    except (OSError, UnicodeDecodeError, yaml.YAMLError, KeyError, TypeError):
        return None


def _pages(source: Source) -> list[Path]:
    return files_of(source.file) if source.feed_format == PAGES else []


def _day(source: Source, today: dt.date) -> bytes:
    mapping = source.mapping
    mapped = mapping is not None and mapping.is_file() and DEPENDS_ON_TODAY in mapping.read_bytes()
    reads_today = mapped or source.feed_format == PAGES
    return today.isoformat().encode() if reads_today else b""


def source_digest(source: Source, code: str, today: dt.date) -> str:
    """Hash of all a source's listings depend on: its entry, feed, mapping, joined file, and the code."""
    entry = source.model_dump_json(exclude={"file", "mapping"}).encode()
    files = (source.file, source.mapping, _joined_file(source), *_pages(source))
    return _of([entry, code.encode(), _day(source, today), *map(_content, files)])


def _imported(database: Path | None) -> list[bytes]:
    """The sources in the database with the hashes of their files: the same import repeated is the same."""
    try:
        held = held_sources(database)
    except ReferenceStoreError:  # reading it says what is wrong
        return [_content(database)]
    return [f"{one.source.model_dump_json(exclude={'imported'})} {one.digest}".encode() for one in held]


def knowledge_digest(folder: Path, database: Path | None = None, rates: Path | None = None) -> str:
    """Hash of a data folder's occupations, vocabulary and official tables, of imported figures, and of rates."""
    occupations = sorted((folder / "occupations").glob("*.yml"))
    vocabulary = [folder / "vocabulary" / name for name in VOCABULARY_FILES]
    tables = sorted((folder / OUTLOOK).glob("*.*"))
    groups = [*unit_group_files(folder), *further_name_files(folder)]
    read = [*occupations, *groups, *vocabulary, *tables]
    files = [part for path in read for part in (path.name.encode(), _content(path))]
    return _of([*files, *_imported(database), _content(rates)])
