"""Packed feeds, unpacked one level deep and never beyond a limit, whatever the archive says of itself."""

import gzip
import io
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import IO

from indexer.failures import SourceError
from indexer.fetching.content import kind_of
from indexer.rules import problem
from indexer.sizes import MEGABYTE

PORTION = 262_144  # bytes
# Listings packed by gzip take a tenth; a bomb takes a thousandth. Small files, where blanks may weigh, are let be.
MOST_TIMES = 200
SMALL = 5 * MEGABYTE
# A directory of 2 MB lists 30,000 files; longer ones are made to fill memory.
LONGEST_DIRECTORY = 2 * MEGABYTE
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError)
ASIDE = ("__MACOSX", ".")  # what file managers add
WORKBOOK = ("[Content_Types].xml", "mimetype")  # of Office and of OpenDocument
LOCKED = 0x1  # of a member's flags
# The other methods take as much memory as the archive asks for.
METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


@dataclass(frozen=True)
class Packing:
    """What is known of a file that may be packed. `name`: what people know it by; `endings`: of the feed inside."""

    name: str
    form: str
    endings: Sequence[str]
    member: str | None
    megabytes: int

    def error(self, kind: str, **facts: object) -> SourceError:
        return SourceError(problem(kind, file=self.name, **facts))


class _Careful(io.FileIO):
    """A file that is never read far at once: a directory longer than that is refused before it fills memory."""

    def read(self, size: int | None = -1, /) -> bytes:
        if size is not None and size > LONGEST_DIRECTORY:
            raise zipfile.BadZipFile("the directory is too long")
        return super().read(size) or b""


def copied(source: IO[bytes] | gzip.GzipFile, target: Path, packed: int, packing: Packing) -> None:
    """Writes what a packed stream of so many bytes gives. Raises SourceError beyond the limits."""
    written = 0
    with target.open("wb") as file:
        while portion := source.read(PORTION):
            written += len(portion)
            if written > packing.megabytes * MEGABYTE:
                raise packing.error("file_too_large", limit=packing.megabytes)
            if written > max(SMALL, packed * MOST_TIMES):
                raise packing.error("archive_bomb", ratio=MOST_TIMES)
            file.write(portion)


@contextmanager
def _readable(packing: Packing) -> Iterator[None]:
    try:
        yield
    except BROKEN as error:
        if isinstance(error, OSError) and error.errno:  # the disk's, not the archive's
            raise
        raise packing.error("archive_broken") from error


def gunzipped(path: Path, target: Path, packing: Packing) -> Path:
    """A gzip file's content. Raises SourceError; a file cut short is broken, not short."""
    with _readable(packing), gzip.open(path) as source:
        copied(source, target, path.stat().st_size, packing)
    return target


def _is_unsafe(name: str) -> bool:
    """A name that would lead out of a folder on any system. Nothing is written by it; it tells who made the archive."""
    path = PureWindowsPath(name)  # takes both strokes for what parts a name
    return bool(path.anchor) or ".." in path.parts


def _files(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    found = [one for one in archive.infolist() if not one.is_dir()]
    return [one for one in found if not any(part.startswith(ASIDE) for part in PurePosixPath(one.filename).parts)]


def _chosen(archive: zipfile.ZipFile, packing: Packing) -> zipfile.ZipInfo:
    """The member that is the feed: the one named, else the only file, else the only one of the format's endings."""
    files = _files(archive)
    if packing.member:
        files = [one for one in files if one.filename == packing.member]
    elif len(files) > 1:
        files = [one for one in files if one.filename.lower().endswith(tuple(packing.endings))]
    if not files:
        raise packing.error("archive_without", member=packing.member or packing.form.upper())
    if len(files) > 1:
        raise packing.error("archive_crowded", count=len(files))
    return files[0]


def _check_member(archive: zipfile.ZipFile, packing: Packing) -> zipfile.ZipInfo:
    if any(_is_unsafe(one.filename) for one in archive.infolist()):
        raise packing.error("archive_unsafe")
    chosen = _chosen(archive, packing)
    if chosen.flag_bits & LOCKED:
        raise packing.error("archive_locked")
    if chosen.compress_type not in METHODS:
        raise packing.error("archive_broken")
    return chosen


def unzipped(path: Path, target: Path, packing: Packing) -> Path:
    """The content of a ZIP archive's one feed. Raises SourceError."""
    with _readable(packing), _Careful(path) as file, zipfile.ZipFile(file) as archive:
        chosen = _check_member(archive, packing)
        with archive.open(chosen) as source:
            copied(source, target, min(chosen.compress_size, path.stat().st_size), packing)
    return target


def _is_workbook(path: Path, packing: Packing) -> bool:
    """Workbooks are ZIP archives too; they are read whole."""
    with _readable(packing), _Careful(path) as file, zipfile.ZipFile(file) as archive:
        return any(name in WORKBOOK for name in archive.namelist())


def _packed_as(path: Path, packing: Packing) -> str | None:
    kind = kind_of(path)
    if kind == "zip" and packing.form == "xlsx" and _is_workbook(path, packing):
        return None
    return kind if kind in {"packed", "zip"} else None


def unpacked(path: Path, target: Path, packing: Packing) -> Path:
    """The feed in a file that may be packed, at `target` when it was. Raises SourceError."""
    how = _packed_as(path, packing)
    if how is None:
        return path
    found = (gunzipped if how == "packed" else unzipped)(path, target, packing)
    if _packed_as(found, packing):
        raise packing.error("archive_nested")
    return found
