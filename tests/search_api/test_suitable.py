"""An answer says when nothing in the catalogue is what was asked for, and what comes nearest."""

import pytest
from flask.testing import FlaskClient

from search_api.fusion import Ranked
from search_api.order import nearest_subjects, suits
from search_api.ranking import RANKING
from tests.search_api.asking import ask

FAR = ("pilot a submarine", "sword swallowing for beginners", "piloter une fusée", "lire l'avenir dans les cartes")


def test_the_best_listing_decides() -> None:
    weak, strong = Ranked("a", RANKING.suitable - 0.01), Ranked("b", RANKING.suitable)
    assert (suits([strong, weak], RANKING), suits([weak], RANKING), suits([], RANKING)) == (True, False, False)
    assert suits([weak._replace(named=True)], RANKING)


def test_the_subjects_that_weigh_most_come_first() -> None:
    arts, law = {"id": "arts", "label": "Arts"}, {"id": "law", "label": "Law"}
    hits = [{"subject": law, "score": 0.1}, {"subject": arts, "score": 0.3}, {"subject": law, "score": 0.1}, {}]
    assert nearest_subjects(hits) == [arts, law]


@pytest.mark.parametrize("query", FAR)
def test_what_is_far_from_the_catalogue_is_answered_with_the_nearest_subjects(
    sample_api: FlaskClient, query: str
) -> None:
    answer = ask(sample_api, q=query, lang="fr" if query.startswith(("pi", "li")) and query != FAR[0] else "en")
    assert not answer["suitable"]
    assert answer["nearest_subjects"]
    assert {one["id"] for one in answer["nearest_subjects"]} <= {hit["subject"]["id"] for hit in answer["hits"]}


@pytest.mark.parametrize("query", ["welder", "bookkeeping", "AutoCAD", "soudeuse", "MH-104", ""])
def test_what_the_catalogue_has_is_suitable(sample_api: FlaskClient, query: str) -> None:
    answer = ask(sample_api, q=query)
    assert (answer["suitable"], answer["nearest_subjects"]) == (True, [])


def test_an_order_by_a_field_is_suitable_when_anything_matches(sample_api: FlaskClient) -> None:
    assert ask(sample_api, q="welder", sort="cost")["suitable"]
    assert not ask(sample_api, q="welder", sort="cost", cost_max="0", weeks_max="1", hours_max="1")["suitable"]


@pytest.mark.parametrize(("language", "words"), [("en", "Nothing in the catalogue"), ("fr", "Rien dans le catalogue")])
def test_the_page_says_so_and_links_the_subjects(sample_api: FlaskClient, language: str, words: str) -> None:
    page = sample_api.get("/", query_string={"q": "pilot a submarine", "lang": language}).text
    assert words in page
    assert "subject=" in page.split(words)[1].split("</p>")[0]
    assert words not in sample_api.get("/", query_string={"q": "welder", "lang": language}).text
