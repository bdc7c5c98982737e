"""What official sources say of occupations: typed rows, each with the source, row and date it comes from.

Two places hold them: small tables that ship in `data/outlook/`, and a database that importers fill. The importers write
it, the reader and the writer only read it.
"""

import datetime as dt
import re
from typing import Literal

from mappings.contract import Language
from mappings.occupation import Both, NocCode
from mappings.record import Record

# Of the national projections: how many people for the work there is.
Condition = Literal["strong_surplus", "moderate_surplus", "balance", "moderate_shortage", "strong_shortage"]
Rating = Literal["very_good", "good", "moderate", "limited", "very_limited", "undetermined"]
# Job Bank's code of the whole province, the region asked for unless another is.
ONTARIO = "3500"
YEAR = re.compile(r"[12][0-9]{3}")


class Source(Record):
    """An edition of an official publication. `until` is the last day its figures speak of, where they have one."""

    id: str
    title: Both
    publisher: Both
    edition: str
    released: dt.date | None = None
    until: dt.date | None = None
    licence: Both
    file: str
    imported: dt.date | None = None

    def is_stale(self, today: dt.date) -> bool:
        """Whether its figures speak of a time gone by."""
        return self.until is not None and today > self.until

    def is_older(self, other: "Source") -> bool:
        """Whether the other edition of the publication is newer: by release, end or the years in its edition."""
        for mine, theirs in ((self.released, other.released), (self.until, other.until)):
            if mine and theirs and mine != theirs:
                return mine < theirs
        mine_years, theirs_years = YEAR.findall(self.edition), YEAR.findall(other.edition)
        return bool(mine_years) and mine_years < theirs_years


class Traced(Record):
    """A row of a source: its id and the row's number in the file, the header being row 1."""

    source: str
    row: int


class NationalOutlook(Traced):
    """Ten-year projection for all of Canada. Figures are persons; None where the source gives none.

    `employment` is of the base year, `openings` and `job_seekers` of the ten years after it together. A group may stand
    in the source without any figure.
    """

    code: NocCode
    base_year: int
    employment: int | None = None
    openings: int | None = None
    job_seekers: int | None = None
    recent: Condition | None = None
    future: Condition | None = None

    @property
    def has_figures(self) -> bool:
        """Whether the source says anything of the group."""
        said = (self.employment, self.openings, self.job_seekers, self.recent, self.future)
        return any(value is not None for value in said)

    @property
    def first_year(self) -> int:
        return self.base_year + 1

    @property
    def last_year(self) -> int:
        return self.base_year + 10


class RegionalOutlook(Traced):
    """Prospects in one region. `region` is a Job Bank code such as 3500; `trend` is the source's own sentence."""

    code: NocCode
    region: str
    region_name: str
    rating: Rating
    trend: str = ""
    released: dt.date


class Wage(Traced):
    """What is paid in one region, in Canadian dollars an hour, or a year where `annual`."""

    code: NocCode
    region: str
    low: float | None = None
    median: float | None = None
    high: float | None = None
    annual: bool = False


class ExampleTitle(Record):
    """A job title that the classification files under a unit group."""

    code: NocCode
    language: Language
    title: str


class UnitGroup(Record):
    """A unit group of the classification with its official titles."""

    code: NocCode
    title: Both


class RatedSkill(Traced):
    """A skill or knowledge of an occupation with its rating and its rank, from 1, among those of its kind.

    The source rates skills 1 to 5 and knowledge 1 to 3; the rating is the mean over as many profiles of the occupation
    as `profiles` says, and `row` that of the first of them.
    """

    code: NocCode
    name: str
    kind: Literal["skill", "knowledge"]
    rating: float
    rank: int
    profiles: int = 1


class Duty(Traced):
    """A main duty, in the source's words and language."""

    code: NocCode
    language: Language
    text: str


class Statement(Traced):
    """What is said of an occupation, in the source's words.

    The classification's definition or a profile's lead statement say what it is; a requirement, what it takes.
    """

    code: NocCode
    language: Language
    kind: Literal["definition", "lead_statement", "requirement"]
    text: str
