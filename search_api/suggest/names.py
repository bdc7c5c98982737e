"""What can be suggested and under which names: those of the knowledge, the contract, imported titles and the index."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, get_args

from mappings.contract import LANGUAGES, Contract, Language
from mappings.knowledge import Knowledge
from mappings.occupation import VocabularyTerm
from mappings.reference_store import Reference

Kind = Literal["job_title", "skill", "tool", "subject", "institution", "credential"]
KINDS: tuple[Kind, ...] = get_args(Kind)
# The field of a listing whose value each kind is an id of.
FIELDS: dict[Kind, str] = {
    "job_title": "occupations",
    "skill": "skills",
    "tool": "tools",
    "subject": "subject",
    "institution": "institution.id",
    "credential": "id",
}
# A job title, its language and the NOC code it belongs to; of a code's titles in a language the first is displayed.
TitleRow = tuple[str, Language, str]
TitleRows = Callable[[], Iterable[TitleRow]]


@dataclass(frozen=True)
class Target:
    """What a suggestion leads to: an occupation by NOC code, or anything else by its id."""

    kind: Kind
    id: str


@dataclass(frozen=True)
class Name:
    """One name of a target. `primary` is the one it is displayed under elsewhere."""

    target: Target
    text: str
    language: Language
    primary: bool = False


def no_titles() -> Iterable[TitleRow]:
    """Titles where none were imported."""
    return ()


def reference_titles(reference: Reference) -> Iterator[TitleRow]:
    """Official titles of all unit groups, then every imported example title."""
    for code, title in reference.titles.items():
        yield from ((title.in_language(language), language, code) for language in LANGUAGES)
    yield from ((row.title, row.language, row.code) for row in reference.example_titles())


def occupation_names(knowledge: Knowledge) -> Iterator[Name]:
    """Everyday titles, the first displayed, then the official one."""
    for code, occupation in knowledge.occupations.items():
        target = Target("job_title", code)
        for language in LANGUAGES:
            said = (*occupation.names.in_language(language), occupation.title.in_language(language))
            yield from (Name(target, text, language, primary=place == 0) for place, text in enumerate(said))


def title_names(rows: Iterable[TitleRow], knowledge: Knowledge) -> Iterator[Name]:
    """Imported titles; the first of a code that the knowledge does not have is what it is displayed under."""
    displayed: set[tuple[str, Language]] = {(code, x) for code in knowledge.occupations for x in LANGUAGES}
    for text, language, code in rows:
        yield Name(Target("job_title", code), text, language, primary=(code, language) not in displayed)
        displayed.add((code, language))


def _term_names(term: VocabularyTerm, target: Target) -> Iterator[Name]:
    for language in LANGUAGES:
        yield Name(target, term.label.in_language(language), language, primary=True)
        said = (*term.aliases.in_language(language), *term.cased)
        yield from (Name(target, text, language) for text in said)


def term_names(knowledge: Knowledge, targets: Iterable[Target]) -> Iterator[Name]:
    """Labels and aliases of the skills and tools among the targets that the vocabulary has."""
    for target in targets:
        term = knowledge.terms.get(target.id)
        if term and target.kind in ("skill", "tool"):
            yield from _term_names(term, target)


def subject_names(contract: Contract) -> Iterator[Name]:
    for choice in contract.choices_of(contract.named(FIELDS["subject"])):
        for language in LANGUAGES:
            yield Name(Target("subject", choice.id), choice.label.in_language(language), language, primary=True)
