"""How far a site reaches: which addresses of its map are its own pages."""

from dataclasses import dataclass
from typing import NamedTuple

from indexer.fetching.address import PORTS, Address, AddressError, parse_address
from indexer.page_rules import PageRules


class Over(NamedTuple):
    """Why an address is passed over, as a kind of rule, and what a report may repeat of it."""

    kind: str
    shown: str


@dataclass(frozen=True)
class Bounds:
    """`home`: the address of the map."""

    home: Address
    rules: PageRules

    def holds(self, address: Address) -> bool:
        """Whether an address is of the site: its server or one that was named, never less secret, no odd port."""
        if address.host not in (self.home.host, *self.rules.hosts):
            return False
        return address.port in (self.home.port, *PORTS.values()) and (address.is_secret or not self.home.is_secret)

    def wants(self, address: Address) -> bool:
        """Whether its path begins as those of course pages do."""
        return not self.rules.under or address.target.startswith(self.rules.under)

    def judged(self, url: str) -> Address | Over:
        """The address, or why it is passed over. One that is none may hold a secret, and is not repeated."""
        try:
            address = parse_address(url)
        except AddressError:
            return Over("page_no_address", self.home.name)
        return address if self.holds(address) else Over("page_elsewhere", address.host)
