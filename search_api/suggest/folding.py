"""Names and half-typed queries as words that can be compared letter by letter.

Unlike `mappings.phrases.key_of` the plural stays: what is typed is the beginning of a word, whose end is not known yet.
"""

import re
from dataclasses import dataclass

from mappings.phrases import APOSTROPHES, bare_words, fold

HYPHENS = "\u2010\u2011-"
# e-commerce, driver's and Node.js are also typed as one word; .NET also without its point.
JOINTS = rf"[{APOSTROPHES}.{HYPHENS}]"
JOINED = re.compile(rf"[^\W_]+(?:{JOINTS}[^\W_]+)+|(?<!\w)\.[^\W_]+")
JOINT = re.compile(JOINTS)
LONGEST_SINGULAR = 3  # "bus" and "gas" keep their s
# Typed or not, these tell no name from another: "soins des aînés" means "soins aux aînés".
LITTLE_WORDS = frozenset({
    "a", "an", "and", "at", "for", "in", "of", "on", "or", "the", "to", "with",
    "au", "aux", "avec", "dans", "de", "des", "du", "en", "et", "la", "le", "les", "ou", "par", "pour", "sur",
    "c", "d", "j", "l", "n", "s",
})  # fmt: skip


@dataclass(frozen=True)
class Piece:
    """A word of a text: folded, and where it stands (character offsets)."""

    folded: str
    start: int
    end: int


def folded(word: str) -> str:
    """As `fold`, which takes ten times as long over words without accents."""
    return word.lower() if word.isascii() else fold(word)


def pieces(text: str) -> list[Piece]:
    return [Piece(folded(hit.group()), hit.start(), hit.end()) for hit in bare_words(text)]


def joined_pieces(text: str) -> list[Piece]:
    """Words that a hyphen, apostrophe or point divides, as one word each."""
    if not JOINT.search(text):
        return []
    return [Piece(folded(JOINT.sub("", hit.group())), hit.start(), hit.end()) for hit in JOINED.finditer(text)]


def folded_words(text: str) -> tuple[str, ...]:
    return tuple(folded(hit.group()) for hit in bare_words(text))


def readings(text: str) -> list[tuple[str, ...]]:
    """The words of what is typed: as written, and where hyphens and the like divide some, with these as one word."""
    split = folded_words(text)
    joined = folded_words(JOINED.sub(lambda hit: JOINT.sub("", hit.group()), text))
    return [words for words in dict.fromkeys((split, joined)) if words]


def without_plural(word: str) -> str:
    """A folded word without its last s, if that may be a plural's."""
    is_plural = len(word) > LONGEST_SINGULAR and word.endswith("s") and not word.endswith("ss")
    return word[:-1] if is_plural else word
