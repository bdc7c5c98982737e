"""The ways in which one title is said: either gender, with or without brackets and qualifier, and in prose order."""

import re
from collections.abc import Iterable, Iterator

from mappings.contract import Language
from mappings.phrases import APOSTROPHES
from mappings.title_genders import gender_forms

# RN(EC) is one abbreviation, registered nurse (R.N.) a name and another.
BRACKETS = re.compile(r"(?:^|\s+)\([^()]*\)")
# Winder fixer - textile manufacturing
QUALIFIER = re.compile(r"\s+[-–—]\s.*", re.DOTALL)
# nurse, operating room; director - community college
INVERTED = re.compile(r"(?P<head>[^,()]+?)(?:,| [-–—]) (?P<tail>[^,()]+)")
# How French joins what an inverted title parts, d' and l' being no words of their own.
JOINTS = ("", "en ", "de ")
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


def in_prose(form: str, language: Language) -> tuple[str, ...]:
    """An inverted form in the order of a sentence, "operating room nurse"; none where nothing is inverted."""
    found = INVERTED.fullmatch(BRACKETS.sub("", form).strip())
    if not found:
        return ()
    if language == "en":
        return (f"{found['tail']} {found['head']}",)
    return tuple(f"{found['head']} {joint}{found['tail']}" for joint in JOINTS)


def _forms(title: str, language: Language) -> Iterator[str]:
    yield title
    for form in whole_titles(gender_forms(title, language)):
        yield form
        yield from in_prose(form, language)


def spoken_forms(title: str, language: Language) -> tuple[str, ...]:
    """All ways in which people write a whole title, each once: the title itself, then its others."""
    return tuple(dict.fromkeys(form.strip() for form in _forms(title, language)))
