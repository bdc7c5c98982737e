"""What a query means: the occupations, skills and tools its words name."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from rapidfuzz import fuzz, process

from mappings.contract import Language
from mappings.knowledge import Knowledge, Target
from mappings.phrases import fold, words_of
from mappings.telling import telling, terms_of
from search_api.ranking import QueryKind

Basis = Literal["exact", "phrase", "typo"]
# A near miss must share this much (0 to 100, indel ratio): one slip in seven letters passes, another word does not.
LEAST_LIKENESS = 86
# Shorter words have too many neighbours to guess at.
LEAST_LENGTH = 5
# First aid, Excel and WHMIS are used in so many jobs that they link everything with everything.
LEAST_TELLING = 0.45
MOST_USES = 12


@dataclass(frozen=True)
class Meaning:
    """One thing the query names. `start` and `end` are offsets in the query."""

    target: Target
    basis: Basis
    start: int
    end: int


@dataclass(frozen=True)
class Understanding:
    """A query as understood. `kind` chooses how the legs are weighed."""

    text: str
    language: Language
    meanings: tuple[Meaning, ...] = ()
    # What the understood occupations use, by vocabulary id, each with how telling it is of them (0 to 1).
    uses: Mapping[str, float] = field(default_factory=dict)

    def ids(self, kind: str) -> tuple[str, ...]:
        return tuple(meaning.target.id for meaning in self.meanings if meaning.target.kind == kind)

    @property
    def occupations(self) -> tuple[str, ...]:
        """NOC codes."""
        return self.ids("occupation")

    @property
    def certain(self) -> bool:
        """Whether the whole query is a name we know, so that no other spelling of it can be meant."""
        return any(meaning.basis == "exact" for meaning in self.meanings)

    @property
    def kind(self) -> QueryKind:
        if self.occupations:
            return "occupation"
        return "term" if self.meanings else "text"


class Interpreter:
    """Understands queries by the knowledge that ships."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._telling = telling(knowledge.occupations)
        self._spellings = {fold(phrase): phrase for phrase in knowledge.spoken() if len(phrase) >= LEAST_LENGTH}

    def understand(self, text: str, language: Language) -> Understanding:
        """The whole query if it is a known name, else the known names in it, else the nearest spelling of the whole."""
        meanings = self._exact(text, "exact") or self._within(text) or self._misspelt(text)
        return Understanding(text, language, meanings, self._uses(meanings))

    def _uses(self, meanings: Iterable[Meaning]) -> Mapping[str, float]:
        """The most telling skills and tools of the occupations understood."""
        named = (meaning.target.id for meaning in meanings if meaning.target.kind == "occupation")
        known = (self._knowledge.occupations[code] for code in named if code in self._knowledge.occupations)
        found = {term: self._telling[term] for occupation in known for term in terms_of(occupation)}
        most = sorted(found, key=lambda term: (-found[term], term))[:MOST_USES]
        return {term: found[term] for term in most if found[term] >= LEAST_TELLING}

    def _exact(self, text: str, basis: Basis) -> tuple[Meaning, ...]:
        return tuple(Meaning(target, basis, 0, len(text)) for target in self._knowledge.phrases.exact(text))

    def _within(self, text: str) -> tuple[Meaning, ...]:
        found = self._knowledge.phrases.find(text)
        return tuple(Meaning(target, "phrase", hit.start, hit.end) for hit in found for target in hit.targets)

    def _misspelt(self, text: str) -> tuple[Meaning, ...]:
        asked = " ".join(fold(word.written) for word in words_of(text))
        if len(asked) < LEAST_LENGTH:
            return ()
        near = process.extractOne(asked, self._spellings.keys(), scorer=fuzz.ratio, score_cutoff=LEAST_LIKENESS)
        meanings = self._exact(self._spellings[near[0]], "typo") if near else ()
        return tuple(Meaning(meaning.target, "typo", 0, len(text)) for meaning in meanings)
