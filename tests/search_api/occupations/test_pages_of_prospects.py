"""Outlook, careers and wages on the plain pages."""

from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.search_api.asking import ask
from tests.search_api.html_page import Element, read_page

BROWSER = {"Accept": "text/html"}
WELDER = "72106"
LICENCE = {"en": "Open Government Licence – Canada", "fr": "Licence du gouvernement ouvert – Canada"}
each_language = pytest.mark.parametrize("lang", ["en", "fr"])


def opened(api: FlaskClient, path: str, **parameters: Any) -> Element:
    response = api.get(path, query_string=parameters, headers=BROWSER)
    assert response.status_code == 200, response.text
    return read_page(response.text)


def welding(api: FlaskClient, lang: str) -> dict[str, Any]:
    hit: dict[str, Any] = ask(api, occupation=WELDER, lang=lang)["hits"][0]
    return hit


@each_language
def test_a_result_has_a_line_of_outlook_and_the_page_its_source_and_licence_once(
    sample_api: FlaskClient, lang: str
) -> None:
    page = opened(sample_api, "/", occupation=WELDER, lang=lang)
    lines = [badge.text for badge in page.all("span", class_="badge") if "Canada, 2024–2033" in badge.text]
    assert len(lines) == ask(sample_api, occupation=WELDER)["total"]
    assert all(line.endswith(welding(sample_api, lang)["outlook"]["label"]) for line in lines)
    assert page.text.count(LICENCE[lang]) == 1


@each_language
def test_a_listings_page_shows_careers_outlook_with_source_and_that_wages_are_not_available(
    sample_api: FlaskClient, lang: str
) -> None:
    hit = welding(sample_api, lang)
    found = ask(sample_api, f"/v1/credentials/{hit['id']}", lang=lang)
    page = opened(sample_api, f"/credentials/{hit['id']}", lang=lang)
    links = {link.text for link in page.all("a")}
    assert {career["label"] for part in found["careers"].values() for career in part} <= links
    national = found["outlook"]["national"]
    source = national["source"]
    said = (national["future"]["label"], national["recent"]["source_label"], source["title"], str(source["row"]))
    for words in (*said, LICENCE[lang], found["outlook"]["note"], found["wages"]["note"]):
        assert words in page.text, words


def test_imported_outlook_and_wages_are_on_the_page_with_their_sources(imported_api: FlaskClient) -> None:
    hit = welding(imported_api, "en")
    text = opened(imported_api, f"/credentials/{hit['id']}", lang="en").text
    for words in ("Good chances of finding work", "Yards are hiring.", "$28.50 an hour", "Released December 3, 2025"):
        assert words in text, words
    assert "not available" not in text


def test_a_listing_that_leads_to_no_occupation_says_nothing_of_careers(town: FlaskClient) -> None:
    text = opened(town, "/credentials/forge.NONE-11", lang="en").text
    assert "Outlook" not in text
    assert "Wages" not in text
