"""Which network addresses a feed may be fetched from."""

from collections.abc import Iterator
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network

Ip = IPv4Address | IPv6Address

# Servers that hand a machine's own credentials to whoever asks from it.
METADATA = {ip_address(text) for text in ("169.254.169.254", "100.100.100.200", "192.0.0.192", "fd00:ec2::254")}
# Python's is_private holds more: link-local ones, and 0.0.0.0/8, which leads to this machine.
INSIDE = tuple(map(ip_network, ("127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "::1", "fc00::/7")))
# RFC 6052 and RFC 8215: an IPv4 address in the last 32 bits.
TRANSLATED = (IPv6Network("64:ff9b::/96"), IPv6Network("64:ff9b:1::/48"))


def _carried(ip: Ip) -> Iterator[Ip]:
    """The IPv4 addresses an IPv6 address leads to, by whichever way of carrying one."""
    if isinstance(ip, IPv4Address):
        return
    yield from (carried for carried in (ip.ipv4_mapped, ip.sixtofour, *(ip.teredo or ())) if carried)
    if any(ip in network for network in TRANSLATED):
        yield IPv4Address(int(ip) & 0xFFFFFFFF)


def _is_public(ip: Ip) -> bool:
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified)


def _is_inside(ip: Ip) -> bool:
    """An address of this machine or its own network, which an operator may allow; no metadata."""
    return any(ip in network for network in INSIDE) and ip not in METADATA


def may_be_asked(text: str, *, allow_private: bool) -> bool:
    """Whether a numeric address may be connected to. One that carries another is judged by that one."""
    ip = ip_address(text.partition("%")[0])
    leads_to = list(_carried(ip)) or [ip]
    return all((_is_public(one) and one not in METADATA) or (allow_private and _is_inside(one)) for one in leads_to)
