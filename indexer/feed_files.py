"""The files of a source: there, and no larger than may be read."""

from pathlib import Path

from indexer.failures import SourceError
from indexer.mapping import Mapping
from indexer.rules import problem
from indexer.sizes import MEGABYTE
from indexer.sources import Source


def check_file(path: Path, megabytes: int) -> None:
    """Raises SourceError when the file is absent or larger than that."""
    if not path.is_file():
        raise SourceError(problem("file_missing", file=path.name))
    if path.stat().st_size > megabytes * MEGABYTE:
        raise SourceError(problem("file_too_large", file=path.name, limit=megabytes))


def joined_file(source: Source, mapping: Mapping) -> Path:
    """The second file of a mapping, which must have one: beside the feed, or where the source says. Raises SourceError.

    A feed that is fetched has nothing beside it that its server did not send.
    """
    assert mapping.join
    beside = source.folder / mapping.join.file
    if source.url and not source.join and not beside.is_file():
        raise SourceError(problem("join_unsaid", file=mapping.join.file.name))
    return source.second_file or beside
