"""Which network addresses may be asked."""

from ipaddress import IPv4Address, IPv6Address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.fetching.networks import may_be_asked

PUBLIC = ["8.8.8.8", "142.251.41.78", "2607:f8b0:400b:80c::200e", "::ffff:8.8.8.8", "64:ff9b::808:808"]
INSIDE = [
    "127.0.0.1", "127.8.9.1", "10.1.2.3", "172.16.0.9", "172.31.255.255", "192.168.1.1", "::1", "fd12:3456::1",
    "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:c0a8:0101", "64:ff9b::7f00:1", "2002:7f00:1::", "2002:a00:1::1",
]  # fmt: skip
NEVER = [
    "0.0.0.1", "::", "192.0.2.1", "198.18.0.1",
    "169.254.169.254", "169.254.1.1", "::ffff:169.254.169.254", "64:ff9b::a9fe:a9fe", "fe80::1",
    "fe80::1%eth0", "224.0.0.1", "239.255.255.250", "ff02::1", "255.255.255.255", "240.0.0.1", "fd00:ec2::254",
    "100.100.100.200", "100.64.0.1", "192.0.0.192", "2002:a9fe:a9fe::",
]  # fmt: skip


@pytest.mark.parametrize("numeric", PUBLIC)
def test_the_public_internet_may_be_asked(numeric: str) -> None:
    assert may_be_asked(numeric, allow_private=False)
    assert may_be_asked(numeric, allow_private=True)


@pytest.mark.parametrize("numeric", INSIDE)
def test_the_own_network_may_be_asked_where_that_is_allowed(numeric: str) -> None:
    assert not may_be_asked(numeric, allow_private=False)
    assert may_be_asked(numeric, allow_private=True)


@pytest.mark.parametrize("numeric", NEVER)
def test_link_local_metadata_multicast_and_reserved_addresses_are_never_asked(numeric: str) -> None:
    assert not may_be_asked(numeric, allow_private=False)
    assert not may_be_asked(numeric, allow_private=True)


@given(st.ip_addresses(v=4))
def test_an_address_carried_by_another_is_judged_by_itself(ip: IPv4Address) -> None:
    carried = [
        f"::ffff:{ip}",
        str(IPv6Address((0x64FF9B << 96) | int(ip))),
        str(IPv6Address((0x2002 << 112) | (int(ip) << 80))),
    ]
    for allowed in (False, True):
        assert {may_be_asked(one, allow_private=allowed) for one in carried} == {
            may_be_asked(str(ip), allow_private=allowed)
        }
