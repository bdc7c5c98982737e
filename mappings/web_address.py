"""What counts as a web address: one rule for what a feed may give and for where a link may lead."""

from functools import lru_cache
from urllib.parse import urlsplit

# The same few are asked about with every answer.
ADDRESSES_KEPT = 4096
SCHEMES = frozenset({"http", "https"})


def _names_a_site(address: str) -> bool:
    """Raises ValueError for a port or a host that no server can have."""
    parts = urlsplit(address)
    host = parts.hostname or ""
    # Only reading the port and writing the host as the network does tell whether they can be used.
    _ = parts.port, host.encode("idna")
    return parts.scheme in SCHEMES and bool(host)


@lru_cache(ADDRESSES_KEPT)
def is_web_address(text: str) -> bool:
    """Whether a browser would open a site by it, and nothing else."""
    if not text.isprintable() or any(mark.isspace() or mark == "\\" for mark in text):
        return False
    try:
        return _names_a_site(text)
    except ValueError:
        return False
