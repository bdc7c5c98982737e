"""Occupations that may be inferred: those written by hand, and official groups of which an operator imported more."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import yaml

from indexer.failures import IndexerError
from indexer.imported_names import imported_names
from indexer.settings import Settings
from mappings.contract import LANGUAGES, Language
from mappings.further_names import NONE
from mappings.knowledge import DATA_FOLDER, Knowledge, Target, read_knowledge
from mappings.occupation import Both, Lists, Occupation
from mappings.phrases import PhraseIndex
from mappings.reference import ExampleTitle
from mappings.reference_store import Reference, ReferenceStoreError, read_reference
from mappings.unit_groups import UnitGroup

Titles = Mapping[str, Mapping[Language, list[str]]]
Groups = Mapping[str, UnitGroup]
NO_NAMES: Mapping[Language, list[str]] = {language: [] for language in LANGUAGES}


@dataclass(frozen=True, eq=False)
class Inferable:
    """Occupations by code, and the indexes over their names.

    `others` are groups without skills and tools: too little to infer them from a listing, enough to know what listings
    and queries are near to them. `names` are the everyday titles written for this project, of both.
    """

    occupations: Mapping[str, Occupation]
    phrases: tuple[PhraseIndex[Target], ...]
    others: Mapping[str, Occupation] = field(default_factory=dict)
    names: Mapping[str, Lists] = field(default_factory=dict)


def _by_code(titles: Iterable[ExampleTitle]) -> Titles:
    found: dict[str, dict[Language, list[str]]] = defaultdict(lambda: {language: [] for language in LANGUAGES})
    for row in titles:
        found[row.code][row.language].append(row.title)
    return found


def _summary(reference: Reference, code: str, language: Language) -> str:
    return next((row.text for row in reference.statements(code, language)), "")


def _duties(reference: Reference, code: str, language: Language) -> tuple[str, ...]:
    return tuple(row.text for row in reference.duties(code, language))


def _occupation(reference: Reference, code: str, titles: Mapping[Language, list[str]]) -> Occupation:
    """A group in the sources' own words."""
    return Occupation(
        code=code,
        title=reference.titles[code],
        names=Lists(**{language: tuple(names) for language, names in titles.items()}),
        summary=Both(**{language: _summary(reference, code, language) for language in LANGUAGES}),
        duties=Lists(**{language: _duties(reference, code, language) for language in LANGUAGES}),
    )


def official(reference: Reference, knowledge: Knowledge, titles: Titles) -> dict[str, Occupation]:
    """Groups nobody here wrote of that example titles were imported for; a title alone says too little to show."""
    codes = [code for code in reference.titles if code in titles and code not in knowledge.occupations]
    return {code: _occupation(reference, code, titles[code]) for code in codes}


def _official_titles(reference: Reference, codes: Iterable[str]) -> Iterator[ExampleTitle]:
    for code in codes:
        for language in LANGUAGES:
            yield ExampleTitle(code=code, language=language, title=reference.titles[code].in_language(language))


def _others(reference: Reference, known: Iterable[str], groups: Groups) -> dict[str, Occupation]:
    """In our words; a group that has none is its title only."""
    codes = sorted(reference.titles.keys() - set(known))
    return {
        code: groups[code].occupation(reference.titles[code])
        if code in groups
        else _occupation(reference, code, NO_NAMES)
        for code in codes
    }


def _names(knowledge: Knowledge) -> dict[str, Lists]:
    """Those each is called by first, and the further ones."""
    first = {code: group.names for code, group in knowledge.groups.items()}
    first |= {code: one.names for code, one in knowledge.occupations.items()}
    return {code: _joined(names, knowledge.further.get(code, NONE)) for code, names in first.items()}


def _joined(one: Lists, other: Lists) -> Lists:
    return Lists(**{language: one.in_language(language) + other.in_language(language) for language in LANGUAGES})


def inferable(knowledge: Knowledge, reference: Reference | None = None) -> Inferable:
    """What may be inferred. Without imported titles that is what was written by hand.

    Imported titles name groups that were written by hand too.
    """
    titles = list(reference.example_titles()) if reference else []
    if not reference or not titles:
        others = _others(reference, knowledge.occupations, knowledge.groups) if reference else {}
        return _told(knowledge.occupations, (knowledge.phrases,), others, knowledge)
    found = official(reference, knowledge, _by_code(titles))
    held = (row for row in titles if row.code in found or row.code in knowledge.occupations)
    imported = imported_names([*_official_titles(reference, found), *held], knowledge)
    known = {**knowledge.occupations, **found}
    phrases, others = (knowledge.phrases, PhraseIndex(imported)), _others(reference, known, knowledge.groups)
    return _told(known, phrases, others, knowledge)


def _told(
    known: Mapping[str, Occupation],
    phrases: tuple[PhraseIndex[Target], ...],
    others: Mapping[str, Occupation],
    knowledge: Knowledge,
) -> Inferable:
    """With the names of those of them that have any."""
    names = {code: each for code, each in _names(knowledge).items() if code in known or code in others}
    return Inferable(known, phrases, others, names)


def knowledge_of(settings: Settings) -> Knowledge:
    """What is known of occupations and terms. Raises IndexerError."""
    try:
        return read_knowledge(settings.knowledge_folder)
    except FileNotFoundError as error:
        raise IndexerError(f"a knowledge file is missing: {error.filename}") from error
    except (ValueError, TypeError, yaml.YAMLError) as error:
        raise IndexerError(f"a knowledge file is wrong: {' '.join(str(error).split())[:300]}") from error


def inferable_of(settings: Settings, knowledge: Knowledge) -> Inferable:
    """What may be inferred with what was imported. Raises IndexerError when that cannot be read."""
    try:
        return inferable(knowledge, read_reference(DATA_FOLDER, settings.reference_file))
    except ReferenceStoreError as error:
        raise IndexerError(str(error)) from error
