"""An occupation that a job title may name."""

from dataclasses import dataclass, replace
from typing import Literal

from mappings.contract import Language

Basis = Literal["exact", "normalised", "alias", "typo", "meaning", "words"]
# A second choice at least this likely, measured by the first, is worth asking about.
NEARLY_AS_LIKELY = 0.5


@dataclass(frozen=True)
class Candidate:
    """A unit group by NOC code, the title that was met as it is written, how, and the share of such that are right."""

    code: str
    title: str
    language: Language
    basis: Basis
    confidence: float


Candidates = tuple[Candidate, ...]


def ranked(candidates: list[Candidate]) -> Candidates:
    """Each code once, as it was met first, with the highest confidence; the best first, ties by code."""
    best: dict[str, Candidate] = {}
    for candidate in candidates:
        known = best.setdefault(candidate.code, candidate)
        if candidate.confidence > known.confidence:
            best[candidate.code] = replace(known, confidence=candidate.confidence)
    return tuple(sorted(best.values(), key=lambda found: (-found.confidence, found.code)))


def is_ambiguous(candidates: Candidates) -> bool:
    """Whether the second choice is so near the first that the person should choose."""
    first, second = (*candidates, None, None)[:2]
    return bool(first and second and second.confidence >= NEARLY_AS_LIKELY * first.confidence)
