"""What is known of a web address: what it answered last, and since when it fails."""

import datetime as dt
from typing import Any, Literal

from pydantic import Field, field_validator

from indexer.rules import RULES, Problem, problem
from mappings.record import Record

Outcome = Literal["good", "gone", "failing", "unclear"]
# A server that is away for an hour, in which somebody loads twice, is no dead link.
APART = dt.timedelta(hours=6)
FAILURES_OF_A_DEAD_ONE = 2
# Said by a server, of what is neither good nor gone.
SERVERS_WORDS = {"link_status", "fetch_certificate", "fetch_redirects", "fetch_redirect_refused"}
# Nobody answered, and nobody can say more: what was known before still holds.
SILENCE = {"link_slow", "fetch_name_unknown", "fetch_unreached"}


class Verdict(Record):
    """What one question to an address showed. `kind` and `facts`: the problem, where there was one.

    `gone`: the server says that there is no such page. `failing`: nothing is there that could answer, which may pass.
    `unclear`: a browser may well see the page.
    """

    outcome: Outcome
    kind: str = ""
    facts: dict[str, Any] = Field(default_factory=dict)

    @field_validator("kind")
    @classmethod
    def _has_a_rule(cls, kind: str) -> str:
        if kind and kind not in RULES:
            raise ValueError("an earlier version's")
        return kind

    @property
    def is_a_servers(self) -> bool:
        """Whether a server was there to say it."""
        return self.outcome in ("good", "gone") or self.kind in SERVERS_WORDS

    @property
    def problem(self) -> Problem:
        return problem(self.kind, **self.facts)


class Known(Record):
    """The last verdict on an address, when it was asked, and how often in a row of runs nothing was there."""

    verdict: Verdict
    checked: dt.datetime
    failures: int = 0
    since: dt.datetime | None = None

    @property
    def is_good(self) -> bool:
        return self.verdict.outcome == "good"

    @property
    def is_dead(self) -> bool:
        """The server says so, or nothing was there in two runs well apart."""
        if self.verdict.outcome == "gone":
            return True
        lasting = self.since is not None and self.checked - self.since >= APART
        return self.verdict.outcome == "failing" and self.failures >= FAILURES_OF_A_DEAD_ONE and lasting

    def told(self) -> Problem:
        """What is to be said of an address that is not good."""
        if self.verdict.outcome != "failing" or not self.is_dead:
            return self.verdict.problem
        found = self.verdict.problem
        return problem("link_dead", detail_en=found.in_language("en"), detail_fr=found.in_language("fr"))


def learnt(before: Known | None, verdict: Verdict, now: dt.datetime) -> Known:
    """What is known after one more question. Silence proves nothing; whatever else is unclear ends the failures."""
    failures, since = (before.failures, before.since) if before else (0, None)
    if verdict.outcome == "failing":
        return Known(verdict=verdict, checked=now, failures=failures + 1, since=since or now)
    if verdict.kind in SILENCE:
        return Known(verdict=verdict, checked=now, failures=failures, since=since)
    return Known(verdict=verdict, checked=now)


def is_due(known: Known | None, now: dt.datetime, days: int) -> bool:
    """Whether an address is to be asked: a good one not again for so many days, unless a wrong clock dated it ahead."""
    if known is None or not known.is_good:
        return True
    return not dt.timedelta(0) <= now - known.checked < dt.timedelta(days=days)


def urgency(known: Known | None) -> tuple[int, float]:
    """The order of asking: those never asked, those that were not good, those longest unasked."""
    if known is None:
        return 0, 0.0
    return (2 if known.is_good else 1), known.checked.timestamp()
