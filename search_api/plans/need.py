"""What is to be learned for an occupation, and how telling each part of it is."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from mappings.knowledge import Knowledge
from mappings.telling import terms_of

# Whole numbers because the solver's are. A term every occupation uses still counts, one that a single occupation uses
# five times as much.
COMMON_WEIGHT, RARE_WEIGHT = 100, 400


@dataclass(frozen=True)
class Need:
    """The vocabulary ids to be learned for `target`, each with its weight, and those already there."""

    target: str
    weights: Mapping[str, int]
    had: frozenset[str] = frozenset()
    unknown: tuple[str, ...] = ()

    @property
    def total(self) -> int:
        return sum(self.weights.values())

    def weight(self, identifiers: Iterable[str]) -> int:
        return sum(self.weights[identifier] for identifier in set(identifiers))

    def share(self, identifiers: Iterable[str]) -> float:
        """How much of the need these cover, 0 to 1; all of it where nothing is needed."""
        return self.weight(identifiers) / self.total if self.weights else 1.0


def term_named(said: str, knowledge: Knowledge) -> frozenset[str]:
    """The vocabulary ids that an id, a name or an alias in either language stands for; empty for none."""
    if said in knowledge.terms:
        return frozenset({said})
    return frozenset(target.id for target in knowledge.phrases.exact(said) if target.kind != "occupation")


def _terms(code: str, knowledge: Knowledge) -> frozenset[str]:
    """What an occupation uses; nothing where no more than its title is known."""
    known = knowledge.occupations.get(code)
    return terms_of(known) if known else frozenset()


def need_of(target: str, knowledge: Knowledge, occupations: Iterable[str] = (), skills: Iterable[str] = ()) -> Need:
    """The terms of `target` without those of the occupations and skills one has."""
    named = {said: term_named(said, knowledge) for said in skills}
    had = frozenset().union(*named.values(), *(_terms(code, knowledge) for code in occupations))
    wanted, told = _terms(target, knowledge), knowledge.telling
    unknown = tuple(said for said, found in named.items() if not found)
    weights = {term: COMMON_WEIGHT + round(RARE_WEIGHT * told[term]) for term in sorted(wanted - had)}
    return Need(target, weights, wanted & had, unknown)
