"""How complete an institution's listings are, from 0 to 100, and what would raise it most.

A listing's score is the share of points (indexer/gaps.py) of the fields it has a use for that it states; an
institution's is the mean over its rows, where a row that is held back has none.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from indexer.gaps import useful
from mappings.contract import Contract
from mappings.listing import Listing

MOST_GAINS = 3
FULL = 100.0


@dataclass
class Completeness:
    """Sums over the listings of an institution. `lost` is by field, in listings: 1 is a whole one."""

    listings: int = 0
    stated: float = 0.0
    blank: Counter[str] = field(default_factory=Counter)
    lost: dict[str, float] = field(default_factory=lambda: defaultdict(float))

    def add(self, listing: Listing, contract: Contract) -> None:
        found = list(useful(listing, contract))
        total = sum(worth for _, worth, _ in found)
        blanks = [(name, worth / total) for name, worth, is_blank in found if is_blank]
        self.listings += 1
        self.stated += 1 - sum(share for _, share in blanks)
        for name, share in blanks:
            self.blank[name] += 1
            self.lost[name] += share

    def score(self, held_back: int) -> float | None:
        """None where no row was read."""
        rows = self.listings + held_back
        return FULL * self.stated / rows if rows else None

    def dearest(self) -> list[tuple[str, float]]:
        """Fields by what their blanks take from the score, the most first."""
        return sorted(self.lost.items(), key=lambda one: -one[1])

    def gains(self, held_back: int) -> list[tuple[str, float]]:
        """The fields that would raise the score most if they were never blank, each with by how much."""
        rows = self.listings + held_back
        return [(name, FULL * lost / rows) for name, lost in self.dearest()[:MOST_GAINS]]


def completeness(listings: Iterable[Listing], contract: Contract) -> Completeness:
    found = Completeness()
    for listing in listings:
        found.add(listing, contract)
    return found
