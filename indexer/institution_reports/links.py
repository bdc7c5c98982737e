"""An institution's links as its report tells them: which are dead, which could not be checked, and when they were."""

import re
from collections.abc import Iterable, Iterator, Sequence

from indexer.institution_reports.facts import Link, Links, LinksTold, Said
from indexer.links.checking import standing
from indexer.links.known import Known
from indexer.links.loads import KnownLinks
from indexer.privacy import EMAIL_MARK
from indexer.reading import SourceRead
from mappings.listing import Listing
from mappings.private_text import EMAIL

MOST_LINKS = 200
SIGNED_IN = re.compile(r"^([a-z]+://)[^/?#]*@", re.IGNORECASE)

Placed = tuple[str, int, Listing]


def _placed(reads: Iterable[SourceRead]) -> Iterator[Placed]:
    """Listings with a web address: source, row (0 for what is carried over), listing."""
    for read in reads:
        if read.failure or read.untouched:
            found = ((0, one) for one in read.carried)
        else:
            found = ((one.row, one.listing) for one in read.judged if one.listing)
        yield from ((read.source.id, row, one) for row, one in found if one.url)


def _shown(address: str) -> str:
    """An address without the name and word it signs in with, which look like an e-mail address, and without any."""
    return EMAIL.sub(EMAIL_MARK, SIGNED_IN.sub(r"\1", address))


def _link(placed: Placed, known: Known) -> Link:
    source, row, listing = placed
    said = known.told()
    return Link(
        source=source,
        row=row,
        id=listing.id,
        address=_shown(listing.url or ""),
        reason=Said(en=said.in_language("en"), fr=said.in_language("fr")),
        checked=known.checked,
    )


def links(reads: Sequence[SourceRead], known: KnownLinks | None) -> LinksTold:
    """What is known of an institution's links; `not checked` where the run did not check any."""
    if known is None:
        return "not checked"
    groups: dict[str, list[Placed]] = {"good": [], "dead": [], "unclear": [], "waiting": []}
    for placed in _placed(reads):
        groups[standing(known.get(placed[2].url or ""))].append(placed)
    times = [known[one.url or ""].checked for name in ("good", "dead", "unclear") for _, _, one in groups[name]]
    told = {
        name: tuple(_link(one, known[one[2].url or ""]) for one in groups[name][:MOST_LINKS])
        for name in ("dead", "unclear")
    }
    counted = {f"{name}_count": len(found) for name, found in groups.items()}
    return Links(**told, **counted, first=min(times, default=None), last=max(times, default=None))
