"""The shape of an answer; the OpenAPI document is written from these records."""

from pydantic import Field

from mappings.contract import Language
from mappings.record import Record
from search_api.suggest.names import Kind


class Highlight(Record):
    """Characters of `text` that were typed: the first, and one past the last, counted in Unicode characters from 0."""

    start: int
    end: int


class Suggestion(Record):
    """Something that can be chosen, under the name that matched best."""

    text: str
    language: Language = Field(description="The language of `text` / La langue de `text`")
    type: Kind
    id: str = Field(description="NOC code, or id / Code CNP, ou identifiant")
    detail: str | None = Field(
        default=None,
        description=(
            "The name it is displayed under, where `text` is another; of a credential, the institution / "
            "Le nom sous lequel il s'affiche, si `text` en est un autre; pour un titre, l'établissement"
        ),
    )
    count: int = Field(ge=1, description="Listings it leads to / Offres auxquelles elle mène")
    parameters: dict[str, str] | None = Field(
        default=None,
        description=(
            "Parameters of /v1/credentials that find exactly `count` listings; absent where `url` is one listing / "
            "Paramètres de /v1/credentials qui trouvent exactement `count` offres; absents si `url` est une seule offre"
        ),
    )
    url: str = Field(description="Its address in this API / Son adresse dans cette API")
    highlights: tuple[Highlight, ...] = ()


class SuggestAnswer(Record):
    """Suggestions, the best first."""

    query: str
    language: Language
    suggestions: tuple[Suggestion, ...] = ()
