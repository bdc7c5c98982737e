"""What a load changes, source by source, against what is served."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from indexer.load import Document
from indexer.reading import feed_part
from mappings.fingerprint import digest
from mappings.listing import Listing

Contents = dict[str, dict[str, str]]  # source -> listing id -> hash of what the feed said


@dataclass(frozen=True)
class Change:
    """Ids of one source's listings that come, differ, and go."""

    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)


def contents(documents: Iterable[Document]) -> Contents:
    """What is compared: the feed's own words. Listings do not count as changed because more was inferred from them."""
    found: Contents = defaultdict(dict)
    for document in documents:
        found[document.get("source", "")][document["id"]] = digest(feed_part(document))
    return found


def listing_contents(listings: Iterable[Listing]) -> Contents:
    return contents(listing.document() for listing in listings)


def changes(served: Contents, coming: Contents) -> dict[str, Change]:
    """The change of every source that has listings on either side."""
    return {source: _change(served.get(source, {}), coming.get(source, {})) for source in {**coming, **served}}


def _change(before: dict[str, str], after: dict[str, str]) -> Change:
    return Change(
        added=sorted(after.keys() - before.keys()),
        changed=sorted(one for one in after.keys() & before.keys() if after[one] != before[one]),
        removed=sorted(before.keys() - after.keys()),
    )
