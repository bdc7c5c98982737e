"""Words of a title without what does not tell occupations apart: case, accents, number, gender, order, particles."""

from collections.abc import Iterable
from functools import lru_cache

from mappings.contract import Language
from mappings.phrases import MOST_TEXTS, folded, single_words

PARTICLES = frozenset({
    "a", "an", "and", "at", "by", "for", "in", "of", "on", "or", "the", "to", "with",
    "au", "aux", "d", "dans", "de", "des", "du", "en", "et", "l", "la", "le",
    "les", "ou", "par", "pour", "sur", "un", "une",
})  # fmt: skip
# Feminine and plural endings with what is left in their place, the longest first.
FRENCH_ENDINGS = (
    ("trices", "teur"),
    ("trice", "teur"),
    ("euses", "eur"),
    ("euse", "eur"),
    ("ieres", "ier"),
    ("iere", "ier"),
    ("ennes", "en"),
    ("enne", "en"),
    ("onnes", "on"),
    ("onne", "on"),
    ("elles", "el"),
    ("elle", "el"),
    ("esse", ""),
    ("eaux", "eau"),
    ("aux", "al"),
    ("ees", ""),
    ("ee", ""),
    ("ives", "if"),
    ("ive", "if"),
    ("es", ""),
    ("e", ""),
    ("y", "i"),  # the folding writes -ie as -y: apprentie, apprenti
)
ENGLISH_ENDINGS = (
    ("woman", "man"),
    ("women", "man"),
    ("person", "man"),
    ("people", "man"),
    ("men", "man"),
)
LEAST_STEM = 3
# All words of all titles are fewer; made from the same few words, an index takes half the time.
MOST_REMEMBERED = 1 << 15
# Feminine forms that no ending gives away; a plural comes here with its e: waitresse.
ENGLISH_TWINS = {
    "actress": "actor",
    "heiress": "heir",
    "hostess": "host",
    "landlady": "landlord",
    "seamstress": "seamster",
    "stewardess": "steward",
    "waitress": "waiter",
}
ENDINGS = {"en": ENGLISH_ENDINGS, "fr": FRENCH_ENDINGS}


@lru_cache(maxsize=MOST_REMEMBERED)
def stem(word: str, language: Language) -> str:
    """A folded singular without its gender."""
    if language == "en" and (twin := ENGLISH_TWINS.get(word.removesuffix("e"))):
        return twin
    for ending, left in ENDINGS[language]:
        if word.endswith(ending) and len(word) - len(ending) >= LEAST_STEM:
            return word[: -len(ending)] + left
    return word


@lru_cache(maxsize=MOST_TEXTS)
def folded_words(text: str) -> tuple[str, ...]:
    """The words of a text folded as `mappings.phrases.words_of` does, particles left out unless nothing else is."""
    words = tuple(folded(hit.group()) for hit in single_words(text))
    return tuple(word for word in words if word not in PARTICLES) or words


def stems(words: Iterable[str], language: Language) -> list[str]:
    return [stem(word, language) for word in words]


@lru_cache(maxsize=MOST_TEXTS)
def stems_of(text: str, language: Language) -> tuple[str, ...]:
    """The stems of a text's words. One way of looking for a title after the other asks for those of the same text."""
    return tuple(stems(folded_words(text), language))


def key_of(stemmed: Iterable[str]) -> str:
    """One key for all orders of the same words: "nurse, operating room" and "operating room nurse"."""
    return " ".join(sorted(stemmed))
