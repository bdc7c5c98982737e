"""Links out of the service that are counted: addresses that carry where they lead and a signature over it."""

import base64
import hmac
import json
from collections.abc import Mapping
from typing import Any, Literal
from urllib.parse import urlencode

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from mappings.contract import LANGUAGES
from mappings.web_address import is_web_address
from search_api.search_request import MOST_RESULTS
from search_api.usage.counts import Surface

PATH = "/out"
# The server takes request lines of 8,190 characters.
LONGEST = 4000


class LinkError(ValueError):
    """An address that this service did not sign."""


class ListingGoneError(LookupError):
    """The listing a signed link leads to is offered no more, or has no address any more."""


class Visit(BaseModel):
    """What a link out says, without its signature. `rank` is none where no search led to it."""

    # Those who pass links on add parameters of their own.
    model_config = ConfigDict(extra="ignore", frozen=True)

    listing: str = Field(min_length=1, max_length=500)
    rank: int | None = Field(default=None, ge=1, le=MOST_RESULTS)
    surface: Surface
    lang: Literal[LANGUAGES]  # type: ignore[valid-type] # the contract's
    to: str = Field(min_length=1, max_length=LONGEST)


class Links:
    """Makes and reads them, with one key."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def address(self, visit: Visit) -> str:
        """A path of this service."""
        return f"{PATH}?{urlencode({**visit.model_dump(exclude_none=True), 'signature': self._signature(visit)})}"

    def visit(self, given: Mapping[str, str]) -> Visit:
        """What the parameters of such an address say. Raises LinkError for what was not signed as it is."""
        try:
            visit = Visit.model_validate(given)
        except ValidationError as error:
            raise LinkError from error
        signature = given.get("signature", "").encode(errors="replace")
        if not hmac.compare_digest(self._signature(visit).encode(), signature) or not is_web_address(visit.to):
            raise LinkError
        return visit

    def _signature(self, visit: Visit) -> str:
        """HMAC-SHA256 over all members in order, in letters that need no quoting."""
        said: dict[str, Any] = visit.model_dump()
        digest = hmac.digest(self._key, json.dumps(said, sort_keys=True).encode(), "sha256")
        return base64.urlsafe_b64encode(digest).decode().rstrip("=")
