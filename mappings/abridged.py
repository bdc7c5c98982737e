"""Feminine endings that French hangs on to the masculine: « technicien·ne », « préposé(e)s », « conseiller/ère »."""

import re
from itertools import groupby

# What an abridged feminine ending takes the place of: infirmi-er + -ère, direc-teur + -trice.
ENDINGS = {
    "e": "",
    "ée": "é",
    "ne": "",
    "enne": "en",
    "ère": "er",
    "ere": "er",
    "iere": "ier",
    "ière": "ier",
    "eure": "eur",
    "euse": "eur",
    "se": "r",
    "rice": "eur",
    "trice": "teur",
    "ve": "f",
    "ive": "if",
    "fe": "",
    "elle": "el",
    "le": "",
    "ale": "al",
    "te": "",
    "esse": "e",
    "onne": "on",
}
ENDING = "|".join(sorted(ENDINGS, key=len, reverse=True))
DOTS = "·•‧⋅∙."
HYPHENS = r"\-‐‑"
# Where none of these stands, nothing is abridged. Like the two above for use in a character class.
MARKS = f"/({DOTS}{HYPHENS}"
# infirmier(-ère)s, préposé·e·s, étudiant.e, technicien/ne
ABRIDGED = re.compile(
    rf"(?P<word>[^\W\d_]{{3,}})(?: ?\([{HYPHENS}]?(?P<a>{ENDING})(?:s?\)(?P<as>s)|(?P<ain>s?)\))"
    rf"|[{DOTS}](?P<b>{ENDING})(?:[{DOTS}]?(?P<bs>s))?|/[{HYPHENS}]?(?P<c>{ENDING})(?P<cs>s?))(?!\w)",
    re.IGNORECASE,
)


def _after(ending: str) -> str:
    """The letters an ending is hung on to: those it takes the place of, else the consonant it doubles."""
    return ENDINGS[ending] or ending[:-1]


def _hung_on(endings: str) -> str:
    """An ending with the marks around it; neither the e of "web/e-commerce" nor that of "(d) cut and (e) paint"."""
    no_e_word = rf"(?!(?<=[./{HYPHENS}]e)[{HYPHENS}]\w\w)"
    return (
        rf"(?:(?:(?<!\band) )?\([{HYPHENS}]?(?:{endings})s?\)(?:s|\(s\))?"
        rf"|(?:[{DOTS}{HYPHENS}]|/[{HYPHENS}]?)(?:{endings}){no_e_word}(?:[{DOTS}{HYPHENS}/]?s)?)"
    )


def _after_own_letters() -> str:
    """Every ending where it can stand; the masculine before it may have its plural: techniciens(nes)."""
    groups = groupby(sorted(ENDINGS, key=_after), key=_after)
    each = [(letters, "|".join(endings)) for letters, endings in groups]
    return "|".join(
        rf"(?:(?<={letters})|(?<={letters}s)){_hung_on(endings)}" if letters else rf"(?<!e){_hung_on(endings)}"
        for letters, endings in each
    )


# What is left out to read the masculine, as Python and Java write it; three letters stand before it, none after.
_MARKED, _TAIL = rf"(?= \(|[{MARKS}])", f"(?:{_after_own_letters()})"
ABRIDGED_TAIL = re.compile(rf"{_MARKED}(?<=[^\W\d_]{{3}}){_TAIL}(?!\w)", re.IGNORECASE)
# The same for the engine, whose standard tokenizer takes « technicien·ne » for one word.
CHAR_FILTER = {
    "type": "pattern_replace",
    "pattern": rf"(?iu){_MARKED}(?<=\p{{L}}{{3}}){_TAIL}(?![\p{{L}}\p{{N}}])",
    "replacement": "",
}
