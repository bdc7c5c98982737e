"""Which texts are the address of a site."""

import pytest

from mappings.web_address import is_web_address


@pytest.mark.parametrize(
    "address",
    [
        "https://forge.example",
        "http://forge.example:80/a?b#c",
        "HTTPS://forge.example/é",
        "https://[::1]/",
        "https://forge.example:/",
        "https://école.example/",
        "https://forge.example:65535/",
    ],
)
def test_sites_are_web_addresses(address: str) -> None:
    assert is_web_address(address)


@pytest.mark.parametrize(
    "address",
    ["", "forge.example", "//forge.example", "https:", "https://", "https:///x", "ftp://forge.example", "mailto:a@b",
     "javascript:alert(1)", "https://forge.example/\r\nSet-Cookie: x", "https://a b.example", "https:\\\\forge.example",
     "https://forge.example\\@evil.example", "\x00https://forge.example", "https://[", "https://forge\u2028.example",
     "https://forge.example:99999/", "https://forge.example:abc/", "http://a..b.example/", "https://.example/",
     f"https://{'x' * 64}.example/"],
)  # fmt: skip
def test_nothing_else_is(address: str) -> None:
    assert not is_web_address(address)
