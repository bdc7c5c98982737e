"""What a site asks machines to leave alone, and how often it wants to be asked."""

from dataclasses import dataclass, field
from pathlib import Path

from protego import Protego

from indexer.failures import SourceError
from indexer.fetching.address import Address, parse_address
from indexer.fetching.asking import ALWAYS, answer
from indexer.fetching.attempts import persistent
from indexer.fetching.bodies import decoded, save
from indexer.fetching.caller import Caller
from indexer.fetching.deadline import Deadline

NAME = "robots.txt"
AGENT = ALWAYS["User-Agent"]
MEGABYTES = 1  # RFC 9309 asks for half of that at least
LONGEST_DELAY = 60.0  # seconds


def _says_nothing(error: SourceError) -> bool:
    """RFC 9309, 2.3.1.3: a file that is not to be had forbids nothing; a server that fails forbids all."""
    status = error.problem.facts.get("status", 0)
    return 400 <= status < 500 or error.problem.kind == "fetch_redirects"


@dataclass(frozen=True)
class Robots:
    """The rules of each server that is met, read once."""

    caller: Caller
    folder: Path
    deadline: Deadline
    known: dict[tuple[str, str, int], Protego] = field(default_factory=dict)

    def _text(self, address: Address) -> str:
        asked = parse_address(f"{address.scheme}://{address.netloc}/{NAME}")
        with answer(self.caller.question(asked, self.deadline, {})) as (found, response):
            body = save(response, self.folder / NAME, NAME, MEGABYTES)
            self.deadline.check()
            plain = decoded(response, body, found, NAME, MEGABYTES)
            return plain.read_text(encoding="utf-8", errors="replace")

    def _read(self, address: Address) -> Protego:
        try:
            text = persistent(lambda: self._text(address), self.deadline, self.caller.pause)
        except SourceError as error:
            if not _says_nothing(error):
                raise
            text = ""
        return Protego.parse(text)

    def of(self, address: Address) -> Protego:
        """Raises SourceError."""
        if address.origin not in self.known:
            self.known[address.origin] = self._read(address)
        return self.known[address.origin]

    def allows(self, address: Address) -> bool:
        """Raises SourceError where a server does not say."""
        return self.of(address).can_fetch(address.text, AGENT)

    def delay(self, address: Address) -> float:
        """Seconds between two pages that the server asks for."""
        return min(self.of(address).crawl_delay(AGENT) or 0.0, LONGEST_DELAY)
