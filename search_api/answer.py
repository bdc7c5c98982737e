"""The shape of an answer; the OpenAPI document is written from these records."""

from functools import cache
from typing import Any, Literal

from pydantic import Field as Described
from pydantic import create_model

from mappings.contract import LANGUAGES, Contract, Field
from mappings.record import Record
from search_api.evidence_view import EvidenceView
from search_api.goals.goal import Goal
from search_api.listing_view import OFFERED
from search_api.occupations.answers import BriefOutlookOf, Careers, HitCareers, OutlookOf, WagesOf
from search_api.price_view import PRICE_IN_WORDS, RateView
from search_api.query_answer import QueryView
from search_api.tracing import TraceView

ReasonType = Literal["occupation", "skill", "tool", "subject", "uses", "words", "semantic", "goal"]


class Labelled(Record):
    """A value of a closed list with its label in the answer's language."""

    id: str
    label: str


class TermView(Labelled):
    """A skill or tool. `basis` says whether the institution stated it or it was found in the text."""

    basis: str


class OccupationView(Record):
    """An occupation a listing prepares for. `score` is 0 to 1; 1 when the institution states it.

    `basis` is `feed` or `inferred`; an inferred one carries its evidence.
    """

    code: str
    label: str
    basis: str
    score: float
    evidence: EvidenceView | None = None


class InstitutionView(Record):
    id: str
    name: str
    kind: Labelled | None = None


class PlaceView(Record):
    city: str | None = None
    region: str | None = None
    location: tuple[float, float] | None = Described(default=None, description="longitude, latitude")


class Reason(Record):
    """Why a listing is in the answer. `highlights` are HTML-escaped snippets with the words found in <mark>."""

    type: ReasonType
    text: str
    code: str | None = None
    basis: str | None = None
    highlights: tuple[str, ...] = ()
    goal: Goal | None = Described(default=None, description="Of a reason of type goal: which one.")
    occupations: tuple[str, ...] = Described(
        default=(), description="Of a goal: NOC codes of the occupation one has and of the one that needs the terms."
    )
    terms: tuple[str, ...] = Described(default=(), description="Of a goal: vocabulary ids of what is taught for it.")


class FacetValue(Record):
    value: str
    label: str
    count: int
    selected: bool = False


class Facet(Record):
    """Counts over all matches; its own filter is left out, so each count is what choosing the value would give."""

    name: str
    parameter: str
    label: str
    values: tuple[FacetValue, ...]


# What both a listing and an offering of a course have.
WHEN_AND_WHERE: dict[str, Any] = {
    "place": (PlaceView | None, None),
    **PRICE_IN_WORDS,
    "next_start": (str | None, Described(default=None, description="The first start date from today on.")),
    "link": (str, Described(description="This listing in this API.")),
    "out": (
        str | None,
        Described(
            default=None,
            description="Where to send a person who wants the listing's own page: an address of this service that "
            "counts the visit and leads on to `url`, or `url` itself where visits are not counted. Absent without.",
        ),
    ),
}


def _scalar(item: Field) -> Any:
    kinds: dict[str, Any] = {
        "choice": Labelled,
        "term": TermView,
        "occupation": OccupationView,
        "rate": RateView,
        "number": float,
        "flag": bool,
    }
    return kinds.get(item.type, str)


def many(kind: Any) -> Any:
    """The type of a list whose kind is only known from the contract."""
    return tuple.__class_getitem__((kind, ...))


def _definition(item: Field) -> tuple[Any, Any]:
    kind = _scalar(item)
    described = f"{item.label.en} / {item.label.fr}"
    if item.many or item.type == "texts":
        return (many(kind), Described(default=(), description=described))
    if item.required:
        return (kind, Described(description=described))
    return (kind | None, Described(default=None, description=described))


def _offering_model(contract: Contract) -> type[Record]:
    """One offering of a course: what of it may differ from the others."""
    items = [contract.named(name) for name in OFFERED if name != "place"]
    definitions: dict[str, Any] = {
        **{item.name: _definition(item) for item in items},
        **WHEN_AND_WHERE,
        "fits": (bool, Described(description="Whether it passes the filters of the search.")),
    }
    return create_model("OfferingView", __base__=Record, **definitions)


LEADS_TO = "Absent when the listing leads to no occupation."


def _about(kind: Any, description: str) -> tuple[Any, Any]:
    return (kind | None, Described(default=None, description=f"{description} {LEADS_TO}"))


def _shared_model(contract: Contract) -> type[Record]:
    """What a listing's own answer and a hit both have."""
    flat = {item.name: _definition(item) for item in contract.record}
    definitions: dict[str, Any] = {
        **flat,
        "institution": (InstitutionView, ...),
        "text_language": (
            Literal[LANGUAGES],
            Described(description="The language of title and description: the asked one, or the one the listing has."),
        ),
        **WHEN_AND_WHERE,
        "offerings": (
            many(_offering_model(contract)),
            Described(
                default=(),
                description="Of a course that is offered several times: every offering, this one too, the next to "
                "start first. Absent when there is only one.",
            ),
        ),
    }
    return create_model("ListingBase", __base__=Record, **definitions)


def _listing_model(shared: type[Record]) -> type[Record]:
    return create_model(
        "ListingView",
        __base__=shared,
        careers=_about(Careers, "Its occupations and their neighbours."),
        outlook=_about(OutlookOf, "Outlook of its surest occupation, for Canada and the region."),
        wages=_about(WagesOf, "Wages of its surest occupation, in Canada and the region."),
    )


def _hit_model(shared: type[Record]) -> type[Record]:
    return create_model(
        "Hit",
        __base__=shared,
        careers=_about(HitCareers, "Its occupations."),
        outlook=_about(BriefOutlookOf, "One line on its surest occupation; absent too when no outlook is held."),
        score=(float | None, Described(default=None, description="0 to 1; absent when ordered by a field.")),
        reasons=(tuple[Reason, ...], ()),
    )


@cache
def answer_models(contract: Contract) -> tuple[type[Record], type[Record]]:
    """The records of one listing and of a search's answer."""
    shared = _shared_model(contract)
    hit = _hit_model(shared)
    answer = create_model(
        "SearchAnswer",
        __base__=Record,
        query=(QueryView, ...),
        total=(int, Described(description="All listings that match, of the offerings of a course one.")),
        page=(int, ...),
        per_page=(int, ...),
        pages=(int, Described(description="Pages that can be opened; paging ends at 1,000 results.")),
        took_ms=(int, ...),
        degraded=(tuple[str, ...], Described(default=(), description="Legs that could not take part.")),
        suitable=(
            bool,
            Described(description="False when nothing is what was asked for: hits are the nearest."),
        ),
        nearest_subjects=(
            tuple[Labelled, ...],
            Described(default=(), description="Where nothing is suitable: the subjects of the nearest listings."),
        ),
        debug=(TraceView | None, Described(default=None, description="How the answer came about, where asked for.")),
        sample=(bool, Described(description="True when sample listings of fictional institutions are among the hits.")),
        hits=(many(hit), ...),
        facets=(tuple[Facet, ...], ...),
    )
    return _listing_model(shared), answer
