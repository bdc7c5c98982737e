"""Why a listing serves a goal, from what it teaches and states and what the occupations need."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from search_api import formats
from search_api.goals.goal import Aim, Need
from search_api.goals.preferences import INTRODUCTORY, met
from search_api.goals.serving import concerned, links_of, taught
from search_api.labels import Labels
from search_api.listing_view import next_start
from search_api.words import say

Source = Mapping[str, Any]
Reason = dict[str, Any]
MOST_TOLD = 4
LEVEL = "level"


def _marked(label: str, basis: str, language: str) -> str:
    """What was only found in the text is marked so."""
    return f"{label} ({say('page/inferred', language)})" if basis == "inferred" else label


def _reason(aim: Aim, text: str, codes: Sequence[str], terms: Sequence[str] = ()) -> Reason:
    return {"type": "goal", "text": text, "goal": aim.goal, "occupations": list(codes), "terms": list(terms)}


def _best_served(source: Source, aim: Aim) -> Need | None:
    """The occupation whose needs the listing teaches most of."""

    def worth(need: Need) -> float:
        return sum(need.terms[term] for term in taught(source, need.terms))

    best = max(aim.needs, key=worth, default=None)
    return best if best and worth(best) else None


def _teaches(source: Source, aim: Aim, labels: Labels) -> Iterator[Reason]:
    need = _best_served(source, aim)
    if need is None:
        return
    found = taught(source, need.terms)
    told = sorted(found, key=lambda term: (-need.terms[term], term))[:MOST_TOLD]
    names = ", ".join(_marked(labels.term(term), found[term], labels.language) for term in told)
    said = {"terms": names, "own": labels.occupation(aim.own), "to": labels.occupation(need.code)}
    text = say(f"reasons/goal_{aim.goal}", labels.language, **said)
    yield _reason(aim, text, tuple(dict.fromkeys((aim.own, need.code))), told)


def _trains(source: Source, aim: Aim, labels: Labels) -> Iterator[Reason]:
    """The surest of the occupations one advances to that the listing trains for."""
    links = [link for code, link in links_of(source).items() if code in aim.steps_up]
    for link in sorted(links, key=lambda link: -link["score"])[:1]:
        key = "reasons/goal_trains_inferred" if link["basis"] == "inferred" else "reasons/goal_trains"
        said = {"to": labels.occupation(link["code"]), "own": labels.occupation(aim.own)}
        text = say(key, labels.language, **said)
        yield _reason(aim, text, (aim.own, link["code"]))


def _said(preference: str, source: Source, labels: Labels, today: dt.date) -> str:
    level = labels.contract.choice_label(LEVEL, source.get(LEVEL, ""), labels.language)
    lowest = labels.contract.choice_label(LEVEL, INTRODUCTORY, labels.language)
    start = next_start(list(source.get("starts", ())), today)
    day = formats.day(start, labels.language) if start else ""
    return say(f"goals/preferences/{preference}", labels.language, level=level, lowest=lowest, day=day)


def _prefers(source: Source, aim: Aim, labels: Labels, today: dt.date) -> Iterator[Reason]:
    """What is stated of what the goal prefers."""
    found = [one for one in met(aim.goal, source, today) if one != "not_introductory" or source.get(LEVEL)]
    if found and concerned(source, aim):
        what = ", ".join(_said(one, source, labels, today) for one in found)
        said = {"what": what, "own": labels.occupation(aim.own)}
        yield _reason(aim, say(f"reasons/goal_{aim.goal}_prefers", labels.language, **said), (aim.own,))


def goal_reasons(source: Source, aim: Aim | None, labels: Labels, today: dt.date) -> list[Reason]:
    """Why a listing serves the goal; none where nothing ties it to the goal's occupations."""
    if aim is None:
        return []
    return [
        *_teaches(source, aim, labels),
        *_trains(source, aim, labels),
        *_prefers(source, aim, labels, today),
    ]
