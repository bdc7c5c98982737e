"""The shape of what an answer says of a goal; the OpenAPI document is written from these records."""

from mappings.record import Record
from search_api.goals.goal import Goal
from search_api.occupations.answers import OccupationName


class NeededTermView(Record):
    """A skill or tool that counts for a goal, with how much, 0 to 1."""

    id: str
    label: str
    weight: float


class NeedView(Record):
    """What an occupation needs beyond one's own; for `current`, what one's own uses. What counts most comes first."""

    occupation: OccupationName
    terms: tuple[NeededTermView, ...]


class GoalView(Record):
    """The goal asked for. Where it is not `active`, results are as without it and `note` says what is missing.

    `origin` is the occupation one has, `target` the one to move to, `others` those the same words may also mean.
    """

    id: Goal
    label: str
    active: bool
    note: str | None = None
    origin: OccupationName | None = None
    target: OccupationName | None = None
    others: tuple[OccupationName, ...] = ()
    needs: tuple[NeedView, ...] = ()
