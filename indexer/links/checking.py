"""All addresses of a load asked for that are due, within the time there is."""

import datetime as dt
import threading
import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from indexer.fetching.address import AddressError, parse_address
from indexer.links.asking import Asker, is_weary
from indexer.links.known import Known, Verdict, is_due, learnt, urgency
from indexer.progress import Advance

AT_ONCE = 4  # hosts
# A host that lets so many questions run out of time is left alone until the next load.
MOST_SLOW = 2
# Nobody can be asked within less.
LEAST_SECONDS = 0.1

Found = dict[str, Verdict]


class Budget:
    """The time a run may spend on links; it is over at once when the run is ended."""

    def __init__(self, seconds: float) -> None:
        self._ends = time.monotonic() + seconds
        self._ended = threading.Event()

    @property
    def left(self) -> float:
        return 0.0 if self._ended.is_set() else max(0.0, self._ends - time.monotonic())

    def end(self) -> None:
        self._ended.set()

    def pause(self, seconds: float) -> None:
        """Waits so long, or until the run is ended."""
        self._ended.wait(seconds)


def _host(address: str) -> str:
    try:
        return parse_address(address).host
    except AddressError:  # is never asked, so it does not matter beside which
        return ""


def by_host(addresses: Iterable[str]) -> list[list[str]]:
    """Addresses of each host, in their order."""
    found: dict[str, list[str]] = {}
    for address in addresses:
        found.setdefault(_host(address), []).append(address)
    return list(found.values())


@dataclass(frozen=True)
class Checker:
    """Asks hosts beside each other, and each for one page after another."""

    asker: Asker
    budget: Budget
    advance: Advance = field(default=lambda _: None)

    def _one_host(self, addresses: Sequence[str]) -> Found:
        """Verdicts up to where the time is over or the host has had enough. One that the end cut off is none."""
        found: Found = {}
        slow = 0
        for address in addresses:
            if self.budget.left < LEAST_SECONDS or slow >= MOST_SLOW:
                break
            verdict = self.asker.ask(address, self.budget.left)
            if verdict.kind == "link_slow" and self.budget.left < LEAST_SECONDS:
                break
            found[address] = verdict
            self.advance(1)
            slow += verdict.kind == "link_slow"
            if is_weary(verdict):
                break
        return found

    def ask_all(self, addresses: Iterable[str]) -> Found:
        """Verdicts on as many as the time allows. However it ends, no thread goes on asking."""
        with ThreadPoolExecutor(AT_ONCE) as threads:
            try:
                found = list(threads.map(self._one_host, by_host(addresses)))
            except BaseException:
                self.budget.end()
                raise
        return {address: verdict for one in found for address, verdict in one.items()}


def _answered(found: Found) -> bool:
    """Whether a verdict came from a server. What was not asked, was slow or led inside may be this machine's doing."""
    return any(verdict.is_a_servers for verdict in found.values())


def _doubted(verdict: Verdict) -> Verdict:
    return verdict.model_copy(update={"outcome": "unclear"}) if verdict.outcome == "failing" else verdict


def trusted(found: Found, known: Mapping[str, Known], checker: Checker) -> Found:
    """Verdicts of a run in which somebody answered. Where nobody did it may be this machine that has no network.

    Then the address that was good last is asked too; unless it answers, nothing is held against any.
    """
    if not found or _answered(found):
        return found
    good = [address for address, one in known.items() if one.is_good]
    witness = checker.ask_all(sorted(good, key=lambda address: -known[address].checked.timestamp())[:1])
    return found if _answered(witness) else {address: _doubted(verdict) for address, verdict in found.items()}


def due(addresses: Iterable[str], known: Mapping[str, Known], now: dt.datetime, days: int) -> list[str]:
    """Each address that is to be asked once, the most urgent first."""
    listed = dict.fromkeys(addresses)
    asked = [address for address in listed if is_due(known.get(address), now, days)]
    return sorted(asked, key=lambda address: urgency(known.get(address)))


def newly_known(found: Found, known: Mapping[str, Known], now: dt.datetime) -> dict[str, Known]:
    return {address: learnt(known.get(address), verdict, now) for address, verdict in found.items()}


def counts(addresses: Iterable[str], known: Mapping[str, Known]) -> Counter[str]:
    """Addresses by what is known of them: good, dead, unclear, or waiting for a first question."""
    return Counter(standing(known.get(address)) for address in set(addresses))


def standing(known: Known | None) -> str:
    if known is None:
        return "waiting"
    return "dead" if known.is_dead else "good" if known.is_good else "unclear"
