"""Counting as the routes see it: on, or off; then links lead straight out."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from mappings.contract import Language
from mappings.web_address import is_web_address
from search_api.listing_view import View
from search_api.search_request import SearchRequest
from search_api.settings import ReaderSettings
from search_api.usage.counts import Surface, first_rank
from search_api.usage.link_key import link_key
from search_api.usage.links import LONGEST, Links, Visit
from search_api.usage.recorder import Recorder

# Where the application keeps it.
USAGE = "usage"


@dataclass(frozen=True, eq=False)
class Usage:
    """`recorder` is none where nothing is counted; links of earlier days are followed all the same."""

    links: Links
    recorder: Recorder | None

    def with_out(self, listing: View, surface: Surface, language: Language, rank: int | None = None) -> View:
        """The listing, and each offering of its course, with where to send a person who wants its page.

        What has no page is unchanged.
        """
        offerings = [self._led_out(one, surface, language, rank) for one in listing.get("offerings", ())]
        return self._led_out(listing, surface, language, rank) | ({"offerings": offerings} if offerings else {})

    def _led_out(self, listing: View, surface: Surface, language: Language, rank: int | None) -> View:
        address = listing.get("url", "")
        if not is_web_address(address):
            return listing
        if self.recorder is None or len(address) > LONGEST:
            return {**listing, "out": address}
        visit = Visit(listing=listing["id"], rank=rank, surface=surface, lang=language, to=address)
        return {**listing, "out": self.links.address(visit)}

    def all_with_out(self, answer: Mapping[str, Any], surface: Surface, language: Language) -> View:
        """A search's answer, each hit with its way out by its rank."""
        ranked = enumerate(answer["hits"], first_rank(answer))
        return {**answer, "hits": [self.with_out(hit, surface, language, rank) for rank, hit in ranked]}

    def count_search(self, request: SearchRequest, answer: Mapping[str, Any], surface: Surface) -> None:
        if self.recorder:
            self.recorder.search(request, answer, surface)

    def count_click(self, visit: Visit) -> None:
        if self.recorder:
            self.recorder.click(visit)


def usage_of(settings: ReaderSettings) -> Usage:
    """As the operator wants it; made before the server forks, so that its processes share their keys."""
    folder = settings.usage_folder
    key = link_key(settings.link_key.get_secret_value(), folder, make=settings.usage)
    return Usage(Links(key), Recorder(folder, settings.usage_days) if settings.usage else None)
