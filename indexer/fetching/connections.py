"""Connections to the very address that was checked, with the certificate of the name that was asked for."""

import socket
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection

from indexer.failures import SourceError
from indexer.fetching.address import Address
from indexer.fetching.deadline import Deadline
from indexer.fetching.failures import PassingError
from indexer.fetching.networks import may_be_asked
from indexer.rules import problem

CONNECT_SECONDS = 15.0  # to one address of a name
MOST_ADDRESSES = 4  # of a name are tried

Resolve = Callable[[str, int], list[str]]
Open = Callable[[], socket.socket]


def resolve(host: str, port: int) -> list[str]:
    """The numeric addresses of a name, in the system's order. Raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(one[4][0]) for one in found))


@dataclass(frozen=True)
class Network:
    """How names are looked up, and the one place inside the network that may be asked, if any."""

    resolve: Resolve
    allowed: tuple[str, int] | None = None

    def checked(self, address: Address, deadline: Deadline) -> list[str]:
        """The addresses to connect to; all of a name's must be allowed. Raises SourceError."""
        try:
            found = deadline.waits_for(lambda: self.resolve(*address.place))
        except (OSError, UnicodeError) as error:
            raise PassingError(problem("fetch_name_unknown", host=address.host)) from error
        inside = address.place == self.allowed
        if not all(may_be_asked(one, allow_private=inside) for one in found):
            raise SourceError(problem("fetch_private", host=address.host))
        return found[:MOST_ADDRESSES]

    def open(self, address: Address, deadline: Deadline) -> socket.socket:
        """A connection to the first address that answers. Raises SourceError."""
        for numeric in self.checked(address, deadline):
            deadline.check()
            try:
                seconds = min(CONNECT_SECONDS, deadline.left)
                connection = socket.create_connection((numeric, address.port), timeout=seconds)
            except OSError:
                continue
            deadline.watch(connection)
            return connection
        deadline.check()
        raise PassingError(problem("fetch_unreached", host=address.host))


class _Plain(HTTPConnection):
    """A connection made by `opened` instead of by a look-up of its own, which could find another address."""

    def __init__(self, *args: Any, opened: Open, **more: Any) -> None:
        super().__init__(*args, **more)
        self._opened = opened

    def _new_conn(self) -> socket.socket:
        return self._opened()


class _Secret(HTTPSConnection):
    """The same, for TLS."""

    def __init__(self, *args: Any, opened: Open, **more: Any) -> None:
        super().__init__(*args, **more)
        self._opened = opened

    def _new_conn(self) -> socket.socket:
        return self._opened()


class _PlainPool(HTTPConnectionPool):
    ConnectionCls = _Plain


class _SecretPool(HTTPSConnectionPool):
    ConnectionCls = _Secret


def trusted(authority: Path | None) -> ssl.SSLContext:
    """The system's authorities and, where given, one more. Raises SourceError when its file cannot be read."""
    context = ssl.create_default_context()
    try:
        if authority:
            context.load_verify_locations(authority)
    except OSError as error:  # SSLError is one
        raise SourceError(problem("file_unreadable", file=authority.name if authority else "", detail="PEM")) from error
    return context


def pool(address: Address, opened: Open, authority: Path | None) -> HTTPConnectionPool:
    """What asks one server; certificates are always verified, for the name of the address."""
    if not address.is_secret:
        return _PlainPool(address.host, address.port, opened=opened)
    return _SecretPool(
        address.host, address.port, opened=opened, ssl_context=trusted(authority), cert_reqs="CERT_REQUIRED"
    )
