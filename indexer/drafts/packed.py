"""A file that may be packed, as `courses.xml.gz` is: unpacked for as long as it is looked into."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from indexer.drafts.sample import refuse
from indexer.failures import IndexerError, SourceError
from indexer.feed_formats import FORMATS, PACKED, endings_of
from indexer.fetching.archives import Packing, unpacked

MOST_MEGABYTES = 1_000  # unpacked; a piece of a longer feed says as much


def _unpacked(path: Path, folder: Path, form: str | None) -> Path:
    target = folder / path.stem
    kind = form or FORMATS.get(target.suffix.lower())
    if kind is None:
        raise refuse(path, "does not say what is packed in it; say its --format")
    try:
        return unpacked(path, target, Packing(path.name, kind, tuple(endings_of(kind)), None, MOST_MEGABYTES))
    except SourceError as error:
        raise IndexerError(str(error)) from error


@contextmanager
def unpacked_file(path: Path, form: str | None = None) -> Iterator[Path]:
    """The file itself, or what is packed in it, under its name without the last ending. Raises IndexerError."""
    if path.suffix.lower() not in PACKED or not path.is_file():
        yield path
        return
    with tempfile.TemporaryDirectory() as folder:
        yield _unpacked(path, Path(folder), form)
