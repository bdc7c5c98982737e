"""The titles an index is made from: everyday names written here, official titles, and what an operator imported."""

from collections.abc import Iterator

from mappings.contract import LANGUAGES
from mappings.knowledge import Knowledge
from mappings.reference import ExampleTitle
from mappings.reference_store import Reference


def known_titles(knowledge: Knowledge) -> Iterator[ExampleTitle]:
    """Every occupation's everyday names and its official title, in both languages."""
    for code, occupation in knowledge.occupations.items():
        for language in LANGUAGES:
            for title in (*occupation.names.in_language(language), occupation.title.in_language(language)):
                yield ExampleTitle(code=code, language=language, title=title)


def reference_titles(reference: Reference) -> Iterator[ExampleTitle]:
    """Official titles of all unit groups, then every imported example title."""
    for code, title in reference.titles.items():
        for language in LANGUAGES:
            yield ExampleTitle(code=code, language=language, title=title.in_language(language))
    yield from reference.example_titles()
