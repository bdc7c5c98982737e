"""Sources that are fetched or unpacked become files that can be read."""

import datetime as dt
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from indexer.failures import SourceError
from indexer.fetching.address import parse_address
from indexer.fetching.attempts import Pause
from indexer.fetching.authorization import Secrets, signed_in
from indexer.fetching.caller import Caller
from indexer.fetching.connections import Resolve, resolve
from indexer.fetching.deadline import Deadline
from indexer.fetching.kept import keep
from indexer.fetching.parcels import parcels_of
from indexer.fetching.sites.crawl import crawl
from indexer.fetching.workplaces import workplace
from indexer.rules import Problem, problem
from indexer.sources import Source

AT_ONCE = 4  # servers


def _today() -> dt.date:
    return dt.datetime.now(dt.UTC).date()


@dataclass(frozen=True)
class Fetcher:
    """Fetches feeds into the files their sources name. `megabytes`: the limit of a source that has none of its own."""

    secrets: Secrets
    megabytes: int
    resolve: Resolve = resolve
    pause: Pause = time.sleep
    today: Callable[[], dt.date] = _today

    def fetch(self, source: Source) -> None:
        """Sees to it that the source's files are what its servers hold now.

        Raises SourceError; the copies are then as before, all of them.
        """
        try:
            caller = Caller(source, signed_in(source.auth, self.secrets), self.megabytes, self.resolve, self.pause)
            with workplace(source.file.parent) as folder, Deadline(source.timeout_seconds) as deadline:
                found = [caller.fetched(parcel, folder, deadline) for parcel in parcels_of(source)]
                keep([one for copies in found for one in copies])
                if source.is_site_map:
                    crawl(caller, folder, deadline, self.today())
        except OSError as error:
            detail = error.strerror or type(error).__name__
            raise SourceError(problem("fetch_not_kept", detail=detail)) from error

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
