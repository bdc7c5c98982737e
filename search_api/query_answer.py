"""The shape of what an answer says of its query; the OpenAPI document is written from these records."""

from typing import Literal

from pydantic import Field as Described

from mappings.contract import Language
from mappings.record import Record
from search_api.goals.answers import GoalView
from search_api.understanding import Basis

MeaningType = Literal["occupation", "skill", "tool", "subject", "institution", "credential"]


class MeaningView(Record):
    """Something the query was understood to name.

    `exact`: the whole query is its name; `normalised`: in another number, gender, order or with an article; `alias`: an
    abbreviation; `phrase`: a part of the query is; `typo`: nearly; `words` and `meaning`: it is only like it.
    """

    type: MeaningType
    id: str
    label: str
    basis: Basis
    confidence: float = Described(description="0 to 1: the share of such that are right.")
    title: str | None = Described(default=None, description="Of an occupation: the title met, or its first.")


class AlternativeView(Record):
    """An occupation that may be meant instead. `q` asks for it by its name."""

    code: str
    label: str
    basis: Basis
    confidence: float
    title: str


class SpellingView(Record):
    """A word no listing holds and the nearest ones that some do, which were searched for too."""

    word: str
    readings: tuple[str, ...]


class LimitView(Record):
    """A filter that words of the query say: `applied`, or only suggested. `without` the parameter it is not applied."""

    parameter: str
    value: str
    label: str
    words: str
    applied: bool


class QueryView(Record):
    """The query as it was understood."""

    text: str
    language: Language
    seen: Language | None = Described(default=None, description="The language the words are in, where they tell.")
    meanings: tuple[MeaningView, ...] = ()
    ambiguous: bool = Described(default=False, description="Several occupations go by these words: offer the choice.")
    alternatives: tuple[AlternativeView, ...] = ()
    spelling: tuple[SpellingView, ...] = ()
    core: str = ""
    limits: tuple[LimitView, ...] = ()
    goal: GoalView | None = None
