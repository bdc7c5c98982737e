"""An answer can say how it came about, where the operator allows it."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from search_api import trace
from search_api.app import create_app
from search_api.engine import Deadline
from search_api.findings import scores
from search_api.legs import semantic_query, written
from search_api.query_plan import Context, leg_body, queries
from search_api.ranking import RANKING
from search_api.search_request import SearchRequest
from search_api.service import SearchService
from tests.conftest import reader_settings
from tests.search_api.asking import ask, problem_of


@pytest.mark.parametrize("query", ["welder", "NOC 72106"])
def test_the_parts_of_a_score_add_up_to_it(sample_api: FlaskClient, query: str) -> None:
    debug = ask(sample_api, q=query, debug="1")["debug"]
    assert (debug["kind"], debug["weights"]["links"]) == ("occupation", RANKING.weights["occupation"].links)
    for hit in debug["fused"]:
        parts = sum(hit[leg] for leg in ("keyword", "semantic", "profile", "links"))
        assert hit["score"] == pytest.approx(parts, abs=0.001)


def test_the_fused_order_is_that_of_the_hits(sample_api: FlaskClient) -> None:
    answer = ask(sample_api, q="bookkeeper", debug="1", per_page="20")
    assert [hit["id"] for hit in answer["debug"]["fused"]] == [hit["id"] for hit in answer["hits"]]


def test_a_long_page_has_the_parts_of_all_its_hits(sample_api: FlaskClient) -> None:
    answer = ask(sample_api, q="bookkeeper", debug="1", per_page="50")
    assert [hit["id"] for hit in answer["debug"]["fused"]] == [hit["id"] for hit in answer["hits"]]
    assert len(answer["hits"]) > 20


def test_each_leg_shows_its_best_with_raw_and_calibrated_scores(sample_api: FlaskClient) -> None:
    debug = ask(sample_api, q="welder", debug="1")["debug"]
    assert [leg["leg"] for leg in debug["legs"]] == ["keyword", "words", "semantic", "profile", "links"]
    for leg in debug["legs"]:
        raw = [hit["raw"] for hit in leg["best"]]
        assert raw == sorted(raw, reverse=True)
        assert len(raw) == min(leg["found"], 20) > 0
        assert all(0 <= hit["calibrated"] <= 1 for hit in leg["best"])


@pytest.mark.parametrize("query", ["welder", "excel", "something with animals"])
def test_cosines_are_those_of_all_listings_that_match_and_of_no_other(
    sample_service: SearchService, query: str
) -> None:
    served, request = sample_service.usable(), SearchRequest(query, "en")
    meaning, sense = sample_service.reader.understood(query, "en", served.meta)
    assert sense
    context = Context(sample_service.contract, RANKING, sample_service.today(), exact=True)
    legs = queries(request, meaning, sense, context)
    every = semantic_query(written(sense.vector), RANKING.floor, exact=True)
    asked = [leg_body(query, []) for query in (every, legs.near, legs.match()) if query]
    of_all, near, matching = map(scores, sample_service.engine.multi_search(served.name, asked, Deadline(30)))
    assert near.keys() <= matching.keys()
    assert near == {course: of_all[course] for course in matching if course in of_all}


def test_the_nearest_occupations_are_named_in_the_asked_language(sample_api: FlaskClient) -> None:
    found = ask(sample_api, q="soudeuse", lang="fr", debug="1")["debug"]["occupations"]
    assert found[0]["code"] == "72106"
    assert found[0]["label"].startswith("soud")


def test_an_answer_says_nothing_of_it_unless_asked(sample_api: FlaskClient) -> None:
    assert "debug" not in ask(sample_api, q="welder")


def test_browsing_has_nothing_to_trace(sample_api: FlaskClient) -> None:
    debug = ask(sample_api, debug="1")["debug"]
    assert (debug["fused"], debug["occupations"]) == ([], [])


def test_it_is_refused_where_the_operator_does_not_allow_it(
    engine_url: str, encoder_folder: Path, sample_service: SearchService
) -> None:
    public = create_app(reader_settings(engine_url, encoder_folder, "any"), sample_service).test_client()
    assert "debug" in problem_of(public, 400, query="q=welder&debug=1")["errors"][0]["parameter"]


def test_a_person_is_told(
    sample_api: FlaskClient, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def asked(path: str, parameters: object) -> tuple[int, object]:
        response = sample_api.get(path, query_string=parameters)
        return response.status_code, response.get_json()

    monkeypatch.setattr(trace, "_api", lambda: asked)
    assert trace.main(["welder", "en"]) == 0
    shown = capsys.readouterr().out
    for words in ("“welder”", "near to", "certainty", "semantic:", "profile:", "fused", "calibrated"):
        assert words in shown


def test_a_search_that_is_refused_is_an_error(
    sample_api: FlaskClient, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(trace, "_api", lambda: lambda *_: (400, {"title": "no"}))
    assert trace.main(["welder"]) == 1
    assert "error: " in capsys.readouterr().err
