"""One address asked whether its page is there: by HEAD, and by GET where HEAD is not taken well."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from urllib3.exceptions import HTTPError

from indexer.failures import SourceError
from indexer.fetching.address import Address, AddressError, parse_address
from indexer.fetching.asking import ALWAYS, Question, answer
from indexer.fetching.connections import Resolve, resolve
from indexer.fetching.deadline import Deadline
from indexer.links.known import Verdict
from indexer.links.turns import PoliteNetwork, Turns
from indexer.rules import Problem, problem

# Of one question, redirects included. No longer than a connection may take, so that a server which swallows what it is
# sent is slow, and not one that is not there.
QUESTION_SECONDS = 15.0
HEADERS = {**ALWAYS, "User-Agent": "micro-credential-discovery (checks once in a while that linked pages exist)"}
GONE = {404, 410}
TOO_MANY = {429, 503}
NO_SUCH_METHOD = 501
WELL, REFUSED = 2, 4  # hundreds of a status
# Nothing is there that could answer. Not among these, since learners may see such a page: certificates, of which
# browsers find missing ones by themselves; circles of redirects, for want of cookies; names that lead to a private
# address where this machine stands, and to a public one elsewhere.
FAILING = {"fetch_name_unknown", "fetch_unreached"}
# Of sentences about feeds, those about pages.
REWORDED = {"fetch_slow": "link_slow", "fetch_sign_in": "link_status", "fetch_status": "link_status"}
GOOD = Verdict(outcome="good")


def verdict_of(found: Problem) -> Verdict:
    """What a question that did not end well says of the page."""
    status = found.facts.get("status", 0)
    if status // 100 == WELL:  # in another way than 200, such as 204
        return GOOD
    if status in GONE:
        return Verdict(outcome="gone", kind="link_gone", facts={"status": status})
    outcome = "failing" if found.kind in FAILING else "unclear"
    kind = REWORDED.get(found.kind, found.kind)
    return Verdict.model_validate({"outcome": outcome, "kind": kind, "facts": found.facts})


def dislikes_head(verdict: Verdict) -> bool:
    """Whether GET may be answered better: many a server refuses HEAD, cuts it off, or has no page for it."""
    status = verdict.facts.get("status", 0)
    refused = status // 100 == REFUSED and status not in TOO_MANY
    return refused or status == NO_SUCH_METHOD or verdict.kind == "fetch_broken_off"


def is_weary(verdict: Verdict) -> bool:
    """Whether a server asks to be left alone for now."""
    return verdict.facts.get("status") in TOO_MANY


@dataclass(frozen=True)
class Asker:
    """Asks. `allowed`: the one place inside the network that may be asked, for tests; none in a load."""

    turns: Turns
    resolve: Resolve = resolve
    allowed: tuple[str, int] | None = None
    most_seconds: float = QUESTION_SECONDS

    @contextmanager
    def _network(self, ends: float) -> Iterator[PoliteNetwork]:
        network = PoliteNetwork(self.resolve, self.allowed, self.turns, ends)
        try:
            yield network
        finally:
            network.leave()

    def _asked(self, address: Address, method: str, ends: float) -> Verdict:
        """Nothing of a body is read."""
        seconds = max(0.0, ends - time.monotonic())
        with Deadline(min(self.most_seconds, seconds)) as deadline, self._network(ends) as network:
            try:
                with answer(Question(address, network, deadline, method=method, headers=HEADERS)):
                    deadline.check()  # headers that were cut look like headers that ended
                    return GOOD
            except SourceError as error:
                return verdict_of(error.problem)
            except HTTPError:  # of the library's own, which no sentence of ours foresees: no load fails for a link
                return verdict_of(problem("fetch_broken_off", host=address.host))

    def ask(self, text: str, seconds: float) -> Verdict:
        """What an address shows within so many seconds, those in which its host answers others among them."""
        ends = time.monotonic() + seconds
        try:
            address = parse_address(text)
        except AddressError as error:
            facts = {"detail_en": error.en, "detail_fr": error.fr}
            return Verdict(outcome="unclear", kind="link_unasked", facts=facts)
        verdict = self._asked(address, "HEAD", ends)
        return self._asked(address, "GET", ends) if dislikes_head(verdict) else verdict
