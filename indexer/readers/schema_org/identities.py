"""A short code for a listing that stays the same from one feed to the next."""

import hashlib
from urllib.parse import urlsplit

from indexer.readers.schema_org.graphs import Graph
from indexer.readers.schema_org.nodes import Node
from indexer.readers.schema_org.texts import first_text
from indexer.readers.spool import Spool
from indexer.values import slug

LONGEST = 80  # characters, so that what tells offerings apart still fits into an ID
DIGEST = 8


def shortened(code: str) -> str:
    """The code itself; of a long one its beginning and a digest of the whole."""
    if len(code) <= LONGEST:
        return code
    digest = hashlib.sha256(code.encode()).hexdigest()[:DIGEST]
    return f"{code[: LONGEST - DIGEST - 1]}-{digest}"


def from_address(address: str) -> str:
    """What of an address follows its site: `courses-75565`. Nothing for a site's front page."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return slug(address)
    return slug(f"{parts.path} {parts.query} {parts.fragment}")


def given_code(node: Node, graph: Graph) -> str:
    """The course code, identifier or address it gives; nothing where it gives none that can be used."""
    for name in ("courseCode", "identifier"):
        if code := first_text(node, graph, name):
            return shortened(from_address(code) if "://" in code else code)
    address = node.address if "://" in node.address else first_text(node, graph, "url")
    return shortened(from_address(address))


def made_code(node: Node, graph: Graph) -> str:
    """A code made of the name and, for a run, its first day; nothing without a name."""
    return shortened(slug(f"{first_text(node, graph, 'name')} {first_text(node, graph, 'startDate')[:10]}"))


class Codes:
    """The codes given out so far, so that a made one is nobody else's."""

    def __init__(self, spool: Spool) -> None:
        self.spool = spool

    def unique(self, code: str) -> str:
        """The code, with a number where it was given out before."""
        count = self.spool.count("code", code) if code else 1
        return code if count == 1 else f"{code}-{count}"
