"""Feeds sent as packed files, unpacked for as long as they are read."""

import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path

from indexer.failures import SourceError
from indexer.feed_files import check_file
from indexer.fetching.content import kind_of
from indexer.fetching.parcels import Box, parcels_of, taken_out
from indexer.fetching.workplaces import workplace
from indexer.rules import problem
from indexer.sources import Source


def _is_packed(source: Source) -> bool:
    """By its bytes. Of a workbook only its own reader's packing; a packed site map is read where its pages stand."""
    if source.url or source.is_site_map or source.feed_format is None or not source.file.is_file():
        return False
    return source.join is not None or kind_of(source.file) in {"packed", "zip"}


def _place(source: Source, scratch: Path | None) -> AbstractContextManager[Path | str]:
    return workplace(scratch / source.id) if scratch else tempfile.TemporaryDirectory()


def _unpacked(source: Source, folder: Path, megabytes: int) -> Source:
    """The source with its files in the folder. Raises SourceError."""
    check_file(source.file, megabytes)
    ready = source.unpacked_at(folder / source.bare_name)
    (parcel,) = parcels_of(ready)
    box = Box(source.file, source.file.name, megabytes, source.encoding)
    found = [made for _, made in taken_out(box, parcel, folder)]
    return source if found[0] == source.file else ready


@contextmanager
def opened(source: Source, megabytes: int, scratch: Path | None = None) -> Iterator[Source]:
    """The source, ready to be read: one whose file is packed with what is inside, in a folder that goes afterwards.

    The folder stands in `scratch`, or where the system keeps such. Raises SourceError.
    """
    if not _is_packed(source):
        yield source
        return
    with ExitStack() as stack:
        try:
            ready = _unpacked(source, Path(stack.enter_context(_place(source, scratch))), megabytes)
        except OSError as error:
            detail = error.strerror or type(error).__name__
            raise SourceError(problem("file_unreadable", file=source.file.name, detail=detail)) from error
        yield ready
