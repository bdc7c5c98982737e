"""A name that the whole query is stands before everything that is understood otherwise."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from opensearchpy import OpenSearch

from mappings.embedding import Encoder
from search_api.encoding import QueryEncoder
from tests.conftest import reader_settings
from tests.search_api.asking import ask, hit_of, ids, reason_types
from tests.search_api.catalogue import WELDER, listing, loaded, small_knowledge
from tests.search_api.conftest import reader

TRAINS = [{"code": WELDER, "score": 1.0, "basis": "feed"}]
LISTINGS = (
    listing("forge.WELD-A", "Metal fabrication", "Welder training: a welder joins metal.", occupations=TRAINS),
    listing("forge.WELD-B", "Welding fundamentals for the welder", "Become a welder.", occupations=TRAINS),
    listing("forge.TITLED", "Welder", "A novel about a town, read and discussed."),
    listing("forge.FREE", "Free evening reading", "Novels discussed by candle light.", cost=200.0, currency="CAD"),
    listing("forge.HEALTH", "Bandages", "How to dress a wound.", subject="health-care"),
)


@pytest.fixture(scope="module")
def shelf(
    engine: OpenSearch, engine_url: str, encoder_folder: Path, encoder: Encoder, query_encoder: QueryEncoder
) -> Iterator[FlaskClient]:
    with loaded(engine, "shelf", LISTINGS, encoder) as prefix:
        yield reader(reader_settings(engine_url, encoder_folder, prefix), query_encoder, small_knowledge())[0]


def test_a_listings_own_title_is_never_overruled_by_an_occupation(shelf: FlaskClient) -> None:
    answer = ask(shelf, q="welder")
    assert ids(answer)[0] == "forge.TITLED"
    assert {"forge.WELD-A", "forge.WELD-B"} <= set(ids(answer))
    scores = {hit["id"]: hit["score"] for hit in answer["hits"]}
    assert scores["forge.TITLED"] < scores["forge.WELD-B"]
    credential, occupation = answer["query"]["meanings"]
    assert (credential["type"], credential["id"], credential["label"]) == ("credential", "forge.TITLED", "Welder")
    assert (occupation["type"], occupation["id"]) == ("occupation", WELDER)


def test_a_title_that_sounds_like_limits_is_a_title(shelf: FlaskClient) -> None:
    answer = ask(shelf, q="free evening reading")
    assert ids(answer)[0] == "forge.FREE"
    assert answer["query"]["limits"] == []
    limited = ask(shelf, q="free evening novels")["query"]["limits"]
    assert [limit["parameter"] for limit in limited if limit["applied"]] == ["cost_max"]


def test_a_subject_links_its_listings_and_says_so(shelf: FlaskClient) -> None:
    for text, lang in (("health care", "en"), ("soins de santé", "fr")):
        answer = ask(shelf, q=text, lang=lang)
        assert [found["id"] for found in answer["query"]["meanings"]] == ["health-care"]
        assert "subject" in reason_types(hit_of(answer, "forge.HEALTH"))
        others = [hit for hit in answer["hits"] if hit["id"] != "forge.HEALTH"]
        assert all("subject" not in reason_types(hit) for hit in others)


def test_an_institutions_name_is_its_listings(shelf: FlaskClient) -> None:
    answer = ask(shelf, q="Forge College")
    assert set(ids(answer)) == {made.id for made in LISTINGS}
    assert [(found["type"], found["id"], found["basis"]) for found in answer["query"]["meanings"]] == [
        ("institution", "forge", "exact")
    ]


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_the_page_offers_the_other_occupations_of_an_ambiguous_title(sample_api: FlaskClient, lang: str) -> None:
    page = sample_api.get("/", query_string={"q": "PSW", "lang": lang}).text
    assert {"en": "Which one?", "fr": "Laquelle?"}[lang] in page
    assert "q=home+support+worker" in page or "q=aide+%C3%A0+domicile" in page
