"""An institution's report as a program reads it; the pages are made of it."""

import datetime as dt
from typing import Literal

from pydantic import Field

from indexer.report import Outcome, SourceReport, Status
from mappings.record import Record


class Said(Record):
    """Words for people in both languages."""

    en: str
    fr: str

    def in_language(self, language: str) -> str:
        return self.fr if language == "fr" else self.en


class Finding(Record):
    """Something wrong where it stands. Row numbers are the file's own; values are masked; `held` rows are not offered.

    A row number 0 is the file as a whole.
    """

    source: str
    row: int
    column: str
    value: str
    reason: Said
    held: bool


class Reason(Record):
    """How often the same thing is wrong; `…` stands for the facts of each case."""

    reason: Said
    held: bool
    count: int


class Gap(Record):
    """A field that is blank in `count` listings, and what that costs them."""

    field: str
    label: Said
    count: int
    cost: Said
    besides: Said | None = None


class Gain(Record):
    """By how many points of a hundred the score would rise if a field were never blank."""

    field: str
    label: Said
    points: float


class Twin(Record):
    """Two rows that say the same but for the ID."""

    source: str
    row: int
    other: int


class Course(Record):
    """A course offered several times: its first listing, and how many rows are folded into it."""

    id: str
    title: Said
    folded: int


class Sample(Record):
    """A listing that came, differs or went; for one that differs, the labels of the fields that do."""

    id: str
    title: Said
    fields: tuple[Said, ...] = ()


class Changed(Record):
    """How many listings, and the first of them by ID."""

    count: int = 0
    samples: tuple[Sample, ...] = ()


class Link(Record):
    """The page of a listing that is not there, or could not be checked. Row 0 is that of a listing carried over."""

    source: str
    row: int
    id: str
    address: str
    reason: Said
    checked: dt.datetime


class Links(Record):
    """Counts of listings by what is known of their pages; the first of those whose page is not good.

    `waiting` were not asked yet. `first` and `last` are when the page that was asked longest ago, and the latest, were.
    """

    good_count: int = 0
    dead_count: int = 0
    unclear_count: int = 0
    waiting_count: int = 0
    dead: tuple[Link, ...] = ()
    unclear: tuple[Link, ...] = ()
    first: dt.datetime | None = None
    last: dt.datetime | None = None


LinksTold = Links | Literal["not checked"]


class InstitutionReport(Record):
    """One institution in one run. `as_of` is when the listings that stand in for an unreadable feed were loaded,
    or, when they are `older`, the latest load that carried them over.

    `score` is the completeness from 0 to 100, None where no row was read. `findings` are the first of `found`;
    `rows` names the files of rows to put right, by language.
    """

    id: str
    folder: str
    name: Said
    command: str
    outcome: Outcome
    started: dt.datetime
    status: Status
    as_of: dt.datetime | None = None
    older: bool = False
    sources: tuple[SourceReport, ...]
    listed: int
    score: float | None = None
    gains: tuple[Gain, ...] = ()
    gaps: tuple[Gap, ...] = ()
    reasons: tuple[Reason, ...] = ()
    findings: tuple[Finding, ...] = ()
    found: int = 0
    twins: tuple[Twin, ...] = ()
    twin_rows: int = 0
    courses: tuple[Course, ...] = ()
    folded: int = 0
    links: LinksTold = "not checked"
    added: Changed = Changed()
    changed: Changed = Changed()
    removed: Changed = Changed()
    rows: dict[str, tuple[str, ...]] = Field(default_factory=dict)

    @property
    def read(self) -> int:
        return sum(source.read for source in self.sources)

    @property
    def quarantined(self) -> int:
        return sum(source.quarantined for source in self.sources)

    @property
    def with_warnings(self) -> int:
        return sum(source.with_warnings for source in self.sources)
