"""Bytes of an XML file on their way to the parser: in a readable encoding, without what XML forbids, within limits."""

import codecs
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from xml.parsers import expat

from indexer.failures import SourceError
from indexer.readers.encoding import MARKS, decode
from indexer.rules import problem
from indexer.sizes import MEGABYTE

CHUNK = 1 << 15
SAMPLE = 1 << 20
# Bytes from the end of one record to the end of the next: three of the longest syllabus seen in a feed (10 MB).
RECORD_MEGABYTES = 32
# Bytes up to the end of the first element's tag. More would be read over and over: a comment or tag that does not end
# is begun anew with every chunk.
PROLOG_MEGABYTES = 1
CONTROLS = bytes({*range(32)} - {9, 10, 13})
DECLARED = re.compile(rb"^\s*<\?xml[^>]*?encoding\s*=\s*[\"']([A-Za-z0-9._-]+)")
UTF8 = frozenset({"utf-8", "utf8", "us-ascii", "ascii"})


@dataclass(frozen=True)
class Encoding:
    """How bytes become UTF-8 before they are parsed; None leaves them to the parser. `guessed` is told in a note."""

    name: str | None = None
    errors: str = "strict"
    guessed: str | None = None


def _first_wrong(file: IO[bytes]) -> int | None:
    """The place near which the file is not UTF-8, to the chunk; None where it is throughout."""
    decoder, at = codecs.getincrementaldecoder("utf-8")(), 0
    while raw := file.read(SAMPLE):
        try:
            decoder.decode(raw)
        except UnicodeDecodeError:
            return at
        at += len(raw)
    return None if not decoder.getstate()[0] else max(0, at - SAMPLE)


def _guessed(path: Path) -> Encoding:
    with path.open("rb") as file:
        at = _first_wrong(file)
        if at is None:
            return Encoding()
        file.seek(at)
        found = decode(file.read(SAMPLE)).guessed
    return Encoding(found or "utf-8", "replace", found)


def encoding_of(path: Path, said: str | None) -> Encoding:
    """The encoding said; else that of the file's mark or declaration; UTF-8 that is none is guessed like a table's."""
    if said:
        return Encoding(codecs.lookup(said).name)
    with path.open("rb") as file:
        head = file.read(200)
    declared = DECLARED.match(head)
    wide = head[:1] == b"\0" or head[1:2] == b"\0" or any(head.startswith(mark) for mark in MARKS)
    left = wide or (declared and declared[1].decode().lower() not in UTF8)
    return Encoding() if left else _guessed(path)


class Bytes:
    """A file that gives well-formed bytes, never more than a record may have without a record being finished."""

    def __init__(self, file: IO[bytes], encoding: Encoding, name: str, megabytes: int = RECORD_MEGABYTES) -> None:
        self.file, self.name, self.encoding, self.megabytes = file, name, encoding, megabytes
        self.decoder = codecs.getincrementaldecoder(encoding.name)(encoding.errors) if encoding.name else None
        self.since, self.removed = 0, 0
        self.wide: bool | None = None

    def finished(self) -> None:
        """A record has been read whole; the next one may begin to count."""
        self.since = 0

    def read(self, _size: int = CHUNK) -> bytes:
        """The next bytes, none only at the end. Raises SourceError; UnicodeError where the encoding does not fit."""
        while raw := self.file.read(CHUNK):
            self._count(len(raw))
            if given := self._without_controls(self._recoded(raw)):
                return given
        return b""

    def _count(self, size: int) -> None:
        self.since += size
        if self.since > self.megabytes * MEGABYTE:
            raise SourceError(problem("record_too_large", file=self.name, limit=self.megabytes))

    def _recoded(self, raw: bytes) -> bytes:
        return self.decoder.decode(raw).encode() if self.decoder else raw

    def _without_controls(self, raw: bytes) -> bytes:
        """Bytes of two to a letter hold zeros by right and are left alone."""
        if self.wide is None:
            self.wide = b"\0" in raw[:2] or raw[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
        if self.wide:
            return raw
        given = raw.translate(None, CONTROLS)
        self.removed += len(raw) - len(given)
        return given


@contextmanager
def opened(path: Path, encoding: Encoding, megabytes: int = RECORD_MEGABYTES) -> Iterator[Bytes]:
    with path.open("rb") as file:
        yield Bytes(file, encoding, path.name, megabytes)


class _FirstElement(Exception):  # noqa: N818 - no error: what stands before the first element is all that is asked for
    pass


def _refuse(name: str) -> None:
    raise SourceError(problem("document_type", file=name))


def check_prolog(path: Path, encoding: Encoding) -> None:
    """Raises SourceError where the file declares entities of its own, before a parser that would follow them sees it.

    A document type that only names a grammar elsewhere is let through: it is never fetched.
    """

    def doctype(_name: str, _system: str | None, _public: str | None, has_declarations: int) -> None:
        if has_declarations:
            _refuse(path.name)

    def element(_name: str, _attributes: dict[str, str]) -> None:
        raise _FirstElement

    parser = expat.ParserCreate("utf-8" if encoding.name else None)
    parser.StartDoctypeDeclHandler, parser.StartElementHandler = doctype, element
    with opened(path, encoding, PROLOG_MEGABYTES) as source:
        try:
            while raw := source.read():
                parser.Parse(raw, False)
            parser.Parse(b"", True)
        except _FirstElement:
            return
