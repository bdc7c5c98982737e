"""What the engine's responses to the legs of a search say of each course."""

from collections.abc import Collection, Mapping
from typing import Any

from mappings.index_body import FOLD
from search_api.fusion import Evidence
from search_api.hit_ids import course_of
from search_api.legs import CODE, FOUND_IN_TEXT, INSTITUTION_NAME, LEAST_USES, TITLE, cosine_of
from search_api.understanding import Understanding

Body = dict[str, Any]
Responses = Mapping[str, Body]
# A listing that teaches what an occupation uses is no listing for that occupation, but near it.
BY_USES = 0.5
# Three skills that few other occupations use.
FULL_USE = 2.0
# A subject is wide: a listing in it is rarely what is most wanted of it.
OF_SUBJECT = 0.5
# Beside other words: what an institution offers of something else is hardly an answer.
OF_INSTITUTION = 0.6


def hits_of(responses: Responses, name: str) -> list[Body]:
    hits: list[Body] = responses.get(name, {}).get("hits", {}).get("hits", [])
    return hits


def scores(response: Body) -> dict[str, float]:
    """A leg's own scores, by course."""
    # Many hits a search: written out, this takes half the time of `course_of`.
    return {hit["fields"][FOLD][0]: hit["_score"] for hit in response.get("hits", {}).get("hits", ())}


def use_strength(taught: Collection[str], meaning: Understanding) -> float:
    """What the skills and tools of a listing that an understood occupation uses count together, 0 to `BY_USES`."""
    used = meaning.uses.keys() & taught if meaning.uses else ()
    if len(used) < LEAST_USES:
        return 0.0
    return BY_USES * min(sum(meaning.uses[term] for term in used) / FULL_USE, 1.0)


def link_strength(source: Mapping[str, Any], meaning: Understanding) -> float:
    """How firmly a listing is linked to what was understood, 0 to 1: stated by the institution, or inferred."""
    likely, named = meaning.weights, meaning.terms
    links, terms = source.get("occupations", ()), [*source.get("skills", ()), *source.get("tools", ())]
    strengths = [link["score"] * likely[link["code"]] for link in links if link["code"] in likely]
    strengths += [FOUND_IN_TEXT if term["basis"] == "inferred" else 1.0 for term in terms if term["id"] in named]
    strengths.append(use_strength({term["id"] for term in terms}, meaning))
    if source.get("subject") in meaning.ids("subject"):
        strengths.append(OF_SUBJECT)
    if source.get("institution", {}).get("id") in meaning.ids("institution"):
        strengths.append(OF_INSTITUTION)
    strongest: float = max(strengths)
    return strongest


def evidence(responses: Responses, meaning: Understanding, loudness: float = 1.0) -> Evidence:
    """What each leg found, by course: of the offerings of one, what is said of the best."""
    return Evidence(
        keyword=scores(responses.get("keyword", {})),
        cosine={course: cosine_of(score) for course, score in scores(responses.get("semantic", {})).items()},
        words=scores(responses.get("words", {})),
        profile=scores(responses.get("profile", {})),
        loudness=loudness,
        links={course_of(hit): link_strength(hit["_source"], meaning) for hit in hits_of(responses, "links")},
        named=frozenset(one for name in (TITLE, INSTITUTION_NAME, CODE) for one in named_by(responses, name)),
    )


def named_by(responses: Responses, field: str) -> list[str]:
    """Courses whose title, or whose institution's name, the whole query is."""
    return [course_of(hit) for hit in hits_of(responses, "keyword") if field in hit.get("matched_queries", ())]
