"""The careers a listing leads to: its occupations, and those next to them."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from search_api.labels import Labels
from search_api.occupations.figures import Asked, View, brief_outlook, outlook_view, wages_view

Links = Sequence[Mapping[str, Any]]
# How many digits of their codes groups share: those of the minor group, the sub-major group, the major group (a broad
# category at one level of training), the broad category.
LEVELS = (4, 3, 2, 1)
MOST_SIBLINGS = 6


def occupation_link(code: str) -> str:
    """The address of an occupation in this API."""
    return f"/v1/occupations/{code}"


def named(code: str, labels: Labels) -> View:
    """An occupation's code, label and address."""
    return {"code": code, "label": labels.occupation(code), "link": occupation_link(code)}


def siblings(code: str, titles: Iterable[str]) -> tuple[str, ...]:
    """The groups nearest in the classification, by code: those of the same minor group, else of the next larger one."""
    others = [other for other in titles if other != code]
    alike = ([other for other in others if other.startswith(code[:length])] for length in LEVELS)
    found: list[str] = next(filter(None, alike), [])
    return tuple(sorted(sorted(found, key=lambda other: abs(int(other) - int(code)))[:MOST_SIBLINGS]))


def _related(code: str, labels: Labels) -> tuple[str, ...]:
    """Those written for the occupation, else its siblings."""
    ours = labels.knowledge.occupations.get(code)
    return (ours.related if ours else ()) or siblings(code, labels.titles)


def neighbours(codes: Iterable[str], labels: Labels) -> tuple[str, ...]:
    """Occupations related to any of these and not among them, in the order they are named, each once."""
    own = tuple(codes)
    related = dict.fromkeys(other for code in own for other in _related(code, labels))
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
    brief = asked.brief(first)
    outlook = {"outlook": {"occupation": named(first, labels), **brief}} if brief else {}
    return {"careers": career_labels(links, labels), **outlook}
