"""The shape of answers on occupations; the OpenAPI document is written from these records."""

from typing import Literal

from pydantic import Field as Described

from mappings.contract import Language
from mappings.record import Record
from search_api.occupations.figure_answers import AreaView, BriefOutlook, OutlookView, SourceView, WagesView
from search_api.understanding import Basis


class OccupationName(Record):
    code: str
    label: str
    link: str


class OutlookOf(OutlookView):
    occupation: OccupationName


class WagesOf(WagesView):
    occupation: OccupationName


class BriefOutlookOf(BriefOutlook):
    occupation: OccupationName


class HitCareer(OccupationName):
    """An occupation a listing prepares for, stated by the institution or inferred."""

    basis: str
    score: float


class Career(HitCareer):
    outlook: BriefOutlook | None


class HitCareers(Record):
    occupations: tuple[HitCareer, ...]


class Careers(Record):
    """A listing's occupations, and those next to them."""

    occupations: tuple[Career, ...]
    related: tuple[OccupationName, ...]


class PartView(Record):
    """`curated` is written for this service; `imported` comes from the source named, from its row on."""

    basis: Literal["curated", "imported"]
    text_language: Language = Described(description="What it is written in: the asked language where it is held in it.")
    source: SourceView | None = None


class SummaryView(PartView):
    text: str


class DutiesView(PartView):
    items: tuple[str, ...]


class TermName(Record):
    id: str
    label: str


class RatedSkillView(PartView):
    """A skill or knowledge as its source rates it (skills 1 to 5, knowledge 1 to 3), ranked among those of its kind."""

    name: str
    kind: Literal["skill", "knowledge"]
    rating: float
    rank: int
    profiles: int = Described(description="The rating is the mean over so many rows of the source, the first named.")


class RelatedOccupation(OccupationName):
    listings: int


class ListingInstitution(Record):
    id: str
    name: str


class BestListing(Record):
    id: str
    title: str
    text_language: Language
    institution: ListingInstitution
    link: str


class ListingsView(Record):
    """How many listings train for the occupation, and the first of them as the search at `link` ranks all."""

    total: int
    best: tuple[BestListing, ...]
    link: str


class OccupationAnswer(Record):
    """A unit group of the National Occupational Classification 2021."""

    code: str
    title: str = Described(description="The official title.")
    label: str = Described(description="The everyday name, or the official title where none stands for all of it.")
    names: tuple[str, ...] = Described(description="Everyday titles, or the first of those that were imported.")
    summary: SummaryView | None = None
    duties: DutiesView | None = None
    requirements: DutiesView | None = Described(default=None, description="What it takes to work in the occupation.")
    skills: tuple[TermName, ...]
    tools: tuple[TermName, ...]
    rated_skills: tuple[RatedSkillView, ...]
    related: tuple[RelatedOccupation, ...]
    region: AreaView
    outlook: OutlookView
    wages: WagesView
    listings: ListingsView
    link: str
    degraded: tuple[str, ...] = Described(default=(), description="Legs the ranking of the best had to do without.")


class OccupationRow(RelatedOccupation):
    """An occupation in a list; `basis` says how the title named it, `confidence` the share of such that are right."""

    title: str
    outlook: BriefOutlook | None
    basis: Basis | None = None
    confidence: float | None = None


class OccupationsAnswer(Record):
    query: str
    language: Language
    region: AreaView
    total: int
    page: int
    per_page: int
    pages: int
    degraded: tuple[str, ...] = Described(default=(), description="Ways of understanding that could not take part.")
    occupations: tuple[OccupationRow, ...]
