"""A stretch of a query that may be a limit, before the words around it are looked at."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from search_api.limits.said import Span
from search_api.limits.text import overlap

# always   certain wherever it stands
# apart    certain unless an unknown word follows
# beside   certain beside a word for a course only
# maybe    never certain
Standing = Literal["always", "apart", "beside", "maybe"]
STANDINGS: tuple[Standing, ...] = ("always", "apart", "beside", "maybe")
NONE: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Candidate:
    """Parameters and values that a stretch of the folded text may set.

    `not_after` and `not_before` are folded words that make it uncertain. With `known_before` what stands before must be
    known as well; with `known_after` a known name may follow at once.
    """

    settings: tuple[tuple[str, str], ...]
    start: int
    end: int
    standing: Standing
    not_after: frozenset[str] = NONE
    not_before: frozenset[str] = NONE
    known_before: bool = False
    known_after: bool = False

    @property
    def span(self) -> Span:
        return self.start, self.end

    @property
    def parameters(self) -> frozenset[str]:
        return frozenset(parameter for parameter, _value in self.settings)


def _strength(candidate: Candidate) -> tuple[int, int, int]:
    return candidate.start - candidate.end, STANDINGS.index(candidate.standing), candidate.start


def without_overlaps(found: Iterable[Candidate], protected: Sequence[Span]) -> list[Candidate]:
    """In the order of the text: of candidates that overlap the longest, the surer of equals, none over known names."""
    kept: list[Candidate] = []
    for one in sorted(found, key=_strength):
        taken = (*protected, *(other.span for other in kept))
        if one.settings and not any(overlap(one.span, span) for span in taken):
            kept.append(one)
    return sorted(kept, key=lambda one: one.start)
