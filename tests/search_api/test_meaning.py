"""Words that are no job title are met by what the occupation does."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from mappings.contract import listing_contract
from mappings.knowledge import Knowledge, knowledge
from search_api.app import create_app
from search_api.encoding import QueryEncoder
from search_api.engine import Engine
from search_api.held import Held
from search_api.service import SearchService
from search_api.settings import ReaderSettings
from search_api.titles.held_vectors import HeldVectors
from tests.conftest import reader_settings
from tests.search_api.asking import Json, ask, reason_types
from tests.search_api.conftest import reader

OCCUPATIONS = "/v1/occupations"
# With the NOC code that a careers adviser would name; dentures are teeth too.
SAID = [
    ("fixing leaky pipes", "en", {"72300"}),
    ("someone who fixes teeth", "en", {"31110", "32110"}),
    ("drive a big truck across the country", "en", {"73300"}),
    ("s'occuper de jeunes enfants toute la journée", "fr", {"44100"}),
]
# Likely enough to be taken as understood.
UNDERSTOOD = ("drive a big truck across the country", "73300")


def offered(answer: Json) -> list[str]:
    """Codes understood, then those offered besides."""
    query = answer["query"]
    named = [one["id"] for one in query["meanings"] if one["type"] == "occupation"]
    return [*named, *(one["code"] for one in query["alternatives"])]


@pytest.mark.parametrize(("said", "lang", "codes"), SAID)
def test_what_is_done_in_a_job_names_it(sample_api: FlaskClient, said: str, lang: str, codes: set[str]) -> None:
    found = ask(sample_api, OCCUPATIONS, q=said, lang=lang)
    first = found["occupations"][0]
    assert first["code"] in codes
    assert first["basis"] == "meaning"
    assert 0 < first["confidence"] < 1
    assert found["degraded"] == []
    assert codes <= set(offered(ask(sample_api, q=said, lang=lang)))


def test_an_occupation_understood_by_meaning_links_its_listings(sample_api: FlaskClient) -> None:
    said, code = UNDERSTOOD
    answer = ask(sample_api, q=said)
    (meaning,) = answer["query"]["meanings"]
    assert (meaning["id"], meaning["basis"]) == (code, "meaning")
    assert meaning["confidence"] >= 0.9
    assert any("occupation" in reason_types(hit) for hit in answer["hits"])


def test_a_search_by_words_alone_understands_by_words_alone(sample_api: FlaskClient) -> None:
    query = ask(sample_api, q=UNDERSTOOD[0], legs="keyword")["query"]
    assert all(one["basis"] != "meaning" for one in (*query["meanings"], *query["alternatives"]))


@pytest.mark.parametrize("struck", ["zzqqzzqq", "fghjkl", "lkjsdf sdfkj", "xqzw 99", "???"])
def test_keys_struck_at_random_mean_no_occupation(sample_api: FlaskClient, struck: str) -> None:
    assert ask(sample_api, OCCUPATIONS, q=struck)["occupations"] == []
    assert offered(ask(sample_api, q=struck)) == []


def test_without_the_vectors_of_occupations_titles_alone_are_told_apart(
    engine_url: str, encoder_folder: Path, sample_prefix: str, query_encoder: QueryEncoder, tmp_path: Path
) -> None:
    settings = reader_settings(engine_url, encoder_folder, sample_prefix)
    held = Held(vectors=HeldVectors(tmp_path / "none.npz"))
    service = SearchService(Engine(settings), query_encoder, listing_contract(), knowledge(), held=held)
    api = create_app(settings, service).test_client()
    assert ask(api, OCCUPATIONS, q="welder")["occupations"][0]["code"] == "72106"
    assert all(one["basis"] != "meaning" for one in ask(api, OCCUPATIONS, q=SAID[0][0])["occupations"])


def test_a_list_that_misses_the_encoder_says_so_and_is_not_kept(
    town_settings: ReaderSettings, few_names: Knowledge, tmp_path: Path
) -> None:
    missing = QueryEncoder(str(tmp_path / "no" / "encoder"), "per_language")
    missing.load()
    api, _service = reader(town_settings, missing, few_names)
    response = api.get(OCCUPATIONS, query_string={"q": "welder"})
    assert response.get_json()["degraded"] == ["semantic"]
    assert "max-age" not in response.headers.get("Cache-Control", "")
    for whole in ({}, {"q": "72106"}):
        response = api.get(OCCUPATIONS, query_string=whole)
        assert response.get_json()["degraded"] == []
        assert "max-age" in response.headers["Cache-Control"]


def test_an_occupation_whose_best_listings_are_ranked_without_meaning_says_so(
    town_settings: ReaderSettings, few_names: Knowledge, tmp_path: Path, query_encoder: QueryEncoder
) -> None:
    missing = QueryEncoder(str(tmp_path / "no" / "encoder"), "per_language")
    for encoder, left_out in ((missing, ["semantic"]), (query_encoder, [])):
        response = reader(town_settings, encoder, few_names)[0].get(f"{OCCUPATIONS}/72106")
        assert response.get_json()["degraded"] == left_out
        assert ("max-age" in response.headers.get("Cache-Control", "")) == (not left_out)
