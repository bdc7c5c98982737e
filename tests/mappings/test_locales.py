"""Days in words as both rooms write them."""

import pytest

from mappings.locales import with_ordinal


@pytest.mark.parametrize(
    ("day", "language", "written"),
    [
        ("1 décembre 2026", "fr", "1er décembre 2026"), ("11 janvier 2027", "fr", "11 janvier 2027"),
        ("1 décembre 2026 à 03:15", "fr", "1er décembre 2026 à 03:15"), ("10 mai 2027", "fr", "10 mai 2027"),
        ("1 December 2026", "en", "1 December 2026"),
    ],
)  # fmt: skip
def test_the_first_of_a_month_is_an_ordinal_in_french_alone(day: str, language: str, written: str) -> None:
    assert with_ordinal(day, language) == written
