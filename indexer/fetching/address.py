"""Web addresses that may be asked for a feed, in parts."""

import re
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import urljoin

from pydantic import AfterValidator
from urllib3.exceptions import LocationParseError
from urllib3.util import parse_url

PORTS = {"http": 80, "https": 443}
# Parsers differ on what these mean, which is how an address is made to look like another.
DOUBTFUL = re.compile(r"[\s\x00-\x1f\x7f\\]")
NAMES_A_USER = re.compile(r"[^/?#]*//[^/?#]*@")
LONGEST = 2_000  # characters


class AddressError(ValueError):
    """An address that is never asked; the reason in English and French."""

    def __init__(self, en: str, fr: str) -> None:
        super().__init__(en)
        self.en, self.fr = en, fr


@dataclass(frozen=True)
class Address:
    """An address without user or fragment. `host`: in lower case, IPv6 without brackets; `target`: path and query."""

    scheme: str
    host: str
    port: int
    target: str

    @property
    def is_secret(self) -> bool:
        """Whether nobody on the way can read what is sent."""
        return self.scheme == "https"

    @property
    def place(self) -> tuple[str, int]:
        return self.host, self.port

    @property
    def origin(self) -> tuple[str, str, int]:
        return self.scheme, self.host, self.port

    @property
    def netloc(self) -> str:
        """Host and port as they stand in an address."""
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"

    @property
    def text(self) -> str:
        return f"{self.scheme}://{self.netloc}{self.target}"

    @property
    def name(self) -> str:
        """The last part of the path."""
        return self.target.partition("?")[0].rpartition("/")[2]

    def follow(self, location: str) -> "Address":
        """Where a redirect leads. Raises AddressError."""
        try:
            return parse_address(urljoin(self.text, location))
        except AddressError:
            raise
        except ValueError as error:  # what urljoin says of brackets that do not match
            raise AddressError("it cannot be read", "elle est illisible") from error


def parse_address(text: str) -> Address:
    """Raises AddressError, which never repeats the address: it may hold a secret."""
    if len(text) > LONGEST or DOUBTFUL.search(text):
        raise AddressError(
            "it is too long, or holds spaces or backslashes", "elle est trop longue ou contient des espaces"
        )
    try:
        parts = parse_url(text)
    except LocationParseError as error:
        raise AddressError("it cannot be read", "elle est illisible") from error
    if parts.scheme not in PORTS:
        raise AddressError("only https:// and http:// are followed", "seuls https:// et http:// sont suivis")
    if NAMES_A_USER.match(text):
        raise AddressError("it holds a user name or password", "elle contient un nom d'utilisateur ou un mot de passe")
    host = (parts.host or "").strip("[]").rstrip(".").lower()
    if not host:
        raise AddressError("it names no server", "elle ne nomme aucun serveur")
    if "%" in host:  # the zone of an IPv6 address: a network card of whoever wrote it
        raise AddressError("it has a meaning on one machine alone", "elle n'a de sens que sur une seule machine")
    return Address(parts.scheme, host, parts.port or PORTS[parts.scheme], parts.request_uri)


def _askable(text: str) -> str:
    try:
        parse_address(text)
    except AddressError as error:
        raise ValueError(f"this address is never asked: {error}") from None
    return text


# An address in a record. What is wrong with it is said without repeating it.
AskableAddress = Annotated[str, AfterValidator(_askable)]
