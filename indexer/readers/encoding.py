"""Bytes of a feed as text, whichever encoding they are in."""

import codecs
from dataclasses import dataclass
from pathlib import Path

from charset_normalizer import from_bytes

from indexer.failures import SourceError
from indexer.rules import problem

MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
# What spreadsheets on Windows and older Macs write in Canada when it is not UTF-8.
LIKELY = ["cp1252", "mac_roman"]
DEFAULT = "cp1252"


@dataclass(frozen=True)
class Decoded:
    """Text without a byte order mark; `guessed` names the encoding where nothing but the bytes told it."""

    text: str
    guessed: str | None = None


def _marked(raw: bytes) -> str | None:
    return next((name for mark, name in MARKS.items() if raw.startswith(mark)), None)


def _mostly_utf8(text: str) -> bool:
    """Whether text read as UTF-8 with gaps has fewer gaps than accented letters: UTF-8 that was damaged."""
    gaps = text.count("\ufffd")
    return gaps <= sum(ord(mark) > 127 for mark in text) - gaps


def _guess(raw: bytes) -> Decoded:
    damaged = raw.decode("utf-8", errors="replace")
    if _mostly_utf8(damaged):
        return Decoded(damaged)
    best = from_bytes(raw, cp_isolation=LIKELY, threshold=0.5).best()
    name = best.encoding if best else DEFAULT
    return Decoded(raw.decode(name, errors="replace"), "Windows-1252" if name == DEFAULT else name)


def decode(raw: bytes, encoding: str | None = None) -> Decoded:
    """Text in the encoding said, that of the byte order mark, UTF-8, or the likeliest.

    Raises UnicodeError where the encoding said does not fit, LookupError where there is none of that name.
    """
    said = encoding or _marked(raw)
    if said:
        return Decoded(raw.decode(said).lstrip("\ufeff"))
    try:
        return Decoded(raw.decode("utf-8"))
    except UnicodeDecodeError:
        return _guess(raw)


def read_text(path: Path, encoding: str | None) -> Decoded:
    """A file's text. Raises SourceError."""
    try:
        return decode(path.read_bytes(), encoding)
    except (OSError, UnicodeError, LookupError) as error:
        raise SourceError(problem("file_unreadable", file=path.name, detail=str(error)[:200])) from error
