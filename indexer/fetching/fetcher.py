"""Sources that are fetched or unpacked become files that can be read."""

import time
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from urllib3 import BaseHTTPResponse

from indexer.failures import SourceError
from indexer.fetching.address import parse_address
from indexer.fetching.asking import UNCHANGED, Question, answer
from indexer.fetching.attempts import Pause, persistent
from indexer.fetching.authorization import Secrets, signed_in
from indexer.fetching.bodies import decoded, save
from indexer.fetching.connections import Network, Resolve, resolve
from indexer.fetching.deadline import Deadline
from indexer.fetching.kept import Made, Note, content_hash, keep, valid_note
from indexer.fetching.parcels import Box, Parcel, parcels_of, taken_out
from indexer.fetching.workplaces import workplace
from indexer.rules import Problem, problem
from indexer.sources import Source

AT_ONCE = 4  # servers


def _validators(parcel: Parcel) -> dict[str, str]:
    """The headers that ask for a parcel only if it changed; none unless every copy of it is whole."""
    notes = [valid_note(part.file, parcel.asked(part)) for part in parcel.parts]
    return notes[0].validators if notes[0] and all(notes) else {}


def _copies(parcel: Parcel, response: BaseHTTPResponse, box: Box, folder: Path) -> Iterator[Made]:
    """The parcel's files, each with the server's marks. Raises SourceError when one is not what was declared."""
    marks = response.headers.get("ETag"), response.headers.get("Last-Modified")
    for part, made in taken_out(box, parcel, folder):
        note = Note(asked=parcel.asked(part), content=content_hash(made), etag=marks[0], last_modified=marks[1])
        yield Made(made, part.file, note)


@dataclass(frozen=True)
class Fetcher:
    """Fetches feeds into the files their sources name. `megabytes`: the limit of a source that has none of its own."""

    secrets: Secrets
    megabytes: int
    resolve: Resolve = resolve
    pause: Pause = time.sleep

    def fetch(self, source: Source) -> None:
        """Sees to it that the source's files are what its servers hold now.

        Raises SourceError; the copies are then as before, all of them.
        """
        try:
            with workplace(source.file.parent) as folder, Deadline(source.timeout_seconds) as deadline:
                found = [self._asked_for(source, parcel, folder, deadline) for parcel in parcels_of(source)]
                keep([one for copies in found for one in copies])
        except OSError as error:
            detail = error.strerror or type(error).__name__
            raise SourceError(problem("fetch_not_kept", detail=detail)) from error

    def _asked_for(self, source: Source, parcel: Parcel, folder: Path, deadline: Deadline) -> list[Made]:
        """New copies of a parcel's files; none where those that are kept still hold."""
        question = self._question(source, parcel, deadline)
        return persistent(lambda: self._attempt(source, parcel, question, folder), deadline, self.pause)

    def _question(self, source: Source, parcel: Parcel, deadline: Deadline) -> Question:
        home, address = parse_address(source.url or ""), parse_address(parcel.url)
        return Question(
            address=address,
            network=Network(self.resolve, home.place if source.allow_private else None),
            deadline=deadline,
            secrets=signed_in(source.auth, self.secrets) if address.origin == home.origin else {},
            validators=_validators(parcel),
            authority=source.ca,
        )

    def _attempt(self, source: Source, parcel: Parcel, question: Question, folder: Path) -> list[Made]:
        with answer(question) as (address, response):
            if response.status == UNCHANGED:
                return []
            limit = source.max_megabytes or self.megabytes
            name = address.name or parcel.parts[0].file.name
            body = save(response, folder / f"{parcel.parts[0].file.name}.body", name, limit)
            question.deadline.check()  # a connection that was cut may look like one that ended
            box = Box(decoded(response, body, address, name, limit), name, limit, source.encoding)
            return list(_copies(parcel, response, box, folder))

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
