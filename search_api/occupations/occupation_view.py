"""An occupation as people are shown it: what we wrote of it, else what was imported, each part saying which."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from mappings.contract import Language, preferred
from mappings.occupation import Occupation
from mappings.reference import Duty, RatedSkill, Statement
from mappings.unit_groups import UnitGroup
from search_api.labels import Labels
from search_api.occupations.careers import named, neighbours, occupation_link
from search_api.occupations.figures import Asked, View, outlook_view, source_view, wages_view

T = TypeVar("T", Duty, Statement)
Written = Occupation | UnitGroup | None
MOST_NAMES = 30  # of hundreds that some groups were imported with
RATED_IN: Language = "en"  # OaSIS names skills in English


def _curated(asked: Asked) -> View:
    return {"basis": "curated", "text_language": asked.language}


def _imported(row: Duty | Statement | RatedSkill, written_in: Language, asked: Asked) -> View:
    return {"basis": "imported", "text_language": written_in, "source": source_view(row, asked)}


def _said(held: Callable[[str, Language], Sequence[T]], code: str, asked: Asked) -> Sequence[T]:
    """Rows in the asked language, else in the one they are held in."""
    return next(filter(None, (held(code, language) for language in preferred(asked.language))), ())


def _summary(code: str, ours: Written, asked: Asked) -> View | None:
    if ours:
        return {"text": ours.summary.in_language(asked.language), **_curated(asked)}
    said = _said(asked.reference.statements, code, asked)
    return {"text": said[0].text, **_imported(said[0], said[0].language, asked)} if said else None


def _items(said: Sequence[Duty] | Sequence[Statement], asked: Asked) -> View | None:
    return {"items": [row.text for row in said], **_imported(said[0], said[0].language, asked)} if said else None


def _duties(code: str, ours: Written, asked: Asked) -> View | None:
    items = ours.duties.in_language(asked.language) if ours else ()
    if items:
        return {"items": list(items), **_curated(asked)}
    return _items(_said(asked.reference.duties, code, asked), asked)


def _names(code: str, ours: Written, asked: Asked) -> list[str]:
    if ours:
        return list(ours.names.in_language(asked.language))
    titles = (row.title for row in asked.reference.titles_of(code) if row.language == asked.language)
    return list(titles)[:MOST_NAMES]


def _terms(identifiers: Sequence[str], labels: Labels) -> list[View]:
    return [{"id": identifier, "label": labels.term(identifier)} for identifier in identifiers]


def _rated(row: RatedSkill, asked: Asked) -> View:
    said = {name: getattr(row, name) for name in ("name", "kind", "rating", "rank", "profiles")}
    return {**said, **_imported(row, RATED_IN, asked)}


def _related(code: str, labels: Labels, counts: Mapping[str, int]) -> list[View]:
    return [{**named(other, labels), "listings": counts.get(other, 0)} for other in neighbours([code], labels)]


def row_view(code: str, labels: Labels, listings: int) -> View:
    """An occupation in a list of them."""
    return {**named(code, labels), "title": labels.official_title(code), "listings": listings}


def occupation_view(code: str, labels: Labels, asked: Asked, counts: Mapping[str, int], listings: View) -> View:
    """All of one occupation. `counts` are listings by code; `listings` those that train for it."""
    ours, written = labels.knowledge.occupations.get(code), labels.knowledge.written(code)
    parts: dict[str, Any] = {
        "code": code,
        "title": labels.official_title(code),
        "label": labels.occupation(code),
        "names": _names(code, written, asked),
        "summary": _summary(code, written, asked),
        "duties": _duties(code, written, asked),
        "requirements": _items(_said(asked.reference.requirements, code, asked), asked),
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
