"""How the listings of one index are shown to one caller: in a language, with the figures of a region, on a day."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from search_api.labels import Labels
from search_api.latest import Latest
from search_api.listing_view import View, listing_view
from search_api.occupations.careers import hit_prospects
from search_api.occupations.figures import Asked

# Some ten kilobytes each.
KEPT = 1024


@dataclass(frozen=True, eq=False)
class Showing:
    """`index` is a name that no other index ever has; `kept` is shared by all callers."""

    index: str
    labels: Labels
    asked: Asked
    kept: Latest[View]

    def listing(self, source: Mapping[str, Any]) -> View:
        """What is the same of a listing whatever it was found by. It is kept: nobody may change it."""
        asked = self.asked
        basis = (self.index, asked.reference, asked.today)
        return self.kept.value(basis, (source["id"], asked.language, asked.region), lambda: self._view(source))

    def _view(self, source: Mapping[str, Any]) -> View:
        prospects = hit_prospects(source.get("occupations", ()), self.labels, self.asked)
        return {**listing_view(source, self.labels, self.asked.today), **prospects}
