"""The answer to a search, put together from what was understood, counted and fetched."""

from collections.abc import Mapping, Sequence
from typing import Any

from mappings.contract import Field
from search_api.facets import counts_of
from search_api.labels import Labels
from search_api.listing_view import View, listing_view
from search_api.narrowing import Narrowed, limit_views
from search_api.occupations.careers import hit_prospects
from search_api.occupations.figures import Asked
from search_api.reasons import reasons
from search_api.search_request import MOST_RESULTS, Filter, SearchRequest
from search_api.spelling import Spelling
from search_api.understanding import Understanding

KINDS = {"occupation": "occupation", "skills": "skill", "tools": "tool"}
SCORE_DIGITS = 4


def query_view(meaning: Understanding, labels: Labels, spelling: Spelling | None, narrowed: Narrowed) -> View:
    """The query as understood: each thing it names once, what unknown words were read as, the limits said."""
    seen = {found.target: found for found in reversed(meaning.meanings)}
    views = [
        {
            "type": KINDS[target.kind],
            "id": target.id,
            "label": labels.knowledge.label(target, labels.language),
            "basis": found.basis,
        }
        for target, found in reversed(seen.items())
    ]
    read = [{"word": found.word, "readings": list(found.readings)} for found in spelling.changed] if spelling else []
    return {
        "text": narrowed.typed,
        "core": meaning.text,
        "language": labels.language,
        "meanings": views,
        "spelling": read,
        "limits": limit_views(narrowed, labels),
    }


def _selected(item: Field, filters: Sequence[Filter]) -> set[str]:
    chosen = [value for narrowed in filters if narrowed.field == item for value in narrowed.values]
    return {str(value).lower() if isinstance(value, bool) else str(value) for value in chosen}


def _values(item: Field, counts: list[tuple[str, int]], selected: set[str], labels: Labels) -> list[View]:
    """Values in use, and chosen ones even where they now find nothing, so that they can be unchosen."""
    idle = [(value, 0) for value in sorted(selected - {value for value, _count in counts})]
    return [
        {"value": value, "label": labels.of(item, value), "count": count, "selected": value in selected}
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


def hit_view(hit: Mapping[str, Any], score: float | None, meaning: Understanding, labels: Labels, asked: Asked) -> View:
    """One listing of an answer with its careers, outlook, score and reasons."""
    source = hit["_source"]
    prospects = hit_prospects(source.get("occupations", ()), labels, asked)
    scored = {} if score is None else {"score": round(score, SCORE_DIGITS)}
    return {
        **listing_view(source, labels, asked.today),
        **prospects,
        **scored,
        "reasons": reasons(hit, meaning, labels),
    }


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
