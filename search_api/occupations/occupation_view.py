"""An occupation as people are shown it: what we wrote of it, else what was imported, each part saying which."""

from collections.abc import Mapping, Sequence
from typing import Any

from mappings.occupation import Occupation
from mappings.reference import Duty, RatedSkill, Statement
from search_api.labels import Labels
from search_api.occupations.careers import named, neighbours, occupation_link
from search_api.occupations.figures import Asked, View, outlook_view, source_view, wages_view

CURATED: View = {"basis": "curated"}


def _imported(row: Duty | Statement | RatedSkill, asked: Asked) -> View:
    return {"basis": "imported", "source": source_view(row, asked)}


def _summary(code: str, ours: Occupation | None, asked: Asked) -> View | None:
    if ours:
        return {"text": ours.summary.in_language(asked.language), **CURATED}
    said = asked.reference.statements(code, asked.language)
    return {"text": said[0].text, **_imported(said[0], asked)} if said else None


def _duties(code: str, ours: Occupation | None, asked: Asked) -> View | None:
    items = ours.duties.in_language(asked.language) if ours else ()
    if items:
        return {"items": list(items), **CURATED}
    said = asked.reference.duties(code, asked.language)
    return {"items": [duty.text for duty in said], **_imported(said[0], asked)} if said else None


def _terms(identifiers: Sequence[str], labels: Labels) -> list[View]:
    return [{"id": identifier, "label": labels.term(identifier)} for identifier in identifiers]


def _rated(row: RatedSkill, asked: Asked) -> View:
    return {"name": row.name, "kind": row.kind, "rating": row.rating, "rank": row.rank, **_imported(row, asked)}


def _related(code: str, labels: Labels, counts: Mapping[str, int]) -> list[View]:
    return [{**named(other, labels), "listings": counts.get(other, 0)} for other in neighbours([code], labels)]


def row_view(code: str, labels: Labels, listings: int) -> View:
    """An occupation in a list of them."""
    return {**named(code, labels), "title": labels.official_title(code), "listings": listings}


def occupation_view(code: str, labels: Labels, asked: Asked, counts: Mapping[str, int], listings: View) -> View:
    """All of one occupation. `counts` are listings by code; `listings` those that train for it."""
    ours = labels.knowledge.occupations.get(code)
    parts: dict[str, Any] = {
        "code": code,
        "title": labels.official_title(code),
        "label": labels.occupation(code),
        "names": list(ours.names.in_language(asked.language)) if ours else [],
        "summary": _summary(code, ours, asked),
        "duties": _duties(code, ours, asked),
        "skills": _terms(ours.skills if ours else (), labels),
        "tools": _terms(ours.tools if ours else (), labels),
        "rated_skills": [_rated(row, asked) for row in asked.reference.skills(code)],
        "related": _related(code, labels, counts),
        "region": asked.area(asked.region),
        "outlook": outlook_view(code, asked),
        "wages": wages_view(code, asked),
        "listings": listings,
        "link": occupation_link(code),
    }
    return {name: value for name, value in parts.items() if value is not None}
