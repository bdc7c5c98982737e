"""Sources that are fetched or unpacked become files that can be read."""

import hashlib
import tempfile
import time
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from urllib3 import BaseHTTPResponse

from indexer.failures import SourceError
from indexer.fetching.address import Address, parse_address
from indexer.fetching.archives import PORTION, Packing, gunzipped, unpacked
from indexer.fetching.asking import UNCHANGED, Question, answer
from indexer.fetching.attempts import Pause, persistent
from indexer.fetching.authorization import Secrets, signed_in
from indexer.fetching.connections import Network, Resolve, resolve
from indexer.fetching.content import check_content
from indexer.fetching.deadline import Deadline
from indexer.fetching.kept import Note, content_hash, keep, valid_note
from indexer.rules import Problem, problem
from indexer.sizes import MEGABYTE
from indexer.sources import FORMATS, Source

AT_ONCE = 4  # servers
GZIP_CODING = {"gzip", "x-gzip"}
PLAIN_CODING = {"", "identity"}


def _asked(source: Source) -> str:
    """Hash of what decides which file an answer becomes."""
    said = "\n".join([source.url or "", source.member or "", source.feed_format or ""])
    return hashlib.sha256(said.encode()).hexdigest()


def _packing(source: Source, name: str, megabytes: int) -> Packing:
    endings = [ending for ending, form in FORMATS.items() if form == source.feed_format]
    return Packing(name, source.feed_format or "", endings, source.member, megabytes)


def _too_large(packing: Packing) -> SourceError:
    return packing.error("file_too_large", limit=packing.megabytes)


def _save(response: BaseHTTPResponse, target: Path, packing: Packing) -> None:
    """The body as it comes over the wire. Raises SourceError as soon as more comes, or is announced, than may."""
    most = packing.megabytes * MEGABYTE
    if (response.length_remaining or 0) > most:
        raise _too_large(packing)
    written = 0
    with target.open("wb") as file:
        # read1 and stream go through a reader of chunks that takes header lines of any length.
        while portion := response.read(PORTION, decode_content=False):
            written += len(portion)
            if written > most:
                raise _too_large(packing)
            file.write(portion)


def _decoded(path: Path, coding: str, address: Address, packing: Packing) -> Path:
    """The body without the packing it was sent in. Raises SourceError."""
    if coding in PLAIN_CODING:
        return path
    if coding not in GZIP_CODING:
        raise SourceError(problem("fetch_coding", host=address.host))
    return gunzipped(path, path.with_name("decoded"), packing)


def _note(source: Source, response: BaseHTTPResponse, made: Path) -> Note:
    marks = response.headers.get("ETag"), response.headers.get("Last-Modified")
    return Note(asked=_asked(source), content=content_hash(made), etag=marks[0], last_modified=marks[1])


def _keep(source: Source, response: BaseHTTPResponse, address: Address, folder: Path, packing: Packing) -> None:
    """Unpacks a saved body, and keeps it as the source's copy when it is what was declared. Raises SourceError."""
    coding = response.headers.get("Content-Encoding", "").strip().lower()
    plain = _decoded(folder / "body", coding, address, packing)
    made = unpacked(plain, folder / "feed", packing)
    check_content(made, packing.form, packing.name, source.encoding)
    keep(made, source.file, _note(source, response, made))


@dataclass(frozen=True)
class Fetcher:
    """Fetches feeds into the files their sources name. `megabytes`: the limit of a source that has none of its own."""

    secrets: Secrets
    megabytes: int
    resolve: Resolve = resolve
    pause: Pause = time.sleep

    def fetch(self, source: Source) -> None:
        """Sees to it that the source's file is what its server holds now. Raises SourceError; the copy is as before."""
        try:
            source.file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            with Deadline(source.timeout_seconds) as deadline:
                question = self._question(source, deadline)
                persistent(lambda: self._attempt(source, question), deadline, self.pause)
        except OSError as error:
            detail = error.strerror or type(error).__name__
            raise SourceError(problem("fetch_not_kept", detail=detail)) from error

    def _question(self, source: Source, deadline: Deadline) -> Question:
        address = parse_address(source.url or "")
        note = valid_note(source.file, _asked(source))
        return Question(
            address=address,
            network=Network(self.resolve, address.place if source.allow_private else None),
            deadline=deadline,
            secrets=signed_in(source.auth, self.secrets),
            validators=note.validators if note else {},
            authority=source.ca,
        )

    def _attempt(self, source: Source, question: Question) -> None:
        with answer(question) as (address, response):
            if response.status == UNCHANGED:
                return
            with tempfile.TemporaryDirectory(prefix=".", dir=source.file.parent) as folder:
                packing = _packing(source, address.name or source.file.name, source.max_megabytes or self.megabytes)
                _save(response, Path(folder) / "body", packing)
                question.deadline.check()  # a connection that was cut may look like one that ended
                _keep(source, response, address, Path(folder), packing)

    def fetch_all(self, sources: Iterable[Source]) -> dict[str, Problem]:
        """Fetches all that are to be fetched, several servers at once but each asked for one feed at a time.

        Gives the problem of each source that could not be, by its id.
        """
        by_server: dict[str, list[Source]] = {}
        for source in sources:
            if source.url:
                by_server.setdefault(parse_address(source.url).host, []).append(source)
        with ThreadPoolExecutor(AT_ONCE) as threads:
            found = threads.map(self._one_after_another, by_server.values())
        return {name: wrong for one in found for name, wrong in one.items()}

    def _one_after_another(self, sources: Sequence[Source]) -> dict[str, Problem]:
        return {source.id: wrong for source in sources if (wrong := self._problem(source))}

    def _problem(self, source: Source) -> Problem | None:
        try:
            self.fetch(source)
        except SourceError as error:
            return error.problem
        return None
