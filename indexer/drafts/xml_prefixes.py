"""Prefixes for the namespaces of an XML file, as a mapping declares them."""

import re

from lxml import etree

MOST = 50  # namespaces; elements of further ones are left alone
XML = "http://www.w3.org/XML/1998/namespace"
WORD = re.compile(r"[A-Za-z][A-Za-z-]+")
USABLE = re.compile(r"[A-Za-z_][\w.-]{0,30}")
USUAL = "ns"
SAYS_NOTHING = frozenset(
    ("http", "https", "www", "org", "com", "net", "ns", "xmlns", "schema", "schemas", "xml", "urn")
)


class Prefixes:
    """By namespace its prefix: the file's own where it has one, else a word of the namespace."""

    def __init__(self, known: dict[str, str] | None = None) -> None:
        self._by_address = {address: prefix for prefix, address in (known or {}).items()}

    @property
    def namespaces(self) -> dict[str, str]:
        return {prefix: address for address, prefix in self._by_address.items()}

    def name(self, tag: str, near: etree._Element) -> str | None:
        """A name as paths write it; None where there are too many namespaces, or it could not be written on a line."""
        address, _, local = tag.rpartition("}")
        if not address:
            return local
        if address == f"{{{XML}":
            return f"xml:{local}"
        prefix = self._prefix(address[1:], near)
        return f"{prefix}:{local}" if prefix else None

    def _prefix(self, address: str, near: etree._Element) -> str | None:
        if address not in self._by_address:
            if len(self._by_address) >= MOST or not address.isprintable() or len(address) > 500:
                return None
            self._by_address[address] = self._free(self._wanted(address, near))
        return self._by_address[address]

    def _wanted(self, address: str, near: etree._Element) -> str:
        own = next((prefix for prefix, said in near.nsmap.items() if prefix and said == address), "")
        words = [word for word in WORD.findall(address) if word.lower() not in SAYS_NOTHING]
        wanted = own or (words[-1].lower() if words else USUAL)
        return wanted if USABLE.fullmatch(wanted) and wanted.lower() != "xml" else USUAL

    def _free(self, wanted: str) -> str:
        taken, number = set(self._by_address.values()), 2
        free = wanted
        while free in taken:
            free, number = f"{wanted}{number}", number + 1
        return free
