"""The files of a source: there, and no larger than may be read."""

from pathlib import Path

from indexer.failures import SourceError
from indexer.mapping import Mapping
from indexer.rules import problem
from indexer.sizes import MEGABYTE
from indexer.sources import Source
from indexer.workbook_trial import check_workbook


def check_file(path: Path, megabytes: int) -> None:
    """Raises SourceError when the file is absent, larger than that, or a workbook that unfolds without end."""
    if not path.is_file():
        raise SourceError(problem("file_missing", file=path.name))
    if path.stat().st_size > megabytes * MEGABYTE:
        raise SourceError(problem("file_too_large", file=path.name, limit=megabytes))
    check_workbook(path)


def joined_file(source: Source, mapping: Mapping) -> Path:
    """The second file of a mapping; it stands beside the feed. The mapping must have one."""
    assert mapping.join
    return source.file.parent / mapping.join.file
