"""How dates and numbers are written here in each language."""

import re

LOCALES = {"en": "en_CA", "fr": "fr_CA"}
FIRST = re.compile(r"^1\b")


def with_ordinal(day: str, language: str) -> str:
    """A day in words, which French begins with an ordinal on the first of a month; babel does not."""
    return FIRST.sub("1er", day) if language == "fr" else day
