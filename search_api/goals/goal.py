"""A goal as asked for, and what it looks for once the occupations are known."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

Goal = Literal["grow", "pivot", "current"]
Missing = Literal[
    "no_occupation", "pivot_without_from", "pivot_without_target", "same_occupation", "from_unknown", "no_data",
    "nothing_beyond",
]  # fmt: skip


@dataclass(frozen=True)
class Need:
    """What one occupation uses that counts for a goal: vocabulary ids with weights, 0 to 1."""

    code: str
    terms: Mapping[str, float]


@dataclass(frozen=True)
class Aim:
    """What listings are held against.

    `own` is the NOC code of the occupation one has; `needs` those of the occupations one advances or moves to, for
    `current` of one's own. `widens` says whether listings that teach what is needed join those that match.
    """

    goal: Goal
    own: str
    needs: tuple[Need, ...] = ()
    widens: bool = False

    @cached_property
    def weights(self) -> dict[str, float]:
        """Every term needed, with the most it counts."""
        found: dict[str, float] = {}
        for need in self.needs:
            for term, weight in need.terms.items():
                found[term] = max(weight, found.get(term, 0.0))
        return found

    @cached_property
    def steps_up(self) -> frozenset[str]:
        """NOC codes of the occupations one advances to."""
        return frozenset(need.code for need in self.needs) if self.goal == "grow" else frozenset()


@dataclass(frozen=True)
class Pursuit:
    """What became of a goal: an aim, or what is missing for one.

    `own` and `target` are NOC codes as far as they are known, `others` those the same title may mean, `said` the title
    as given.
    """

    goal: Goal
    aim: Aim | None = None
    missing: Missing | None = None
    own: str | None = None
    target: str | None = None
    others: tuple[str, ...] = ()
    said: str = ""
