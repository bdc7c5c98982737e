"""Addresses in parts, and those that are never asked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.fetching.address import Address, AddressError, parse_address


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("https://Feeds.EXAMPLE/a/B.csv?x=1&y=2#part", ("https", "feeds.example", 443, "/a/B.csv?x=1&y=2")),
        ("http://feeds.example.:8080", ("http", "feeds.example", 8080, "/")),
        ("https://[2001:db8::1]/a.csv", ("https", "2001:db8::1", 443, "/a.csv")),
        ("https://collège.example/é.csv", ("https", "xn--collge-6ua.example", 443, "/%C3%A9.csv")),
    ],
)
def test_an_address_is_taken_apart(text: str, parts: tuple[str, str, int, str]) -> None:
    address = parse_address(text)
    assert (address.scheme, address.host, address.port, address.target) == parts
    assert parse_address(address.text) == address


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("ftp://feeds.example/a.csv", "only https"), ("file:///etc/passwd", "only https"),
        ("gopher://feeds.example", "only https"), ("feeds.example/a.csv", "only https"), ("", "only https"),
        ("javascript:alert(1)", "only https"), ("https://user:word@feeds.example/", "user name"),
        ("https://word@feeds.example/", "user name"), ("https://@feeds.example/", "user name"),
        ("https:///a.csv", "no server"), ("https://feeds.example:99999/", "cannot be read"),
        ("https://feeds.example\\@other.example/", "backslashes"), ("https://feeds.example/a b", "spaces"),
        ("https://feeds.example/\r\nX: y", "spaces"), ("https://feeds.example/" + "a" * 2_000, "too long"),
        ("https://[::1/", "cannot be read"), ("https://./", "no server"),
        ("http://[fe80::1%25eth0]/3", "one machine alone"), ("http://[fe80::1%eth0]/3", "one machine alone"),
        ("http://[::1%25]/", "one machine alone"),
    ],
)  # fmt: skip
def test_an_address_that_is_never_asked_says_why_and_is_not_repeated(text: str, words: str) -> None:
    with pytest.raises(AddressError) as refused:
        parse_address(text)
    assert words in refused.value.en
    assert refused.value.fr
    assert not text or text not in str(refused.value)


@given(st.text(max_size=200))
def test_any_text_after_a_redirect_is_an_address_or_refused(text: str) -> None:
    start = parse_address("https://feeds.example/a/b.csv")
    try:
        found = start.follow(text)
    except AddressError:
        return
    assert isinstance(found, Address)
    assert found.scheme in {"http", "https"}
    assert found.host
