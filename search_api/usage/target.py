"""Where a link out leads today: the index goes above what was signed, which holds while no index can be asked."""

from typing import Any

from mappings.web_address import is_web_address
from search_api.engine import Deadline, EngineUnavailableError, NoIndexError, ServedIndex
from search_api.service import SearchService
from search_api.usage.links import ListingGoneError, Visit


def _body(listing: str) -> dict[str, Any]:
    return {"size": 1, "query": {"ids": {"values": [listing]}}, "_source": ["url"], "track_total_hits": False}


def _known(service: SearchService, listing: str) -> str:
    """The listing's address in the served index; empty for none. Raises what a search raises."""

    def ask(served: ServedIndex, deadline: Deadline) -> str:
        (response,) = service.engine.multi_search(served.name, [_body(listing)], deadline)
        found: list[str] = [hit["_source"].get("url", "") for hit in response["hits"]["hits"]]
        return "".join(found)

    return service.on_current_index(ask)


def target_of(visit: Visit, service: SearchService) -> str:
    """The address to lead to. Raises ListingGoneError."""
    try:
        known = _known(service, visit.listing)
    except (EngineUnavailableError, NoIndexError):
        return visit.to
    if not is_web_address(known):
        raise ListingGoneError(visit.listing)
    return known
