"""What occupations need for a goal, by the skills and tools they use and how telling each is."""

from dataclasses import dataclass

from mappings.knowledge import Knowledge
from mappings.occupation import NocCode, Occupation
from mappings.telling import terms_of
from search_api.goals.goal import Goal, Need

# What ages fastest is asked for first; a trade's lasting skills count half.
CHANGING = frozenset({"tool", "technology"})
LASTING = 0.5


def teer(code: NocCode) -> int:
    """The training, education, experience and responsibilities of a unit group: 0 (management) to 5.

    The second digit of its code (Statistics Canada, NOC 2021, Introduction).
    """
    return int(code[1])


@dataclass(frozen=True, eq=False)
class Needs:
    """Looks needs up in the knowledge that is held."""

    knowledge: Knowledge

    def of(self, goal: Goal, own: str, target: str | None) -> tuple[Need, ...]:
        """The needs of a goal. Raises KeyError for an occupation nothing is held of."""
        mine = self.knowledge.occupations[own]
        if goal == "current":
            return (Need(own, self._kept_current(mine)),)
        towards = (self.knowledge.occupations[target],) if goal == "pivot" and target else self.steps_up(mine)
        return tuple(Need(other.code, self._beyond(other, mine)) for other in towards)

    def steps_up(self, own: Occupation) -> tuple[Occupation, ...]:
        """Related occupations of a greater standing, in the order they are related."""
        related = (self.knowledge.occupations.get(code) for code in own.related)
        return tuple(other for other in related if other and teer(other.code) < teer(own.code))

    def _weighed(self, terms: frozenset[str]) -> dict[str, float]:
        """The most telling first; what every occupation uses tells nothing."""
        found = sorted(terms, key=lambda term: (-self.knowledge.telling[term], term))
        return {term: self.knowledge.telling[term] for term in found if self.knowledge.telling[term] > 0}

    def _beyond(self, other: Occupation, mine: Occupation) -> dict[str, float]:
        return self._weighed(terms_of(other) - terms_of(mine))

    def _kept_current(self, mine: Occupation) -> dict[str, float]:
        found = {term: weight * self._share(term) for term, weight in self._weighed(terms_of(mine)).items()}
        return dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))

    def _share(self, term: str) -> float:
        known = self.knowledge.terms.get(term)
        return 1.0 if known and known.type in CHANGING else LASTING
