"""Links in a load: what is known of its listings' pages, and rows whose pages are gone marked for their institution."""

import datetime as dt
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing

from indexer.cells import Slot
from indexer.cleaning import key
from indexer.fields import header_label, slots_by_header
from indexer.links.asking import Asker
from indexer.links.checking import Budget, Checker, counts, due, newly_known, trusted
from indexer.links.known import Known
from indexer.links.ledger import FILE, Ledger
from indexer.links.turns import Turns
from indexer.progress import Progress
from indexer.reading import SourceRead
from indexer.rules import Issue
from indexer.settings import Settings
from indexer.validation import Judged
from mappings.contract import Contract
from mappings.listing import Listing

PAGE = Slot("url")

KnownLinks = Mapping[str, Known]


def addresses_of(listings: Sequence[Listing]) -> list[str]:
    return [listing.url for listing in listings if listing.url]


def asked(
    waiting: Sequence[str], known: KnownLinks, ledger: Ledger, checker: Checker, now: dt.datetime
) -> dict[str, Known]:
    """What is known once those that wait for it, and that the time allows, were asked."""
    found = checker.ask_all(waiting)
    new = newly_known(trusted(found, known, checker), known, now)
    ledger.keep(new, now)
    return {**known, **new}


def _check(settings: Settings, addresses: Sequence[str], progress: Progress, now: dt.datetime) -> dict[str, Known]:
    with closing(Ledger(settings.state / FILE)) as ledger:
        known = ledger.known(addresses)
        waiting = due(addresses, known, now, settings.link_days)
        what = f"{len(waiting)} of {len(set(addresses))} web addresses, for {settings.link_seconds} s at most"
        with progress.stage("checking links", what, len(waiting)) as advance:
            budget = Budget(settings.link_seconds)
            checker = Checker(Asker(Turns(budget.pause)), budget, advance)
            return asked(waiting, known, ledger, checker, now)


def check_links(
    settings: Settings, listings: Sequence[Listing], progress: Progress, now: dt.datetime
) -> dict[str, Known] | None:
    """What is known of listings' pages by address; None where links are not checked. A load never fails for it."""
    addresses = addresses_of(listings)
    try:
        known = _check(settings, addresses, progress, now)
    except (OSError, sqlite3.Error) as error:
        progress.say(f"  links were not checked, for what is known of them cannot be kept: {error}")
        return None
    told = counts(addresses, known)
    progress.say("  " + ", ".join(f"{told[name]} {name}" for name in ("good", "dead", "unclear", "waiting")))
    return known


def _column(read: SourceRead, contract: Contract) -> str:
    """What the feed calls the column of web addresses."""
    headers = slots_by_header(contract)
    named = (name for name in read.columns if headers.get(key(name)) == PAGE)
    return next(named, header_label(PAGE, contract, "en"))


def _offered(read: SourceRead) -> Iterator[tuple[Judged, str]]:
    for one in read.judged if not read.failure else ():
        if one.listing and one.listing.url:
            yield one, one.listing.url


def mark_dead(reads: Sequence[SourceRead], known: KnownLinks, contract: Contract) -> None:
    """Adds to each row whose page is gone that it is."""
    for read in reads:
        column = _column(read, contract)
        for one, address in _offered(read):
            if (found := known.get(address)) and found.is_dead:
                one.issues.append(Issue(one.row, column, address, found.told()))


def forget_rows(reads: Sequence[SourceRead]) -> None:
    """Rows that were kept in case their page is gone, and of which nothing is to be said, are kept no longer."""
    for one in (one for read in reads for one in read.judged if not one.issues):
        one.sent = b""
