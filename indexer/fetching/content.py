"""What a file holds by its first bytes, against what was declared. The server's word for it is no more than a hint."""

import codecs
from pathlib import Path

from indexer.failures import SourceError
from indexer.rules import problem

HEAD = 4_096  # bytes looked at
GZIP = b"\x1f\x8b"
ZIP = b"PK\x03\x04"
EMPTY_ZIP = b"PK\x05\x06"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # workbooks of before 2007
MARKS = ((GZIP, "packed"), (ZIP, "zip"), (EMPTY_ZIP, "zip"), (OLE, "workbook"), (b"%PDF-", "pdf"))
WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
PAGES = ("<!doctype html", "<html", "<head", "<body")

WORDS = {
    "empty": ("nothing", "rien"),
    "html": ("a web page", "une page Web"),
    "xml": ("XML", "du XML"),
    "json": ("JSON", "du JSON"),
    "pdf": ("a PDF document", "un document PDF"),
    "packed": ("packed bytes", "des octets compressés"),
    "zip": ("a ZIP archive or a workbook", "une archive ZIP ou un classeur"),
    "workbook": ("an old workbook", "un ancien classeur"),
    "text": ("text of another kind", "un texte d'une autre sorte"),
}
# What each declared format may look like; one that is not named is its reader's to judge.
FITTING = {
    "csv": {"text"}, "xlsx": {"zip", "workbook"}, "json": {"json"}, "ndjson": {"json"}, "xml": {"xml"},
    "ctdl": {"json"}, "schema-org": {"json", "html", "xml", "packed"}, "html": {"html"},
}  # fmt: skip


def _text(head: bytes, encoding: str | None) -> str:
    wide = "utf-16" if head.startswith(WIDE) else None
    try:
        return head.decode(encoding or wide or "utf-8-sig", errors="replace")
    except LookupError:  # reading the feed says so
        return head.decode("utf-8-sig", errors="replace")


def _kind_of_text(text: str) -> str:
    start = text.lstrip("\ufeff \t\r\n").lower()
    if not start:
        return "empty"
    if start.startswith(PAGES) or (start.startswith("<") and "<html" in start):
        return "html"
    if start.startswith("<"):
        return "xml"
    return "json" if start.startswith(("{", "[")) else "text"


def kind_of(path: Path, encoding: str | None = None) -> str:
    """A key of WORDS."""
    with path.open("rb") as file:
        head = file.read(HEAD)
    marked = next((kind for mark, kind in MARKS if head.startswith(mark)), None)
    return marked or _kind_of_text(_text(head, encoding))


def check_content(path: Path, form: str, name: str, encoding: str | None) -> None:
    """Raises SourceError when a file cannot be what was declared; `name` is what people know it by."""
    kind = kind_of(path, encoding)
    if kind == "empty":
        raise SourceError(problem("file_empty", file=name))
    if kind not in FITTING.get(form, {kind}):
        en, fr = WORDS[kind]
        raise SourceError(problem("content_other", file=name, found_en=en, found_fr=fr, format=form.upper()))
