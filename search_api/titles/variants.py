"""The ways in which one title is said: either gender, brackets kept or dropped, and without what only qualifies it."""

import re
from collections.abc import Iterable

from mappings.phrases import APOSTROPHES

# RN(EC) is one abbreviation, registered nurse (R.N.) a name and another.
BRACKETS = re.compile(r"(?:^|\s+)\([^()]*\)")
# Winder fixer - textile manufacturing
QUALIFIER = re.compile(r"\s+[-–—]\s.*", re.DOTALL)
APOSTROPHE = re.compile(f"[{APOSTROPHES}]")


def written(text: str) -> str:
    """A text as it counts for an exact match: case, spaces and the shape of apostrophes apart."""
    return " ".join(APOSTROPHE.sub("'", text).casefold().split())


def whole_titles(forms: Iterable[str]) -> tuple[str, ...]:
    """The forms of a title as they are, then without their brackets."""
    forms = tuple(forms)
    return tuple(dict.fromkeys((*forms, *(BRACKETS.sub("", form) for form in forms if "(" in form))))


def heads(forms: Iterable[str]) -> tuple[str, ...]:
    """The forms of a title without brackets and qualifier; none where there is no qualifier."""
    return tuple(QUALIFIER.sub("", BRACKETS.sub("", form)) for form in forms if QUALIFIER.search(form))
