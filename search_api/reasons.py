"""Why a listing is in the answer, from the evidence its own legs carry and nothing else."""

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from typing import Any

from search_api.goals.goal import Aim
from search_api.goals.reasons import goal_reasons
from search_api.labels import Labels
from search_api.legs import LEAST_USES
from search_api.understanding import Understanding
from search_api.words import say

Hit = Mapping[str, Any]
Reason = dict[str, Any]
KEYWORD = "keyword"
SEMANTIC = "semantic"
MOST_HIGHLIGHTS = 3
MOST_USES_SAID = 4
MARK = re.compile(r"<mark>(.*?)</mark>")


def _occupations(source: Mapping[str, Any], meaning: Understanding, labels: Labels) -> Iterator[Reason]:
    for link in source.get("occupations", ()):
        if link["code"] in meaning.occupations:
            said = "reasons/occupation_inferred" if link["basis"] == "inferred" else "reasons/occupation"
            text = say(said, labels.language, label=labels.occupation(link["code"]))
            yield {"type": "occupation", "text": text, "code": link["code"], "basis": link["basis"]}


def _terms(source: Mapping[str, Any], meaning: Understanding, labels: Labels) -> Iterator[Reason]:
    for field, kind in (("skills", "skill"), ("tools", "tool")):
        for term in source.get(field, ()):
            if term["id"] in meaning.terms:
                said = "reasons/skill_inferred" if term["basis"] == "inferred" else "reasons/skill"
                text = say(said, labels.language, label=labels.term(term["id"]))
                yield {"type": kind, "text": text, "code": term["id"], "basis": term["basis"]}


def _subject(source: Mapping[str, Any], meaning: Understanding, labels: Labels) -> Iterator[Reason]:
    if source.get("subject") in meaning.ids("subject"):
        label = labels.contract.choice_label("subject", source["subject"], labels.language)
        text = say("reasons/subject", labels.language, label=label)
        yield {"type": "subject", "text": text, "code": source["subject"]}


def _uses(source: Mapping[str, Any], meaning: Understanding, labels: Labels) -> Iterator[Reason]:
    """What the listing teaches that an understood occupation uses; said where it does not train for it outright."""
    taught = [
        term["id"] for field in ("skills", "tools") for term in source.get(field, ()) if term["id"] in meaning.uses
    ]
    linked = any(link["code"] in meaning.occupations for link in source.get("occupations", ()))
    if linked or len(set(taught)) < LEAST_USES:
        return
    told = sorted(dict.fromkeys(taught), key=lambda term: -meaning.uses[term])[:MOST_USES_SAID]
    text = say("reasons/uses", labels.language, labels=", ".join(labels.term(term) for term in told))
    yield {"type": "uses", "text": text}


def _marks(snippet: str) -> int:
    return len(MARK.findall(snippet))


def snippets(highlight: Mapping[str, list[str]]) -> tuple[str, ...]:
    """The snippets of a hit, each text field once, in the form that marks the most words; the richest first."""
    best: dict[str, str] = {}
    for path, found in highlight.items():
        root = ".".join(path.split(".")[:2])
        for number, snippet in enumerate(found):
            key = f"{root}#{number}"
            if _marks(snippet) > _marks(best.get(key, "")):
                best[key] = snippet
    # A partner's name or a tool that is called alike in both languages is found in several fields.
    different = dict.fromkeys(best.values())
    return tuple(sorted(different, key=_marks, reverse=True)[:MOST_HIGHLIGHTS])


def _words(hit: Hit, labels: Labels) -> Iterator[Reason]:
    found = snippets(hit.get("highlight", {}))
    if KEYWORD in hit.get("matched_queries", ()):
        yield {"type": "words", "text": say("reasons/words", labels.language), "highlights": found}


def _semantic(hit: Hit, labels: Labels) -> Iterator[Reason]:
    if SEMANTIC in hit.get("matched_queries", ()):
        yield {"type": "semantic", "text": say("reasons/semantic", labels.language)}


def reasons(hit: Hit, meaning: Understanding, labels: Labels) -> list[Reason]:
    """A hit's reasons, the most telling first."""
    source = hit["_source"]
    return [
        *_occupations(source, meaning, labels),
        *_terms(source, meaning, labels),
        *_subject(source, meaning, labels),
        *_uses(source, meaning, labels),
        *_words(hit, labels),
        *_semantic(hit, labels),
    ]


def with_goal(view: dict[str, Any], hit: Hit, aim: Aim | None, labels: Labels, today: dt.date) -> dict[str, Any]:
    """A hit's view with why it serves the goal before its other reasons; as it is without a goal."""
    found = goal_reasons(hit["_source"], aim, labels, today)
    return view | {"reasons": [*found, *view["reasons"]]} if found else view
