"""The shape of an answer; the OpenAPI document is written from these records."""

from typing import Any, Literal

from pydantic import Field as Described
from pydantic import create_model

from mappings.contract import LANGUAGES, Contract, Field, Language
from mappings.record import Record

ReasonType = Literal["occupation", "skill", "tool", "uses", "words", "semantic"]


class Labelled(Record):
    """A value of a closed list with its label in the answer's language."""

    id: str
    label: str


class TermView(Labelled):
    """A skill or tool. `basis` says whether the institution stated it or it was found in the text."""

    basis: str


class OccupationView(Record):
    """An occupation a listing prepares for. `score` is 0 to 1; 1 when the institution states it."""

    code: str
    label: str
    basis: str
    score: float


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


class MeaningView(Record):
    """Something the query was understood to name."""

    type: Literal["occupation", "skill", "tool"]
    id: str
    label: str
    basis: Literal["exact", "phrase", "typo"]


class SpellingView(Record):
    """A word no listing holds and the nearest ones that some do, which were searched for too."""

    word: str
    readings: tuple[str, ...]


class QueryView(Record):
    """The query as it was understood."""

    text: str
    language: Language
    meanings: tuple[MeaningView, ...] = ()
    spelling: tuple[SpellingView, ...] = ()


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


def _scalar(item: Field) -> Any:
    kinds: dict[str, Any] = {
        "choice": Labelled,
        "term": TermView,
        "occupation": OccupationView,
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


def _listing_model(contract: Contract) -> type[Record]:
    flat = {item.name: _definition(item) for item in contract.with_role("return") if "." not in item.name}
    definitions: dict[str, Any] = {
        **flat,
        "institution": (InstitutionView, ...),
        "place": (PlaceView | None, None),
        "text_language": (
            Literal[LANGUAGES],
            Described(description="The language of title and description: the asked one, or the one the listing has."),
        ),
        "next_start": (str | None, Described(default=None, description="The first start date from today on.")),
        "link": (str, Described(description="This listing in this API.")),
    }
    return create_model("ListingView", __base__=Record, **definitions)


def answer_models(contract: Contract) -> tuple[type[Record], type[Record]]:
    """The records of one listing and of a search's answer."""
    listing = _listing_model(contract)
    hit = create_model(
        "Hit",
        __base__=listing,
        score=(float | None, Described(default=None, description="0 to 1; absent when ordered by a field.")),
        reasons=(tuple[Reason, ...], ()),
    )
    answer = create_model(
        "SearchAnswer",
        __base__=Record,
        query=(QueryView, ...),
        total=(int, Described(description="All listings that match.")),
        page=(int, ...),
        per_page=(int, ...),
        pages=(int, Described(description="Pages that can be opened; paging ends at 1,000 results.")),
        took_ms=(int, ...),
        degraded=(tuple[str, ...], Described(default=(), description="Legs that could not take part.")),
        sample=(bool, Described(description="True when sample listings of fictional institutions are among the hits.")),
        hits=(many(hit), ...),
        facets=(tuple[Facet, ...], ...),
    )
    return listing, answer
