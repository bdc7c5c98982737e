import dataclasses
import datetime as dt
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mappings.contract import Contract, listing_contract
from search_api.findings import BY_USES, evidence, link_strength
from search_api.interpreter import Interpreter
from search_api.legs import (
    MOST_WORDS,
    WORD,
    cosine_of,
    first_words,
    keyword_query,
    least_score,
    links_query,
    most_readings,
    semantic_query,
)
from search_api.query_plan import Context, bodies, ordered_courses, queries
from search_api.ranking import RANKING
from search_api.search_request import MOST_RESULTS, Filter, SearchRequest, Sort
from search_api.sense import Sense
from search_api.spelling import MOST_READINGS
from search_api.understanding import Understanding
from tests.search_api.catalogue import HYGIENIST, WELDER, small_knowledge

INTERPRETER = Interpreter(small_knowledge())
CONTRACT = listing_contract()
VECTOR = np.array([0.6, 0.8], dtype=np.float32)
SENSE = Sense(VECTOR, {WELDER: 0.8, HYGIENIST: 0.6}, 1.0)
CONTEXT = Context(CONTRACT, RANKING, dt.date(2026, 11, 24), exact=True)


LEGS = ("keyword", "words", "semantic", "profile", "links")


def plan(text: str, sense: Sense | None = SENSE, **more: Any) -> dict[str, dict[str, Any]]:
    request = dataclasses.replace(SearchRequest(text, "en"), **more)
    legs = queries(request, INTERPRETER.understand(text, "en"), sense, CONTEXT)
    return bodies(request, legs, CONTEXT)


def test_a_search_by_relevance_asks_every_leg_and_the_facets_in_one_go() -> None:
    assert set(plan("welder")) == {"facets", "keyword", "words", "semantic", "profile", "links"}


def test_without_anything_understood_there_is_no_leg_of_links() -> None:
    assert set(plan("choir")) == {"facets", "keyword", "words", "semantic", "profile", "spelling"}


def test_without_a_vector_the_legs_of_meaning_are_left_out() -> None:
    assert set(plan("welder", None)) == {"facets", "keyword", "words", "links"}


def test_without_occupations_held_there_is_no_leg_of_profiles() -> None:
    assert "profile" not in plan("welder", Sense(VECTOR))


def test_the_leg_of_profiles_weighs_each_occupation_and_says_nothing_of_what_matches() -> None:
    found = plan("welder")
    weighed = found["profile"]["query"]["bool"]["must"][0]["bool"]["should"]
    assert [(one["rank_feature"]["field"], one["rank_feature"]["boost"]) for one in weighed] == [
        (f"profile.{WELDER}", 0.8),
        (f"profile.{HYGIENIST}", 0.6),
    ]
    assert "rank_feature" not in str(found["facets"])


def test_browsing_asks_for_one_ordered_list_of_all_listings() -> None:
    found = plan("")
    assert set(found) == {"facets", "ordered"}
    assert found["facets"]["query"] == {"match_all": {}}


def test_an_order_by_a_field_asks_for_that_page_only_with_ties_by_id(contract: Contract) -> None:
    body = plan("welder", sort=Sort(contract.named("cost"), descending=True), page=3, per_page=7)["ordered"]
    assert (body["from"], body["size"]) == (14, 7)
    assert body["sort"] == [{"cost_cad": {"order": "desc", "missing": "_last"}}, {"id": "asc"}]


def test_legs_fetch_ids_up_to_the_end_of_paging_and_never_the_whole_listing() -> None:
    found = plan("welder")
    assert {found[name]["size"] for name in LEGS} == {MOST_RESULTS}
    for name in LEGS[:-1]:
        assert (found[name]["stored_fields"], found[name]["collapse"]) == ("_none_", {"field": "fold"})
    assert "en" not in str(found["links"]["_source"])


def test_filters_go_into_every_leg(contract: Contract) -> None:
    found = plan("welder", filters=(Filter(contract.named("delivery"), ("online",)),))
    narrowed = [{"terms": {"delivery": ["online"]}}]
    for name in LEGS:
        assert found[name]["query"]["bool"]["filter"] == narrowed


def test_a_name_that_is_known_is_not_taken_for_a_misspelt_one() -> None:
    assert "spelling" not in plan("welder")
    assert plan("choir")["spelling"]["suggest"]["spelling"]["text"] == "choir"


def test_links_are_as_firm_as_their_basis() -> None:
    welder = INTERPRETER.understand("welder bookkeeping", "en")
    stated = {"occupations": [{"code": WELDER, "score": 1.0}]}
    inferred = {"occupations": [{"code": WELDER, "score": 0.7}, {"code": HYGIENIST, "score": 1.0}]}
    found_in_text = {"skills": [{"id": "bookkeeping", "basis": "inferred"}]}
    listed = {"skills": [{"id": "bookkeeping", "basis": "feed"}]}
    strengths = [link_strength(source, welder) for source in (stated, inferred, found_in_text, listed, {})]
    assert strengths[0] == strengths[3] == 1
    assert strengths[1] == 0.7
    assert 0 < strengths[2] < 1
    assert strengths[4] == 0


def test_two_shared_skills_link_a_listing_to_an_occupation_and_one_does_not() -> None:
    meaning = Understanding("welder", "en", (), {"welding": 1.0, "blueprint-reading": 0.8, "grinding": 0.6})
    one, two, three = (
        link_strength({"skills": [{"id": name, "basis": "feed"} for name in names]}, meaning)
        for names in (["welding"], ["welding", "grinding"], ["welding", "grinding", "blueprint-reading"])
    )
    assert one == 0
    assert 0 < two < three == BY_USES
    query = links_query(meaning)
    assert query is not None
    assert query["bool"]["should"][0]["bool"]["minimum_should_match"] == 2


def test_a_skill_of_the_vocabulary_is_sought_among_tools_too() -> None:
    found = links_query(INTERPRETER.understand("AutoCAD", "en"))
    assert found is not None
    paths = [next(iter(clause["terms"])) for clause in found["bool"]["should"]]
    assert sorted(paths) == ["skills.id", "tools.id"]


def hit(course: str, score: float | None = None) -> dict[str, Any]:
    return {"fields": {"fold": [course]}, "_score": score}


def listed(*hits: dict[str, Any]) -> dict[str, Any]:
    return {"hits": {"hits": list(hits)}}


def test_what_the_legs_report_becomes_evidence_by_course() -> None:
    meaning = INTERPRETER.understand("welder", "en")
    linked = {"_source": {"occupations": [{"code": WELDER, "score": 0.5}]}}
    responses = {
        "keyword": listed(hit("a", 3.5)),
        "words": listed(hit("a", 3.0), hit("b", 1.0)),
        "profile": listed(hit("c", 0.9)),
        "semantic": listed(hit("b", 0.75)),
        "links": listed({**hit("c", 1), **linked}),
    }
    found = evidence(responses, meaning)
    assert (found.keyword, found.cosine, found.links) == ({"a": 3.5}, {"b": 0.5}, {"c": 0.5})
    assert (found.profile, found.words) == ({"c": 0.9}, {"a": 3.0, "b": 1.0})


def test_the_ordered_list_keeps_its_order() -> None:
    assert ordered_courses({"ordered": listed(hit("b"), hit("a"))}) == ["b", "a"]


@given(st.floats(min_value=-1, max_value=1))
def test_a_cosine_and_its_score_are_each_others_inverse(cosine: float) -> None:
    assert cosine_of(least_score(cosine)) == pytest.approx(cosine)


def test_small_indices_are_asked_for_exact_cosines_and_large_ones_for_the_graphs() -> None:
    assert "script_score" in str(semantic_query(VECTOR.tolist(), 0.3, exact=True))
    assert "'knn':" in str(semantic_query(VECTOR.tolist(), 0.3, exact=False))


def test_a_long_query_is_cut_after_the_words_the_engine_can_be_asked_for() -> None:
    assert first_words("one two") == "one two"
    assert first_words("w " * 200) == ("w " * MOST_WORDS).strip()
    assert len(WORD.findall(first_words("漢字" * 100))) == MOST_WORDS


def test_the_more_words_there_are_the_fewer_readings_are_asked_for() -> None:
    asked = [most_readings(words, 13) for words in range(1, MOST_WORDS + 1)]
    assert asked == sorted(asked, reverse=True)
    assert asked[7] >= MOST_READINGS
    assert asked[-1] == 0


def test_readings_are_sought_beside_the_words_as_written() -> None:
    written, read = (str(keyword_query("plumer", CONTRACT, readings)) for readings in ((), ["plumber"]))
    assert "plumber" not in written
    assert written.count("plumer") == read.count("plumer")
    assert "plumber" in read


@given(st.text(max_size=200))
def test_the_cut_query_is_a_beginning_of_it(text: str) -> None:
    assert text.startswith(first_words(text))
