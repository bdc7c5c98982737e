"""Names that the served index adds to what is known: its institutions, and the subjects of the contract."""

from collections.abc import Iterable

from mappings.contract import LANGUAGES, Contract
from mappings.index_meta import IndexMeta
from mappings.knowledge import Target
from mappings.phrases import PhraseIndex

Institutions = tuple[tuple[str, str], ...]


def institutions_of(meta: IndexMeta) -> Institutions:
    """Every name of every institution with its id."""
    owners = (source.institution for source in meta.sources)
    return tuple((name, one.id) for one in owners for name in one.name.model_dump().values() if name)


def catalogue_names(contract: Contract, institutions: Iterable[tuple[str, str]]) -> PhraseIndex[Target]:
    """Institutions and subjects by their names in both languages."""
    choices = contract.choices_of(contract.named("subject"))
    subjects = [(choice.label.in_language(x), Target("subject", choice.id)) for choice in choices for x in LANGUAGES]
    return PhraseIndex([*((name, Target("institution", one)) for name, one in institutions), *subjects])
