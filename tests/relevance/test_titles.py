"""Job titles as learners type them find what a careers adviser accepts, in their own language and in the other."""

from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from flask.testing import FlaskClient

from mappings.contract import LANGUAGES
from search_api.listing_view import course_of_view

TITLES_FILE = Path(__file__).with_name("titles.yml")
TOP = 3
LOOKED_AT = 10
LEAST_FOUND = 0.9
LEAST_CROSSED = 0.8

Titles = dict[str, list[dict[str, Any]]]


@pytest.fixture(scope="module")
def titles() -> Titles:
    body: Titles = yaml.safe_load(TITLES_FILE.read_text(encoding="utf-8"))
    return body


@cache
def found(api: FlaskClient, title: str, language: str) -> list[str]:
    """Ids of the first results. A title is asked once, whatever is looked for in its answer."""
    asked = {"q": title, "lang": language, "per_page": LOOKED_AT}
    response = api.get("/v1/credentials", query_string=asked)
    assert response.status_code == 200, response.text
    return [course_of_view(hit) for hit in response.get_json()["hits"]]


def is_written_in(api: FlaskClient, listing: str, language: str) -> bool:
    response = api.get(f"/v1/credentials/{listing}", query_string={"lang": language})
    assert response.status_code == 200, f"{listing} is not in the catalogue: {response.text}"
    return bool(response.get_json()["text_language"] == language)


def report(misses: dict[str, list[str]], asked: int) -> str:
    lines = [f"{title!r} found {', '.join(ids) or 'nothing'}" for title, ids in misses.items()]
    return "\n".join([f"{len(misses)} of {asked} titles missed:", *lines])


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_are_25_titles_and_most_can_be_answered_in_the_other_language(titles: Titles, language: str) -> None:
    asked = titles[language]
    assert len({entry["title"] for entry in asked}) == 25
    assert sum(bool(entry.get("cross")) for entry in asked) >= 12


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_listing_is_judged_twice_for_a_title_and_crossing_ones_are_accepted(titles: Titles, language: str) -> None:
    for entry in titles[language]:
        assert len(set(entry["accept"])) == len(entry["accept"]), entry["title"]
        assert set(entry.get("cross", ())) <= set(entry["accept"]), entry["title"]


def test_every_accepted_listing_is_in_the_catalogue_and_crossing_ones_lack_the_titles_language(
    sample_api: FlaskClient, titles: Titles
) -> None:
    for language, entries in titles.items():
        crossing = {listing for entry in entries for listing in entry.get("cross", ())}
        accepted = {listing for entry in entries for listing in entry["accept"]}
        assert crossing == {listing for listing in accepted if not is_written_in(sample_api, listing, language)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_nine_titles_in_ten_find_an_accepted_listing_among_the_first_three(
    sample_api: FlaskClient, titles: Titles, language: str
) -> None:
    accepted = {entry["title"]: set(entry["accept"]) for entry in titles[language]}
    first = {title: found(sample_api, title, language)[:TOP] for title in accepted}
    misses = {title: ids for title, ids in first.items() if not set(ids) & accepted[title]}
    assert len(misses) <= (1 - LEAST_FOUND) * len(first), report(misses, len(first))


@pytest.mark.parametrize("language", LANGUAGES)
def test_four_titles_in_five_find_a_listing_in_the_other_language_among_the_first_ten(
    sample_api: FlaskClient, titles: Titles, language: str
) -> None:
    crossing = {entry["title"]: set(entry["cross"]) for entry in titles[language] if entry.get("cross")}
    first = {title: found(sample_api, title, language) for title in crossing}
    misses = {title: ids for title, ids in first.items() if not set(ids) & crossing[title]}
    assert len(misses) <= (1 - LEAST_CROSSED) * len(first), report(misses, len(first))
