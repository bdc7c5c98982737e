"""What is known of occupations, skills and tools, and the phrases people say for them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import Any, Literal

from mappings.coded_rows import KnowledgeError, rows_by_code
from mappings.contract import LANGUAGES, Language
from mappings.further_names import read_further_names
from mappings.occupation import Lists, Occupation, TermType, VocabularyTerm
from mappings.phrases import PhraseIndex
from mappings.telling import telling
from mappings.unit_groups import UnitGroup, read_unit_groups
from mappings.yaml_file import read_yaml

DATA_FOLDER = Path(__file__).resolve().parent.parent / "data"
# Which file of data/vocabulary holds which type.
VOCABULARY_FILES: dict[str, TermType] = {
    "skills.yml": "skill",
    "tools.yml": "tool",
    "technologies.yml": "technology",
    "certifications.yml": "certification",
}

# A mean over a few hundred titles is as steady as one over thousands, and encoding them is what a first load waits for.
BEST_KNOWN = 3


@dataclass(frozen=True)
class Target:
    """What a phrase stands for: an occupation by NOC code, a skill or tool by vocabulary id, others by their id."""

    kind: Literal["occupation", "skills", "tools", "institution", "subject"]
    id: str


@dataclass(frozen=True, eq=False)
class Knowledge:
    """Occupations by NOC code, terms by id, and one index over all their names in both languages.

    `groups` are the unit groups of which no skills and tools are known, `further` what any of them is called besides.
    """

    occupations: dict[str, Occupation]
    terms: dict[str, VocabularyTerm]
    phrases: PhraseIndex[Target]
    groups: Mapping[str, UnitGroup] = field(default_factory=dict)
    further: Mapping[str, Lists] = field(default_factory=dict)

    @cached_property
    def telling(self) -> Mapping[str, float]:
        """How telling each skill and tool is of the occupations that use it, by vocabulary id (0 to 1)."""
        return telling(self.occupations)

    def written(self, code: str) -> Occupation | UnitGroup | None:
        """What was written here of a unit group; None where nothing was."""
        return self.occupations.get(code) or self.groups.get(code)

    def label(self, target: Target, language: str) -> str:
        """What people call an occupation, skill or tool. Raises KeyError."""
        if target.kind == "occupation":
            return self.occupations[target.id].display_name(language)
        return self.terms[target.id].label.in_language(language)

    def spoken(self) -> Iterator[str]:
        """Every name and alias there is, in both languages."""
        for phrase, _target in (*_occupation_phrases(self.occupations), *_term_phrases(self.terms)):
            yield phrase

    def term_names(self) -> Iterator[str]:
        """Every label and alias of skills and tools, in both languages."""
        return (phrase for phrase, _target in _term_phrases(self.terms))

    def job_titles(self, language: Language) -> tuple[str, ...]:
        """Every occupation's best-known titles in that language: the texts whose mean centres queries."""
        names = (found.names.in_language(language)[:BEST_KNOWN] for found in self.occupations.values())
        return tuple(name for few in names for name in few)


def _rows(path: Path) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = read_yaml(path) or []
    return rows


def _read_occupations(folder: Path) -> dict[str, Occupation]:
    return rows_by_code(sorted((folder / "occupations").glob("*.yml")), Occupation)


def _read_terms(folder: Path) -> dict[str, VocabularyTerm]:
    found: dict[str, VocabularyTerm] = {}
    for name, kind in VOCABULARY_FILES.items():
        for row in _rows(folder / "vocabulary" / name):
            term = VocabularyTerm(type=kind, **row)
            if term.id in found:
                raise KnowledgeError(f"{name}: the id {term.id} stands twice")
            found[term.id] = term
    return found


def _occupation_phrases(occupations: dict[str, Occupation]) -> Iterator[tuple[str, Target]]:
    for code, occupation in occupations.items():
        for language in LANGUAGES:
            for name in (occupation.title.in_language(language), *occupation.names.in_language(language)):
                yield name, Target("occupation", code)


def _term_phrases(terms: dict[str, VocabularyTerm]) -> Iterator[tuple[str, Target]]:
    for term in terms.values():
        for language in LANGUAGES:
            for name in (term.label.in_language(language), *term.aliases.in_language(language)):
                if name not in term.cased:
                    yield name, Target(term.listing_field, term.id)


def _cased_phrases(terms: dict[str, VocabularyTerm]) -> Iterator[tuple[str, Target]]:
    return ((form, Target(term.listing_field, term.id)) for term in terms.values() for form in term.cased)


def read_knowledge(folder: Path = DATA_FOLDER) -> Knowledge:
    """The knowledge of a data folder. Raises KnowledgeError on an id that stands twice, ValueError on a wrong shape."""
    occupations, terms = _read_occupations(folder), _read_terms(folder)
    said = [*_occupation_phrases(occupations), *_term_phrases(terms)]
    phrases = PhraseIndex(said, _cased_phrases(terms))
    return Knowledge(occupations, terms, phrases, read_unit_groups(folder), read_further_names(folder))


@cache
def knowledge() -> Knowledge:
    """The knowledge that ships, read once."""
    return read_knowledge()
