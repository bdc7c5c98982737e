"""The copy of a fetched feed, and beside it what lets the next run ask whether it still holds."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from mappings.record import Record

NOTE = ".fetched.json"


class Validators(Record):
    """A server's marks of a copy."""

    etag: str | None = None
    last_modified: str | None = None

    @property
    def validators(self) -> dict[str, str]:
        """The headers that ask for the feed only if it changed."""
        etag = {"If-None-Match": self.etag} if self.etag else {}
        return etag | ({"If-Modified-Since": self.last_modified} if self.last_modified else {})


class Note(Validators):
    """Of which address a copy is (as a hash: addresses may hold keys), its own hash, and the server's marks of it."""

    asked: str
    content: str


def note_path(file: Path) -> Path:
    return file.with_name(file.name + NOTE)


def content_hash(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def valid_note(file: Path, asked: str) -> Note | None:
    """The note of a copy that is whole and answers the same question; else None, and all is fetched anew."""
    try:
        note = Note.model_validate_json(note_path(file).read_bytes())
        return note if note.asked == asked and note.content == content_hash(file) else None
    except (OSError, ValidationError):
        return None


@dataclass(frozen=True)
class Made:
    """A new copy that is not in its place yet, where that is, and its note."""

    made: Path
    file: Path
    note: Note

    def put(self) -> None:
        """Puts it in place of the old. Ended between the two steps, the old note does not fit the new copy."""
        written = self.made.with_name(self.made.name + NOTE)
        written.write_text(self.note.model_dump_json(), encoding="utf-8")
        self.made.replace(self.file)
        written.replace(note_path(self.file))


def keep(copies: Sequence[Made]) -> None:
    """Puts new copies in place. Ended halfway, one is missing: never is an old one left beside a new one."""
    for other in copies[1:]:
        other.file.unlink(missing_ok=True)
    for one in copies:
        one.put()
