"""Who asks servers for what belongs to one source."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from urllib3 import BaseHTTPResponse

from indexer.fetching.address import Address, parse_address
from indexer.fetching.asking import UNCHANGED, Question, answer
from indexer.fetching.attempts import Pause, persistent
from indexer.fetching.bodies import decoded, save
from indexer.fetching.connections import Network, Resolve
from indexer.fetching.deadline import Deadline
from indexer.fetching.kept import Made, Note, content_hash, valid_note
from indexer.fetching.parcels import Box, Parcel, taken_out
from indexer.sources import Source


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
class Caller:
    """`secrets`: headers that sign in at the server of the source's `url`; `megabytes`: where the source says none."""

    source: Source
    secrets: Mapping[str, str] = field(repr=False)
    megabytes: int
    resolve: Resolve
    pause: Pause

    @cached_property
    def home(self) -> Address:
        return parse_address(self.source.url or "")

    @property
    def limit(self) -> int:
        """Megabytes of one file, and of all pages of a site."""
        return self.source.max_megabytes or self.megabytes

    def question(
        self,
        address: Address,
        deadline: Deadline,
        validators: Mapping[str, str],
        may_follow: Callable[[Address], bool] = lambda _: True,
    ) -> Question:
        return Question(
            address=address,
            network=Network(self.resolve, self.home.place if self.source.allow_private else None),
            deadline=deadline,
            secrets=self.secrets if address.origin == self.home.origin else {},
            validators=validators,
            authority=self.source.ca,
            may_follow=may_follow,
        )

    def fetched(self, parcel: Parcel, folder: Path, deadline: Deadline) -> list[Made]:
        """New copies of a parcel's files, in the folder; none where those that are kept still hold.

        Raises SourceError.
        """
        question = self.question(parse_address(parcel.url), deadline, _validators(parcel))
        return persistent(lambda: self._attempt(parcel, question, folder), deadline, self.pause)

    def _attempt(self, parcel: Parcel, question: Question, folder: Path) -> list[Made]:
        with answer(question) as (address, response):
            if response.status == UNCHANGED:
                return []
            first = parcel.parts[0].file.name
            name = address.name or first
            body = save(response, folder / f"{first}.body", name, self.limit)
            question.deadline.check()  # a connection that was cut may look like one that ended
            plain = decoded(response, body, address, name, self.limit)
            box = Box(plain, name, self.limit, self.source.encoding)
            return list(_copies(parcel, response, box, folder))
