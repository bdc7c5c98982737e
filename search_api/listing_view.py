"""A listing as people are shown it: in one language, with labels, derived from the contract."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from mappings.contract import Contract, Field, Language, preferred
from search_api.labels import Labels, in_language
from search_api.price_view import cost_note

Source = Mapping[str, Any]
View = dict[str, Any]
# What offerings of one course may differ in.
OFFERED = (
    "id", "starts", "application_opens", "application_closes", "schedule", "delivery", "pace", "weeks", "cost",
    "currency", "cost_cad", "rate", "place", "url",
)  # fmt: skip


def course_of_view(view: View) -> str:
    """The course a shown listing is an offering of; itself where it stands alone."""
    course: str = view["course"] if "course" in view else view["id"]
    return course


def text_language(source: Source, language: Language) -> Language:
    """The asked language if the listing has words in it, else the one it has."""
    return next((x for x in preferred(language) if source.get(x)), language)


def next_start(starts: list[str], today: dt.date) -> str | None:
    """The first ISO date that has not gone by."""
    return min((start for start in starts if start >= today.isoformat()), default=None)


def _choice(item: Field, value: Any, labels: Labels) -> View:
    return {"id": value, "label": labels.of(item, value)}


def _term(_item: Field, value: Source, labels: Labels) -> View:
    label = in_language(value, labels.language) or labels.term(value["id"])
    return {"id": value["id"], "label": label, "basis": value["basis"]}


def _evidence(found: Source, labels: Labels) -> View:
    """What spoke for an inferred occupation, its terms with their labels."""
    shared = [{**term, "label": labels.term(term["id"])} for term in found["shared"]]
    return {"named": found["named"], "shared": shared, "likeness": found["likeness"]}


def _occupation(_item: Field, value: Source, labels: Labels) -> View:
    told = {"evidence": _evidence(value["evidence"], labels)} if value.get("evidence") else {}
    return {**value, "label": labels.occupation(value["code"]), **told}


def _rate(_item: Field, value: Source, labels: Labels) -> View:
    return {**value, "source": in_language(value["source"], labels.language)}


RENDER: dict[str, Callable[[Field, Any, Labels], Any]] = {
    "choice": _choice, "term": _term, "occupation": _occupation, "rate": _rate,
}  # fmt: skip


def _shown(item: Field, value: Any, labels: Labels) -> Any:
    """A value as people are shown it; one that says all by itself stays as it is."""
    render = RENDER.get(item.type)
    if render is None:
        return value
    return [render(item, part, labels) for part in value] if isinstance(value, list) else render(item, value, labels)


def _institution(source: Source, labels: Labels) -> View:
    given = source["institution"]
    name = in_language(given["name"], labels.language)
    kind = given.get("kind")
    shown = _choice(labels.contract.named("institution.kind"), kind, labels) if kind else None
    return {"id": given["id"], "name": name} | ({"kind": shown} if shown else {})


def _flat(source: Source, text: Source, contract: Contract, labels: Labels) -> View:
    held = ((item, (text if item.is_prose else source).get(item.name)) for item in contract.record)
    return {item.name: _shown(item, value, labels) for item, value in held if value is not None and value != []}


def _when_and_where(source: Source, today: dt.date) -> View:
    extras = {
        "next_start": next_start(source.get("starts", []), today),
        "place": source.get("place"),
        "link": f"/v1/credentials/{source['id']}",
    }
    return {name: value for name, value in extras.items() if value is not None}


def listing_view(source: Source, labels: Labels, today: dt.date) -> View:
    """The record of one listing for an answer; empty values are left out."""
    written_in = text_language(source, labels.language)
    view = _flat(source, source.get(written_in, {}), labels.contract, labels)
    told = {"institution": _institution(source, labels), "text_language": written_in}
    return {**view, **cost_note(view, labels.language), **told, **_when_and_where(source, today)}


def offering_view(source: Source, labels: Labels, today: dt.date) -> View:
    """What one offering of a course may have of its own; `source` holds no more than `OFFERED`, and the course."""
    offered = {name: value for name, value in source.items() if name in OFFERED}
    view = _flat(offered, {}, labels.contract, labels)
    return {**view, **cost_note(view, labels.language), **_when_and_where(source, today)}
