"""One title in both genders where text runs on: « conseiller/conseillère », « infirmiers et infirmières »."""

import re

from mappings.abridged import ENDINGS

# Both begin alike. Between them may stand an article; what was elided before the second is blank by now.
PAIR = re.compile(
    r"(?<![^\W_])(?P<one>(?P<head>[^\W\d_]{3})[^\W\d_]*)"
    r"(?:\s{0,2}/\s{0,2}|\s(?:et|ou)\s{1,3}(?:(?:la|le|les|une?|des)\s)?|\s?\()"
    r"(?P<other>(?P=head)[^\W\d_]*)(?![^\W_])",
    re.IGNORECASE,
)
# Sooner looked for than a pair at every word.
BETWEEN = re.compile(r"[/(]|\s(?:et|ou)\s", re.IGNORECASE)
LEAST_STEM = 3


def _feminine_of(masculine: str, feminine: str) -> bool:
    for ending, replaced in ENDINGS.items():
        stem = feminine.removesuffix(ending)
        if stem != feminine and len(stem) >= LEAST_STEM and f"{stem}{replaced}" == masculine:
            return True
    return False


def _in_number(one: str, other: str) -> tuple[str, str]:
    """Both words without the plural's s where both have it."""
    cut = one.endswith("s") and other.endswith("s")
    return (one[:-1], other[:-1]) if cut else (one, other)


def _masculine_alone(found: re.Match[str]) -> str:
    one, other = _in_number(found["one"].casefold(), found["other"].casefold())
    if _feminine_of(one, other):
        return found["one"].ljust(len(found.group()))
    return found["other"].rjust(len(found.group())) if _feminine_of(other, one) else found.group()


def without_twins(text: str) -> str:
    """The text with the feminine of each pair blanked, as long as it was."""
    return PAIR.sub(_masculine_alone, text) if BETWEEN.search(text) else text
