"""Feminine endings that French hangs on to the masculine: « technicien·ne », « préposé(e)s », « conseiller/ère »."""

import re

# What an abridged feminine ending takes the place of: infirmi-er + -ère, direc-teur + -trice.
ENDINGS = {
    "e": "",
    "ne": "",
    "enne": "en",
    "ère": "er",
    "iere": "ier",
    "ière": "ier",
    "euse": "eur",
    "se": "r",
    "rice": "eur",
    "trice": "teur",
    "ve": "f",
    "elle": "el",
    "le": "",
    "te": "",
    "esse": "e",
    "onne": "on",
}
ENDING = "|".join(sorted(ENDINGS, key=len, reverse=True))
# infirmier(-ère)s, préposé·e·s, étudiant.e, technicien/ne
ABRIDGED = re.compile(
    rf"(?P<word>[^\W\d_]{{3,}})(?:\(-?(?P<a>{ENDING})(?:s?\)(?P<as>s)|(?P<ain>s?)\))|[·•‧.](?P<b>{ENDING})(?:[·•‧.]?(?P<bs>s))?"
    rf"|/-?(?P<c>{ENDING})(?P<cs>s?))(?!\w)",
    re.IGNORECASE,
)
# After a hyphen only those that are no pronoun: « étudiant-e-s », not « dites-le ».
HYPHENED = "enne|ère|euse|trice|ne|e"
# What is left out to read the masculine, as Python and Java write it; three letters stand before it, none after.
_TAIL = rf"(?:\(-?(?:{ENDING})s?\)s?|[·•‧.](?:{ENDING})(?:[·•‧.]?s)?|/-?(?:{ENDING})s?|-(?:{HYPHENED})(?:-s)?)"
ABRIDGED_TAIL = re.compile(rf"(?<=[^\W\d_]{{3}}){_TAIL}(?!\w)", re.IGNORECASE)
# The same for the engine, whose standard tokenizer takes « technicien·ne » for one word.
CHAR_FILTER = {
    "type": "pattern_replace",
    "pattern": rf"(?iu)(?<=\p{{L}}{{3}}){_TAIL}(?![\p{{L}}\p{{N}}])",
    "replacement": "",
}
