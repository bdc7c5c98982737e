"""The answer to a search, put together from what was understood, counted and fetched."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from mappings.contract import Field
from mappings.knowledge import Target
from search_api.facets import counts_of
from search_api.findings import named_by
from search_api.labels import Labels
from search_api.legs import TITLE
from search_api.listing_view import View, course_of_view
from search_api.narrowing import Narrowed, limit_views
from search_api.reasons import reasons
from search_api.search_request import MOST_RESULTS, Filter, SearchRequest
from search_api.showing import Showing
from search_api.spelling import Spelling
from search_api.understanding import Meaning, Understanding

KINDS = {"skills": "skill", "tools": "tool"}
CONFIDENCE_DIGITS = 2
MOST_NAMED = 3
INSTITUTION = "institution"
SCORE_DIGITS = 4


def _label(target: Target, labels: Labels) -> str:
    if target.kind == "occupation":
        return labels.occupation(target.id)
    if target.kind == "subject":
        return labels.contract.choice_label("subject", target.id, labels.language)
    if target.kind == "institution":
        return labels.institutions.get(target.id, target.id)
    return labels.knowledge.label(target, labels.language)


def _meaning_view(found: Meaning, labels: Labels) -> View:
    target = found.target
    return {
        "type": KINDS.get(target.kind, target.kind),
        "id": target.id,
        "label": _label(target, labels),
        "basis": found.basis,
        "confidence": round(found.confidence, CONFIDENCE_DIGITS),
    } | ({"title": found.title} if found.title else {})


def _institution_views(narrowed: Narrowed, labels: Labels) -> Iterator[View]:
    """Institutions that the words narrow the search to."""
    for limit in narrowed.limits:
        if limit.parameter == INSTITUTION and limit.parameter in narrowed.applied and limit.certain:
            label = labels.institutions.get(limit.value, limit.value)
            basis = "exact" if limit.end - limit.start == len(narrowed.typed) else "phrase"
            yield {"type": INSTITUTION, "id": limit.value, "label": label, "basis": basis, "confidence": 1.0}


def _credential_views(named: Sequence[View]) -> Iterator[View]:
    """Listings whose whole title the query is."""
    for hit in named:
        yield {"type": "credential", "id": hit["id"], "label": hit["title"], "basis": "exact", "confidence": 1.0}


def _alternative_views(meaning: Understanding, labels: Labels) -> list[View]:
    return [
        {
            "code": one.code,
            "label": labels.occupation(one.code),
            "basis": one.basis,
            "confidence": round(one.confidence, CONFIDENCE_DIGITS),
            "title": one.title,
        }
        for one in meaning.asked
        if labels.knows(one.code)
    ]


def named_hits(hits: Iterable[View], responses: Mapping[str, Any]) -> list[View]:
    """The hits whose whole title the query is; none where so many courses have it that it names no one."""
    titled = named_by(responses, TITLE)
    return [hit for hit in hits if course_of_view(hit) in titled] if len(titled) <= MOST_NAMED else []


def query_view(
    meaning: Understanding,
    labels: Labels,
    spelling: Spelling | None,
    narrowed: Narrowed,
    named: Sequence[View] = (),
) -> View:
    """The query as understood: each thing it names once, what unknown words were read as, the limits said.

    `named` are the hits whose whole title it is.
    """
    seen = {found.target: found for found in reversed(meaning.meanings)}
    views = [_meaning_view(found, labels) for found in reversed(seen.values())]
    read = [{"word": found.word, "readings": list(found.readings)} for found in spelling.changed] if spelling else []
    return {
        "text": narrowed.typed,
        "core": meaning.text,
        "language": labels.language,
        "meanings": [*_credential_views(named), *_institution_views(narrowed, labels), *views],
        "ambiguous": meaning.ambiguous,
        "alternatives": _alternative_views(meaning, labels),
        "spelling": read,
        "limits": limit_views(narrowed, labels),
    } | ({"seen": meaning.seen} if meaning.seen else {})


def _selected(item: Field, filters: Sequence[Filter]) -> set[str]:
    chosen = [value for narrowed in filters if narrowed.field == item for value in narrowed.values]
    return {str(value).lower() if isinstance(value, bool) else str(value) for value in chosen}


def _values(item: Field, counts: list[tuple[str, int]], selected: set[str], labels: Labels) -> list[View]:
    """Values in use, and chosen ones even where they now find nothing, so that they can be unchosen."""
    idle = [(value, 0) for value in sorted(selected - {value for value, _count in counts})]
    label = labels.labeller(item)
    return [
        {"value": value, "label": label(value), "count": count, "selected": value in selected}
        for value, count in [*counts, *idle]
    ]


def facet_views(response: Mapping[str, Any], filters: Sequence[Filter], labels: Labels) -> list[View]:
    """Every facet with its values and counts."""
    return [
        {
            "name": item.name,
            "parameter": item.param,
            "label": item.label.in_language(labels.language),
            "values": _values(item, counts_of(dict(response), item), _selected(item, filters), labels),
        }
        for item in labels.contract.with_role("facet")
    ]


def hit_view(hit: Mapping[str, Any], score: float | None, meaning: Understanding, showing: Showing) -> View:
    """One listing of an answer with its careers, outlook, score and reasons."""
    scored = {} if score is None else {"score": round(score, SCORE_DIGITS)}
    return {**showing.listing(hit["_source"]), **scored, "reasons": reasons(hit, meaning, showing.labels)}


def answer_view(request: SearchRequest, total: int, hits: list[View], **rest: Any) -> View:
    """The whole answer. `rest` is query, facets and degraded."""
    reachable = min(total, MOST_RESULTS)
    return {
        "total": total,
        "page": request.page,
        "per_page": request.per_page,
        "pages": -(-reachable // request.per_page),
        "sample": any(hit.get("sample") for hit in hits),
        "hits": hits,
        **rest,
    }
