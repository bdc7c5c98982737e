"""Abbreviations such as PSW, R.N. or « PAB »: met whole or not at all, in any case, with dots or without."""

import re

from mappings.phrases import fold
from search_api.titles.stems import PARTICLES

LETTERS = re.compile(r"[A-ZÀ-Ü]{2,6}")
# Chief executive officer (CEO) - trade: the brackets close the title before what qualifies it.
BRACKETED = re.compile(r"(?P<name>[^(–]+?) ?\((?P<letters>[A-ZÀ-Ü][A-ZÀ-Ü. -]+)\)(?: - .*)?")
WORD = re.compile(r"[^\W\d_]+")


def _letters(text: str) -> str:
    return re.sub(r"[.\s-]", "", text)


def abbreviation_of(text: str) -> str | None:
    """The folded letters of a text that may be an abbreviation: one run of two to six letters. None for others."""
    letters = _letters(text).upper() if " " not in text.strip() or "." in text else ""
    return fold(letters) if LETTERS.fullmatch(letters) else None


def is_abbreviation(title: str) -> bool:
    """Whether a title as written is one."""
    return LETTERS.fullmatch(_letters(title)) is not None and " " not in title


def stands_for(letters: str, name: str) -> bool:
    """Whether a name's initials are these letters, with its particles or without."""
    words = [fold(word) for word in WORD.findall(name)]
    without = [word for word in words if word not in PARTICLES]
    return fold(letters) in {"".join(word[0] for word in said) for said in (words, without)}


def bracketed_abbreviation(title: str) -> str | None:
    """The folded letters that a title gives for itself, as in "Occupational therapist (OT)"."""
    found = BRACKETED.fullmatch(title)
    letters = _letters(found["letters"]) if found else ""
    return fold(letters) if found and LETTERS.fullmatch(letters) and stands_for(letters, found["name"]) else None
