"""The legs of a search as OpenSearch queries: words, meaning, and links to what was understood."""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

import numpy as np

from mappings.contract import LANGUAGES, Contract
from mappings.index_body import PROFILE, vector_field
from mappings.text_paths import name_fields, plain_fields, stem_fields, whole_fields
from mappings.vectors import Vectors
from search_api.codes import code_query
from search_api.goals.goal import Aim
from search_api.goals.widening import widening
from search_api.understanding import Understanding

Clause = dict[str, Any]
# Up to two words must all be there; of more, three in four.
LEAST_WORDS = "2<75%"
# Words read for others, which may be misspelt, count less than right ones.
SPELT_BOOST = 0.4
PHRASE_BOOST = 0.5
# What a whole name adds: about as much as a rare word in a title.
WHOLE_BOOST = 10.0
TIE_BREAKER = 0.2
# The plain fields keep every word; in a query, words such as "with" and "de" would find anything.
PLAIN_QUERY = "plain_words"
TITLE, INSTITUTION_NAME, CODE = "title", "institution.name", "code"
PHRASE_FIELDS = ("title", "skills", "tools")
# The engine refuses a query of over 1,024 clauses. Each word costs one per field and form, about 30; each reading of it
# one per field. So the more words there are, the fewer readings of the query are asked for.
MOST_WORDS = 24
MOST_CLAUSES = 960
CLAUSES_A_WORD = 30
# As many as a number of single precision holds at this size; twice as many would double what is sent and parsed.
VECTOR_DECIMALS = 8
# An understood skill that was only found in the text is weaker than one the institution lists.
FOUND_IN_TEXT = 0.6
# One shared skill is chance; two are a trade.
LEAST_USES = 2
# At least as many as the engine's tokenizer finds: beyond Latin script a single mark may be a word.
WORD = re.compile(r"[0-9A-Za-z\u00c0-\u024f]+|[^\x00-\x7f]")


def _words(text: str, fields: Sequence[str], **more: Any) -> Clause:
    """All fields of one analyzer as if they were one, so that words may be spread over title and description."""
    body = {"query": text, "type": "cross_fields", "fields": fields}
    return {"multi_match": {**body, "tie_breaker": TIE_BREAKER, **more}}


def first_words(text: str) -> str:
    """The text up to its last word that the engine can be asked for."""
    ends = [word.end() for word in WORD.finditer(text)]
    return text[: ends[MOST_WORDS - 1]] if len(ends) > MOST_WORDS else text


def most_readings(words: int, fields: int) -> int:
    """How many readings of a query of so many words the engine takes."""
    left = MOST_CLAUSES - CLAUSES_A_WORD * words
    return max(left // max(words * fields, 1), 0)


@cache
def _phrase_fields(contract: Contract) -> tuple[str, ...]:
    paths = [path for language in LANGUAGES for path in stem_fields(contract, language)]
    return tuple(path for path in paths if any(f"{name}." in path for name in PHRASE_FIELDS))


def _phrase(text: str, contract: Contract) -> Clause:
    fields = _phrase_fields(contract)
    return {"multi_match": {"query": text, "type": "phrase", "slop": 1, "fields": fields, "boost": PHRASE_BOOST}}


def _whole(text: str, contract: Contract) -> Clause:
    named = {"multi_match": {"query": text, "fields": whole_fields(contract)}}
    return {"constant_score": {"filter": named, "boost": WHOLE_BOOST}}


def title_query(text: str, contract: Contract) -> Clause:
    """Listings whose whole title the text is, in either language."""
    return {"multi_match": {"query": text, "fields": name_fields(contract, TITLE)}}


def _own_name(text: str, contract: Contract) -> list[Clause]:
    """Says by name, without a score, that the text is a listing's whole title or its institution's whole name."""
    titled = title_query(text, contract)
    offered = {"multi_match": {"query": text, "fields": name_fields(contract, INSTITUTION_NAME)}}
    return [
        {"constant_score": {"filter": query, "boost": 0, "_name": name}}
        for name, query in ((TITLE, titled), (INSTITUTION_NAME, offered))
    ]


def keyword_query(text: str, contract: Contract, readings: Sequence[str] = ()) -> Clause:
    """Words over all text fields of both languages, plus what a phrase or a whole name adds.

    `readings` are the same query with words the catalogue has in place of those it has not.
    """
    text, coded = first_words(text), code_query(text)
    found = words_query(text, contract, readings, minimum_should_match=LEAST_WORDS)
    more = [_phrase(text, contract), _whole(text, contract), *_own_name(text, contract)]
    if coded:
        found["dis_max"]["queries"].append({"constant_score": {"filter": coded, "boost": WHOLE_BOOST}})
        more.append({"constant_score": {"filter": coded, "boost": 0, "_name": CODE}})
    return {"bool": {"must": [found], "should": more}}


def words_query(text: str, contract: Contract, readings: Sequence[str] = (), **more: Any) -> Clause:
    """Any of the words over all text fields, in the one language or the other."""
    plain, text = plain_fields(contract), first_words(text)
    groups = [
        _words(text, plain, analyzer=PLAIN_QUERY, **more),
        *(_words(text, stem_fields(contract, language), **more) for language in LANGUAGES),
    ]
    taken = readings[: most_readings(len(WORD.findall(text)), len(plain))]
    read = [_words(reading, plain, analyzer=PLAIN_QUERY, boost=SPELT_BOOST, **more) for reading in taken]
    return {"dis_max": {"queries": [*groups, *read]}}


def profile_query(profile: Mapping[str, float]) -> Clause | None:
    """Listings near the same occupations; the score is how alike the profiles are (0 to 1). None for an empty one."""
    weighed: list[Clause] = [
        {"rank_feature": {"field": f"{PROFILE}.{code}", "boost": round(weight, VECTOR_DECIMALS), "linear": {}}}
        for code, weight in profile.items()
    ]
    return {"bool": {"should": weighed}} if weighed else None


def least_score(cosine: float) -> float:
    """The engine's score of a cosine: (1 + cos) / 2."""
    return (1 + cosine) / 2


def cosine_of(score: float) -> float:
    return 2 * score - 1


def _exact_likeness(field: str, vector: list[float], least: float) -> Clause:
    parameters = {"field": field, "query_value": vector, "space_type": "cosinesimil"}
    script = {"lang": "knn", "source": "knn_score", "params": parameters}
    return {"script_score": {"query": {"exists": {"field": field}}, "script": script, "min_score": least}}


def _near(field: str, vector: list[float], least: float) -> Clause:
    return {"knn": {field: {"vector": vector, "min_score": least}}}


def written(vector: Vectors) -> list[float]:
    """A vector as it is sent."""
    numbers: list[float] = np.round(vector.astype(np.float64), VECTOR_DECIMALS).tolist()
    return numbers


def semantic_query(vector: list[float], least: float, *, exact: bool) -> Clause:
    """Listings whose cosine with the query is at least `least`, by the better of their languages.

    Exact cosines for small indices, the vector graph for large ones (see docs/decisions).
    """
    likeness = _exact_likeness if exact else _near
    return {"dis_max": {"queries": [likeness(vector_field(each), vector, least_score(least)) for each in LANGUAGES]}}


def near_query(semantic: Clause, vector: list[float], floor: float, others: Sequence[Clause]) -> Clause:
    """Cosines of all that matches: of what the semantic leg finds and, from the floor up, of what other legs find."""
    if not others:
        return semantic
    all_cosines = semantic_query(vector, floor, exact=True)
    among = {"bool": {"should": others, "minimum_should_match": 1}}
    return {"dis_max": {"queries": [semantic, {"bool": {"must": [all_cosines], "filter": [among]}}]}}


def teaches(term: str) -> Clause:
    """Listings that teach a skill or tool, by vocabulary id, whichever of the two an institution takes it for."""
    return {"multi_match": {"query": term, "fields": ["skills.id", "tools.id"]}}


def _uses_query(uses: Iterable[str]) -> Clause:
    """Listings that teach at least two of the things an occupation uses."""
    return {"bool": {"should": [teaches(term) for term in uses], "minimum_should_match": LEAST_USES}}


def links_query(understanding: Understanding, aim: Aim | None = None) -> Clause | None:
    """Listings linked to an understood occupation, skill or tool, or to a goal; None when nothing was understood."""
    paths = {
        "occupation": "occupations.code",
        "skills": "skills.id",
        "tools": "tools.id",
        "subject": "subject",
        "institution": "institution.id",
    }
    named = {path: list(understanding.ids(kind)) for kind, path in paths.items() if understanding.ids(kind)}
    # A skill of the vocabulary may stand among a listing's tools and the reverse: institutions sort them differently.
    terms = [*named.pop("skills.id", []), *named.pop("tools.id", [])]
    if terms:
        named |= {"skills.id": terms, "tools.id": terms}
    linked: list[Clause] = [{"terms": {path: ids}} for path, ids in named.items()]
    groups = [understanding.uses, *widening(aim)]
    linked += [_uses_query(group) for group in groups if len(group) >= LEAST_USES]
    return {"bool": {"should": linked, "minimum_should_match": 1}} if linked else None
