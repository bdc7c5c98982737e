"""The typed record of a listing. Written from listings.yml by `python -m mappings generate`."""

import datetime as dt
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints

from mappings.contract import Language
from mappings.record import Record, SingleOrMany

Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]
Prose = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=20_000)]
Position = tuple[Annotated[float, Field(ge=-180, le=180)], Annotated[float, Field(ge=-90, le=90)]]

InstructionLanguages = Literal[
    "en",
    "fr",
    "other",
]
InstitutionKinds = Literal[
    "college",
    "university",
    "indigenous_institute",
    "other",
]
CredentialTypes = Literal[
    "micro_credential",
    "digital_badge",
    "certificate",
    "course",
    "exam_preparation",
]
Deliveries = Literal[
    "online",
    "in_person",
    "hybrid",
]
Paces = Literal[
    "scheduled",
    "self_paced",
]
Schedules = Literal[
    "daytime",
    "evening",
    "weekend",
]
Levels = Literal[
    "introductory",
    "intermediate",
    "advanced",
]
Bases = Literal[
    "feed",
    "inferred",
    "derived",
]
Subjects = Literal[
    "health-care",
    "early-childhood",
    "education-training",
    "business-management",
    "finance-accounting",
    "marketing-communications",
    "human-resources",
    "project-management",
    "information-technology",
    "data-ai",
    "cybersecurity",
    "skilled-trades",
    "construction",
    "manufacturing",
    "transportation-logistics",
    "hospitality-tourism",
    "food-culinary",
    "agriculture-natural-resources",
    "environment-energy",
    "public-safety-law",
    "social-community-services",
    "arts-design-media",
    "languages",
    "indigenous-knowledge",
    "office-administration",
    "personal-services",
]


class Find(Record):
    """Words found in a listing's own text: its language and field, which outcome (from 0), character offsets."""

    language: Language
    field: Line
    item: int | None = Field(default=None, ge=0)
    start: int = Field(ge=0)
    end: int = Field(ge=1)
    words: Prose


class Term(Record):
    """A skill or tool: its vocabulary id, its labels, how it is known and, where inferred, what it was read in."""

    id: Line
    en: Line | None = None
    fr: Line | None = None
    basis: Bases = "feed"
    found: Find | None = None


class SharedTerm(Record):
    """A skill or tool of both a listing and an occupation. `weight`: 1 when one occupation uses it, 0 when all do."""

    id: Line
    weight: float = Field(ge=0, le=1)


class Evidence(Record):
    """What spoke for an inferred occupation: where it is named, what it shares, likeness in meaning (a cosine)."""

    named: SingleOrMany[Find] = ()
    shared: SingleOrMany[SharedTerm] = ()
    likeness: float = Field(ge=-1, le=1)


class OccupationLink(Record):
    """An occupation a listing prepares for. `score` is 0 to 1; 1 when the feed states it, which needs no evidence."""

    code: Annotated[str, StringConstraints(pattern=r"^\d{5}$")]
    basis: Bases = "feed"
    score: float = Field(default=1.0, ge=0, le=1)
    evidence: Evidence | None = None


class Names(Record):
    """A proper name per language; at least one."""

    en: Line | None = None
    fr: Line | None = None


class Rate(Record):
    """What a unit of a currency is worth in Canadian dollars, on which day, by whose word."""

    dollars: float = Field(gt=0, lt=1_000_000, allow_inf_nan=False)
    date: dt.date
    source: Names


class Text(Record):
    """What a listing says in one language."""

    title: Prose
    description: Prose | None = None
    outcomes: SingleOrMany[Prose] = ()
    prerequisites: Prose | None = None
    assessment: Prose | None = None
    stackable_into: Prose | None = None


class Institution(Record):
    """Who offers a listing."""

    id: Line
    name: Names
    kind: InstitutionKinds | None = None


class Place(Record):
    """Where classes are held. `location` is longitude, latitude."""

    city: Line | None = None
    region: Line | None = None
    location: Position | None = None


class Listing(Record):
    """One micro-credential as the writer loads it and the reader returns it."""

    id: Line
    institution: Institution
    en: Text | None = None
    fr: Text | None = None
    url: Line | None = None
    language: SingleOrMany[InstructionLanguages] = ()
    credential_type: CredentialTypes | None = None
    subject: Subjects | None = None
    cip: Line | None = None
    delivery: Deliveries | None = None
    pace: Paces | None = None
    schedule: SingleOrMany[Schedules] = ()
    hours: Annotated[float, Field(ge=0.5, le=5000)] | None = None
    weeks: Annotated[float, Field(ge=0.1, le=260)] | None = None
    hours_per_week: Annotated[float, Field(ge=0.1, le=80)] | None = None
    cost: Annotated[float, Field(ge=0, le=100000)] | None = None
    currency: Line | None = None
    cost_cad: Annotated[float, Field(ge=0)] | None = None
    rate: Rate | None = None
    osap: bool | None = None
    osap_basis: Bases | None = None
    starts: SingleOrMany[dt.date] = ()
    application_opens: dt.date | None = None
    application_closes: dt.date | None = None
    level: Levels | None = None
    partner: Line | None = None
    skills: SingleOrMany[Term] = ()
    tools: SingleOrMany[Term] = ()
    occupations: SingleOrMany[OccupationLink] = ()
    updated: dt.date | None = None
    course: Line | None = None
    source: Line | None = None
    sample: bool | None = None
    stale: bool | None = None
    stale_since: dt.date | None = None
    place: Place | None = None

    def text(self, language: str) -> Text | None:
        """The listing's words in that language, if it has them."""
        return self.fr if language == "fr" else self.en

    @property
    def fold(self) -> str:
        """What an answer has one hit for: the course it is an offering of, or the listing by itself."""
        return self.course or self.id

    def document(self) -> dict[str, Any]:
        """The JSON document for the index: no empty values, since a missing value stays missing."""
        return self.model_dump(mode="json", exclude_none=True, exclude_defaults=False)
