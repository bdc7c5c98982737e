"""Bytes of a feed as text, whichever encoding they are in, a line at a time."""

import codecs
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from charset_normalizer import from_bytes

from indexer.failures import SourceError
from indexer.rules import Issue, problem

MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
# What spreadsheets on Windows and older Macs write in Canada when it is not UTF-8.
LIKELY = ["cp1252", "mac_roman"]
DEFAULT = "cp1252"
CHUNK = 1 << 18  # bytes looked at in one go, and enough to guess an encoding from
HEAD = 1_000  # bytes that tell UTF-16
WIDE = 0.4  # the share of them that is nothing
# Characters of one line: two descriptions as long as a cell may be. A longer one is no row of a feed.
LINE_LIMIT = 20_000_000
ANY_BREAK: Final = ""  # each of the three line endings ends a line and stays at its end
LINE_FEED: Final = "\n"
PIECE: Final = 1 << 16  # characters of a text that is no matter of lines

Chunks = Callable[[], Iterable[bytes]]  # the bytes from their beginning, each time it is called


@dataclass(frozen=True)
class Encoding:
    """How bytes are read; `guessed` names the encoding where nothing but the bytes told it."""

    name: str
    errors: str = "strict"
    guessed: str | None = None


@dataclass(frozen=True)
class Decoded:
    """Text without a byte order mark, and the guess it rests on, if any."""

    text: str
    guessed: str | None = None


def _marked(head: bytes) -> str | None:
    return next((name for mark, name in MARKS.items() if head.startswith(mark)), None)


def _wide(head: bytes) -> str | None:
    """UTF-16 without its mark: of letters of our languages every other byte is nothing, and always the same one."""
    begun = head[:HEAD]
    first, second = begun[::2].count(0), begun[1::2].count(0)
    if max(first, second) < WIDE * len(begun) or min(first, second):
        return None
    return "utf-16-be" if first else "utf-16-le"


def _utf8(chunks: Chunks, errors: str) -> Iterator[str]:
    """The text as UTF-8, piece by piece. Raises UnicodeDecodeError where it is none and errors are strict."""
    decoder = codecs.getincrementaldecoder("utf-8")(errors)
    for chunk in chunks():
        yield decoder.decode(chunk)
    yield decoder.decode(b"", final=True)


def _is_utf8(chunks: Chunks) -> bool:
    try:
        for _ in _utf8(chunks, "strict"):
            pass
    except UnicodeDecodeError:
        return False
    return True


def _is_mostly_utf8(chunks: Chunks) -> bool:
    """Whether text read as UTF-8 with gaps has fewer gaps than accented letters: UTF-8 that was damaged."""
    gaps = wide = 0
    for text in _utf8(chunks, "replace"):
        gaps += text.count("\ufffd")
        wide += 0 if text.isascii() else sum(mark > "\x7f" for mark in text)
    return gaps <= wide - gaps


def _likeliest(chunks: Chunks) -> Encoding:
    """By the first piece that is not plain ASCII."""
    telling = next((chunk for chunk in chunks() if not chunk.isascii()), b"")
    best = from_bytes(telling, cp_isolation=LIKELY, threshold=0.5).best()
    name = best.encoding if best else DEFAULT
    return Encoding(name, "replace", "Windows-1252" if name == DEFAULT else name)


def encoding_of(chunks: Chunks, said: str | None = None) -> Encoding:
    """The encoding said, that of the byte order mark, UTF-8, or the likeliest."""
    head = next(iter(chunks()), b"")
    if name := said or _marked(head):
        return Encoding(name)
    if head and (name := _wide(head)):
        return Encoding(name, "replace", "UTF-16")
    if _is_utf8(chunks):
        return Encoding("utf-8")
    return Encoding("utf-8", "replace") if _is_mostly_utf8(chunks) else _likeliest(chunks)


def decode(raw: bytes, encoding: str | None = None) -> Decoded:
    """All of some bytes as text.

    Raises UnicodeError where the encoding said does not fit, LookupError where there is none of that name.
    """
    found = encoding_of(lambda: [raw], encoding)
    return Decoded(raw.decode(found.name, found.errors).lstrip("\ufeff"), found.guessed)


def guess_notes(guessed: str | None) -> list[Issue]:
    """What a report says of an encoding that nothing but the bytes told; None: nothing was guessed."""
    return [Issue(1, "", "", problem("encoding_guessed", encoding=guessed))] if guessed else []


@contextmanager
def _refused(path: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, UnicodeError, LookupError) as error:
        raise SourceError(problem("file_unreadable", file=path.name, detail=str(error)[:200])) from error


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        yield from iter(lambda: file.read(CHUNK), b"")


@dataclass(frozen=True)
class TextFile:
    """A file whose encoding is known. It is never held whole."""

    path: Path
    encoding: Encoding

    @property
    def notes(self) -> list[Issue]:
        """That its encoding was guessed, where it was."""
        return guess_notes(self.encoding.guessed)

    def lines(self, ending: str) -> Iterator[str]:
        """Its lines with their ends, each read as it is asked for. Raises SourceError, also for one without end."""
        name, errors = self.encoding.name, self.encoding.errors
        with _refused(self.path), self.path.open(encoding=name, errors=errors, newline=ending) as file:
            line = file.readline(LINE_LIMIT).lstrip("\ufeff")
            while line:
                if len(line) == LINE_LIMIT:
                    raise SourceError(problem("line_endless", file=self.path.name, limit=LINE_LIMIT))
                yield line
                line = file.readline(LINE_LIMIT)

    def pieces(self) -> Generator[str]:
        """Its text, piece by piece. Raises SourceError."""
        name, errors = self.encoding.name, self.encoding.errors
        with _refused(self.path), self.path.open(encoding=name, errors=errors, newline=ANY_BREAK) as file:
            yield file.read(PIECE).lstrip("\ufeff")
            yield from iter(lambda: file.read(PIECE), "")

    @property
    def text(self) -> str:
        """All of it. Raises SourceError."""
        return "".join(self.pieces())


def text_file(path: Path, encoding: str | None) -> TextFile:
    """A file and how it is read. Raises SourceError."""
    with _refused(path):
        return TextFile(path, encoding_of(lambda: _chunks(path), encoding))


def read_text(path: Path, encoding: str | None) -> Decoded:
    """A file's whole text. Raises SourceError."""
    with _refused(path):
        return decode(path.read_bytes(), encoding)
