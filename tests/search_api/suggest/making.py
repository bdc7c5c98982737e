"""Small editions made by hand: a few listings as the index gives them, over a few names."""

from collections.abc import Iterable
from typing import Any

from mappings.contract import listing_contract
from mappings.knowledge import Knowledge
from mappings.reference import ExampleTitle
from search_api.suggest.answer import Suggestion
from search_api.suggest.edition import Edition
from search_api.suggest.inventory import inventory_of
from search_api.suggest.names import Name, Target
from search_api.suggest.phrase_table import PhraseTable
from tests.search_api.catalogue import HYGIENIST, WELDER, small_knowledge

BAY = {"id": "bay", "name": {"en": "Bay College", "fr": "Collège de la Baie"}}


def source(identifier: str, *, en: str | None = None, fr: str | None = None, **more: Any) -> dict[str, Any]:
    """A listing's document with its titles."""
    titles = {language: {"title": title} for language, title in (("en", en), ("fr", fr)) if title}
    return {"id": identifier, "institution": BAY, **titles, **more}


def jobs(*codes: str) -> list[dict[str, str]]:
    return [{"code": code} for code in codes]


def skills(*ids: str) -> list[dict[str, str]]:
    return [{"id": identifier} for identifier in ids]


SOURCES = (
    source("bay.1", en="Welding Basics", occupations=jobs(WELDER), skills=skills("welding"), subject="skilled-trades"),
    source("bay.2", fr="Soudage avancé", occupations=jobs(WELDER), skills=skills("welding"), subject="skilled-trades"),
    source(
        "bay.3", en="Dental Hygiene Basics", fr="L'hygiène dentaire", occupations=jobs(HYGIENIST), subject="health-care"
    ),
    source(
        "bay.4", en="Drafting", tools=[{"id": "autocad"}, {"id": "hydro-saw", "en": "Hydro saw", "fr": "Hydroscie"}]
    ),
    source("bay.5", en="Statistics", tools=[{"id": "r"}]),
)


def title(text: str, code: str) -> ExampleTitle:
    """An imported job title, in English."""
    return ExampleTitle(code=code, language="en", title=text)


def edition(
    sources: Iterable[dict[str, Any]] = SOURCES, titles: Iterable[ExampleTitle] = (), known: Knowledge | None = None
) -> Edition:
    return Edition(inventory_of(sources), listing_contract(), known or small_knowledge(), titles)


def table(*texts: str) -> PhraseTable:
    """Names of one credential each, all English."""
    return PhraseTable(Name(Target("credential", str(place)), text, "en") for place, text in enumerate(texts))


def shown(found: Iterable[Suggestion]) -> list[tuple[str, str]]:
    return [(suggestion.type, suggestion.text) for suggestion in found]


def marked(suggestion: Suggestion) -> list[str]:
    """The highlighted parts of the text."""
    return [suggestion.text[span.start : span.end] for span in suggestion.highlights]
