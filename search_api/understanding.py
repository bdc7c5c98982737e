"""What a query means: the occupations, skills and tools its words name, and what else they may name."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Literal

from mappings.contract import Language
from mappings.knowledge import Target
from search_api.limits.said import Limit
from search_api.ranking import QueryKind
from search_api.titles.candidate import Candidates

# `phrase`: words within the query are a name. `words` and `meaning`: the query is none, but is like some.
Basis = Literal["exact", "normalised", "alias", "phrase", "typo", "words", "meaning"]
WHOLE: frozenset[Basis] = frozenset({"exact", "normalised", "alias"})
LIKE: frozenset[Basis] = frozenset({"words", "meaning"})
# First aid, Excel and WHMIS are used in so many jobs that they link everything with everything.
LEAST_TELLING = 0.45
# Of what is only near in meaning, one in three is right from here on; less is not worth asking a person about.
LEAST_ASKED = 0.2
MOST_USES = 12
# A part of a name beside other words may be a word of its own.
INSTITUTION_MEANT = 0.7


@dataclass(frozen=True)
class Meaning:
    """One thing the query names. `start` and `end` are offsets in the query.

    `confidence` is the share of such that are right; `title` the job title that was met, as it is written.
    """

    target: Target
    basis: Basis
    start: int
    end: int
    confidence: float = 1.0
    title: str = ""


@dataclass(frozen=True)
class Understanding:
    """A query as understood. `kind` chooses how the legs are weighed."""

    text: str
    language: Language
    meanings: tuple[Meaning, ...] = ()
    # What the understood occupations use, by vocabulary id, each with how telling it is of them (0 to 1).
    uses: Mapping[str, float] = field(default_factory=dict)
    # Occupations that may be meant instead or as well, the likeliest first.
    alternatives: Candidates = ()
    ambiguous: bool = False
    # The language the words are in, where they tell.
    seen: Language | None = None

    def ids(self, kind: str) -> tuple[str, ...]:
        return self._by_kind.get(kind, ())

    @cached_property
    def _by_kind(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, dict[str, None]] = defaultdict(dict)
        for meaning in self.meanings:
            found[meaning.target.kind][meaning.target.id] = None
        return {kind: tuple(ids) for kind, ids in found.items()}

    @cached_property
    def terms(self) -> frozenset[str]:
        """Skills and tools by vocabulary id: institutions sort them differently."""
        return frozenset((*self.ids("skills"), *self.ids("tools")))

    @property
    def occupations(self) -> tuple[str, ...]:
        """NOC codes."""
        return self.ids("occupation")

    @cached_property
    def weights(self) -> dict[str, float]:
        """How much a link to each occupation counts (0 to 1).

        A title's likeliest occupation counts in full and the others by how likely they are beside it; what is only like
        a title counts by its confidence.
        """
        named = [meaning for meaning in self.meanings if meaning.target.kind == "occupation"]
        most: dict[tuple[int, int], float] = {}
        for one in named:
            full = 1.0 if one.basis in LIKE else one.confidence
            most[one.start, one.end] = max(most.get((one.start, one.end), 0.0), full)
        return {one.target.id: one.confidence / most[one.start, one.end] for one in reversed(named)}

    @property
    def asked(self) -> Candidates:
        """The alternatives worth asking a person about."""
        return tuple(one for one in self.alternatives if one.basis != "meaning" or one.confidence >= LEAST_ASKED)

    @property
    def certain(self) -> bool:
        """Whether the whole query is a name we know, so that no other spelling of it can be meant."""
        return any(meaning.basis in WHOLE for meaning in self.meanings)

    @property
    def kind(self) -> QueryKind:
        if self.occupations:
            return "occupation"
        return "term" if self.meanings else "text"


def with_institutions(meaning: Understanding, limits: Iterable[Limit]) -> Understanding:
    """With the institutions that words beside others may name, which the search is not narrowed to."""
    named = [limit for limit in limits if limit.parameter == "institution" and not limit.certain]
    found = (
        Meaning(Target("institution", one.value), "phrase", one.start, one.end, INSTITUTION_MEANT) for one in named
    )
    return replace(meaning, meanings=(*meaning.meanings, *found)) if named else meaning
