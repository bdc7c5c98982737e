"""What the names in a JSON-LD document stand for. A context that is only named by its address is never fetched."""

import re
from dataclasses import dataclass, field, replace
from typing import Any

SCHEMA = re.compile(r"https?://(?:[a-z-]+\.)?schema\.org/?#?", re.IGNORECASE)
VOCABULARY = "https://schema.org/"
# What people call the vocabulary without saying so.
PREFIXES = {"schema": VOCABULARY, "sdo": VOCABULARY}
NESTED_CONTEXTS = 5  # a context in a context in a context


@dataclass(frozen=True)
class Names:
    """Where short names lead. What is not said is schema.org's: so it is in nearly every page."""

    vocabulary: str = VOCABULARY
    terms: dict[str, str] = field(default_factory=dict)
    language: str | None = None

    def short(self, name: str) -> str:
        """schema.org's own short name, a keyword such as `@id`, or the whole address of another vocabulary's."""
        name = self.terms.get(name, name)
        if name.startswith("@"):
            return name
        prefix, colon, rest = name.partition(":")
        if not colon:
            name = f"{self.vocabulary}{name}"
        elif not rest.startswith("//"):
            name = f"{self.terms.get(prefix) or PREFIXES.get(prefix, f'{prefix}:')}{rest}"
        return short_name(name)


def short_name(address: str) -> str:
    """The name without the vocabulary's address; another vocabulary's stays as it is."""
    found = SCHEMA.match(address)
    return address[found.end() :] if found else address


def _meaning(term: Any) -> str | None:
    """What a term is defined as: an address, a keyword or another term."""
    meant = term.get("@id") if isinstance(term, dict) else term
    return meant if isinstance(meant, str) else None


def language_tag(tag: Any) -> str | None:
    return tag.strip().lower() or None if isinstance(tag, str) else None


def _extended(names: Names, context: dict[str, Any]) -> Names:
    meanings = ((name, _meaning(term)) for name, term in context.items() if not name.startswith("@"))
    terms = {**names.terms, **{name: meant for name, meant in meanings if meant}}
    vocabulary = context.get("@vocab", names.vocabulary)
    language = language_tag(context["@language"]) if "@language" in context else names.language
    return Names(vocabulary if isinstance(vocabulary, str) else VOCABULARY, terms, language)


def with_context(names: Names, context: Any, depth: int = 0) -> Names:
    """The names as a context leaves them: an object, an address, or a list of both."""
    if isinstance(context, dict):
        return _extended(names, context)
    if isinstance(context, list) and depth < NESTED_CONTEXTS:
        for part in context:
            names = with_context(names, part, depth + 1)
    if isinstance(context, str) and SCHEMA.match(context):
        return replace(names, vocabulary=VOCABULARY)
    return names
