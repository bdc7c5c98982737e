"""The titles an index is made from: everyday names written here, official titles, and what an operator imported."""

from collections.abc import Iterator
from itertools import chain

from mappings.contract import LANGUAGES
from mappings.knowledge import Knowledge
from mappings.occupation import Both
from mappings.reference import ExampleTitle
from mappings.reference_store import Reference


def known_titles(knowledge: Knowledge) -> Iterator[ExampleTitle]:
    """Every occupation's everyday names and its official title, in both languages."""
    for code, occupation in knowledge.occupations.items():
        for language in LANGUAGES:
            for title in (*occupation.names.in_language(language), occupation.title.in_language(language)):
                yield ExampleTitle(code=code, language=language, title=title)


def _official(code: str, title: Both) -> Iterator[ExampleTitle]:
    for language in LANGUAGES:
        yield ExampleTitle(code=code, language=language, title=title.in_language(language))


# What an occupation of ours or a tool is called already. Of 49 such names that the classification has too, it files 48
# under our occupation only; and who types « docker » wants to learn the software, not to load ships.
TAKEN = frozenset({"occupation", "tools"})


def _is_taken(name: str, knowledge: Knowledge) -> bool:
    return any(target.kind in TAKEN for target in knowledge.phrases.exact(name))


def group_titles(knowledge: Knowledge) -> Iterator[ExampleTitle]:
    """The everyday names of the other unit groups in both languages, but for those that mean something here already."""
    for code, group in knowledge.groups.items():
        for language in LANGUAGES:
            for name in group.names.in_language(language):
                if not _is_taken(name, knowledge):
                    yield ExampleTitle(code=code, language=language, title=name)


def other_titles(knowledge: Knowledge, reference: Reference) -> Iterator[ExampleTitle]:
    """Official titles of all unit groups, the everyday names of those without skills and tools, then what was imported.

    An everyday name of such a group often names one of its jobs only, so the official title stands first.
    """
    for code, title in reference.titles.items():
        yield from _official(code, title)
    yield from group_titles(knowledge)
    yield from reference.example_titles()


def all_titles(knowledge: Knowledge, reference: Reference) -> Iterator[ExampleTitle]:
    """Every title that is held, each occupation's best one first."""
    return chain(known_titles(knowledge), other_titles(knowledge, reference))
