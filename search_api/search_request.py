"""What one search asks for, parsed and immutable."""

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from mappings.contract import Field, Language
from mappings.reference import ONTARIO
from search_api.goals.goal import Aim, Goal, Pursuit

Leg = Literal["keyword", "semantic", "links"]
ALL_LEGS: frozenset[Leg] = frozenset({"keyword", "semantic", "links"})
# Paging ends here: nobody reads further, and every page beyond costs the engine more.
MOST_RESULTS = 1000
Bound = Literal["min", "max", "after", "before"]
Value = str | bool | float | dt.date


@dataclass(frozen=True)
class Filter:
    """One field narrowed: by any of `values`, or by one `bound`."""

    field: Field
    values: tuple[Value, ...]
    bound: Bound | None = None

    @property
    def parameter(self) -> str:
        return f"{self.field.param}_{self.bound}" if self.bound else self.field.param


@dataclass(frozen=True)
class Sort:
    """Order by a field; None is by relevance."""

    field: Field | None = None
    descending: bool = False


@dataclass(frozen=True)
class SearchRequest:
    """One page of one search. `page` starts at 1; `region` is the one whose outlook is shown, by Job Bank's code."""

    text: str
    language: Language
    page: int = 1
    per_page: int = 20
    sort: Sort = Sort()
    filters: tuple[Filter, ...] = ()
    legs: frozenset[Leg] = ALL_LEGS
    region: str = ONTARIO
    # Parameters that limits said in the words are not to set.
    without: frozenset[str] = frozenset()
    goal: Goal | None = None
    # The occupation one has, as given: a NOC code or a title.
    origin: str = ""
    # Whether the answer is to say how it came about.
    debug: bool = False
    # What became of the goal, once the words are understood.
    pursuit: Pursuit | None = None

    @property
    def offset(self) -> int:
        return (self.page - 1) * self.per_page

    @property
    def aim(self) -> Aim | None:
        """What the goal looks for; it takes part with the leg of links only."""
        return self.pursuit.aim if self.pursuit and "links" in self.legs else None
