"""What official sources say of occupations: typed rows, each with the source, row and date it comes from.

Two places hold them: small tables that ship in `data/`, and a database that importers fill. The importers write it, the
reader and the writer only read it.
"""

import datetime as dt
from typing import Literal

from mappings.contract import Language
from mappings.occupation import Both, NocCode
from mappings.record import Record

# Of the national projections: how many people for the work there is.
Condition = Literal["strong_surplus", "moderate_surplus", "balance", "moderate_shortage", "strong_shortage"]
Rating = Literal["very_good", "good", "moderate", "limited", "very_limited", "undetermined"]
# Job Bank's code of the whole province, the region asked for unless another is.
ONTARIO = "3500"


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


class Traced(Record):
    """A row of a source: its id and the row's number in the file, the header being row 1."""

    source: str
    row: int


class NationalOutlook(Traced):
    """Ten-year projection for all of Canada. Figures are persons; None where the source gives none."""

    code: NocCode
    employment: int | None = None
    openings: int | None = None
    job_seekers: int | None = None
    recent: Condition | None = None
    future: Condition | None = None


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


class RatedSkill(Traced):
    """A skill or knowledge of an occupation with the source's rating, 1 to 5, and its rank among the others."""

    code: NocCode
    name: str
    kind: Literal["skill", "knowledge"]
    rating: float
    rank: int


class Duty(Traced):
    """A main duty, in the source's words and language."""

    code: NocCode
    language: Language
    text: str
