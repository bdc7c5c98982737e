"""The careers a listing leads to: its occupations, and those next to them."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from search_api.labels import Labels
from search_api.occupations.figures import Asked, View, brief_outlook, outlook_view, wages_view

Links = Sequence[Mapping[str, Any]]


def occupation_link(code: str) -> str:
    """The address of an occupation in this API."""
    return f"/v1/occupations/{code}"


def named(code: str, labels: Labels) -> View:
    """An occupation's code, label and address."""
    return {"code": code, "label": labels.occupation(code), "link": occupation_link(code)}


def neighbours(codes: Iterable[str], labels: Labels) -> tuple[str, ...]:
    """Occupations related to any of these and not among them, in the order they are named, each once."""
    own = tuple(codes)
    known = (labels.knowledge.occupations[code] for code in own if code in labels.knowledge.occupations)
    related = dict.fromkeys(code for occupation in known for code in occupation.related)
    return tuple(code for code in related if code not in own and labels.knows(code))


def _career(link: Mapping[str, Any], labels: Labels) -> View:
    return {**named(link["code"], labels), "basis": link["basis"], "score": link["score"]}


def career_labels(links: Links, labels: Labels) -> View:
    """The careers of a search hit: labels only."""
    return {"occupations": [_career(link, labels) for link in links]}


def careers_view(links: Links, labels: Labels, asked: Asked) -> View:
    """A listing's occupations, each with a short outlook where one is held, and their neighbours."""
    own = [{**_career(link, labels), "outlook": brief_outlook(link["code"], asked)} for link in links]
    related = [named(code, labels) for code in neighbours((link["code"] for link in links), labels)]
    return {"occupations": own, "related": related}


def _first(links: Links) -> str | None:
    """The occupation a listing most surely leads to: the first of those with the highest score."""
    return max(links, key=lambda link: link["score"])["code"] if links else None


def listing_prospects(links: Links, labels: Labels, asked: Asked) -> View:
    """What a listing's own answer has of careers, outlook and wages; nothing where it leads to no occupation."""
    first = _first(links)
    if first is None:
        return {}
    of = {"occupation": named(first, labels)}
    return {
        "careers": careers_view(links, labels, asked),
        "outlook": of | outlook_view(first, asked),
        "wages": of | wages_view(first, asked),
    }


def hit_prospects(links: Links, labels: Labels, asked: Asked) -> View:
    """What a hit has of careers and outlook: one line of each."""
    first = _first(links)
    if first is None:
        return {}
    brief = brief_outlook(first, asked)
    outlook = {"outlook": {"occupation": named(first, labels), **brief}} if brief else {}
    return {"careers": career_labels(links, labels), **outlook}
