"""How much of a text stands in a title."""

from mappings.contract import Language
from search_api.titles.stems import stems_of

# From here on a text is like a title by its letters; with less in common it is a chance likeness, or one in meaning.
LEAST_COVERED = 0.6


def covered(text: str, title: str, language: Language) -> float:
    """The share of a text's letters, by stem, whose words the title has too (0 to 1)."""
    asked, held = stems_of(text, language), set(stems_of(title, language))
    return sum(len(word) for word in asked if word in held) / max(sum(map(len, asked)), 1)
