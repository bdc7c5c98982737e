"""What can be suggested and under which names: those of the knowledge, the contract, imported titles and the index."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, get_args

from mappings.contract import LANGUAGES, Contract, Language
from mappings.knowledge import Knowledge
from mappings.occupation import VocabularyTerm
from mappings.reference import ExampleTitle

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


def occupation_names(knowledge: Knowledge) -> Iterator[Name]:
    """Everyday titles, the first displayed, then the official one."""
    for code, occupation in knowledge.occupations.items():
        target = Target("job_title", code)
        for language in LANGUAGES:
            said = (*occupation.names.in_language(language), occupation.title.in_language(language))
            yield from (Name(target, text, language, primary=place == 0) for place, text in enumerate(said))


def title_names(rows: Iterable[ExampleTitle], knowledge: Knowledge) -> Iterator[Name]:
    """Imported titles; the first of a code that the knowledge does not have is what it is displayed under."""
    displayed: set[tuple[str, Language]] = {(code, x) for code in knowledge.occupations for x in LANGUAGES}
    for row in rows:
        spoken = (row.code, row.language)
        yield Name(Target("job_title", row.code), row.title, row.language, primary=spoken not in displayed)
        displayed.add(spoken)


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
