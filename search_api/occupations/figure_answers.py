"""The shape of answers on outlook and wages; the OpenAPI document is written from these records."""

from typing import Literal

from pydantic import Field as Described

from mappings.contract import Language
from mappings.record import Record
from mappings.reference import Condition, Rating

NOTE = "Says what is not available, and how an operator loads it."
Amount = float | None


class SourceView(Record):
    """Where figures stand: an edition of a publication, and the row in its file, the header being row 1."""

    id: str
    title: str
    publisher: str
    licence: str = Described(description="To be shown wherever the figures are.")
    edition: str
    released: str | None = None
    until: str | None = Described(default=None, description="The last day the figures speak of.")
    imported: str | None = None
    file: str
    row: int


class AreaView(Record):
    """A region by Job Bank's code."""

    code: str
    name: str


class FiguresView(Record):
    """What all figures carry."""

    region: AreaView
    source: SourceView
    stale: bool
    stale_note: str | None = None


class ConditionView(Record):
    """How jobs and people compare, in plain words and in the source's."""

    id: Condition
    label: str
    source_label: str


class RatingView(Record):
    id: Rating
    label: str
    source_label: str


class NationalView(FiguresView):
    """A projection for all of Canada, in persons: openings and job seekers are of the years first to last together."""

    scope: Literal["national"]
    base_year: int
    first_year: int
    last_year: int
    employment: int | None = None
    openings: int | None = None
    job_seekers: int | None = None
    recent: ConditionView | None = None
    future: ConditionView | None = None


class RegionalView(FiguresView):
    scope: Literal["regional"]
    rating: RatingView
    trend: str | None = Described(default=None, description="The source's own sentence.")
    trend_language: Language | None = None
    released: str


class WageView(FiguresView):
    """Dollars an hour or a year."""

    low: Amount = None
    median: Amount = None
    high: Amount = None
    unit: Literal["hour", "year"]
    unit_label: str
    currency: str


class OutlookView(Record):
    national: NationalView | None
    regional: RegionalView | None
    note: str | None = Described(default=None, description=NOTE)


class WagesView(Record):
    national: WageView | None
    regional: WageView | None
    note: str | None = Described(default=None, description=NOTE)


class BriefOutlook(FiguresView):
    """One line: the region's rating where it is held, else the national condition to come."""

    scope: Literal["national", "regional"]
    label: str
    source_label: str
    period: str = Described(description="The years projected, or the day the rating was released.")
