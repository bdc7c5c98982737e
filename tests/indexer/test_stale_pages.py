"""A feed that fails at night, as a learner and a portal are shown its listings the next morning."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from search_api.app import create_app
from tests.conftest import reader_settings
from tests.indexer.conftest import Catalogue
from tests.indexer.test_nights import NO_GOOD_ROW, made_older

FIRST_NIGHT = "2026-11-12"
SAID = {
    "en": "Data from before November 12, 2026; the institution&#39;s latest update could not be used.",
    "fr": "Données d&#39;avant le 12 novembre 2026; la dernière mise à jour de l&#39;établissement n&#39;a pas pu être "
    "utilisée.",
}


@pytest.fixture
def morning(catalogue: Catalogue) -> FlaskClient:
    """The reader after a second night in which the feed of one of two institutions held no good row."""
    catalogue.load()
    catalogue.feed("maple.csv", NO_GOOD_ROW)
    catalogue.load()
    made_older(catalogue, "maple", FIRST_NIGHT)
    catalogue.load()
    settings = catalogue.settings
    return create_app(reader_settings(settings.opensearch_url, Path(settings.model), catalogue.prefix)).test_client()


def test_listings_of_a_feed_that_failed_show_since_when_and_those_of_others_do_not(morning: FlaskClient) -> None:
    answer = morning.get("/v1/credentials?per_page=50").get_json()
    assert {hit["id"]: (hit.get("stale"), hit.get("stale_since")) for hit in answer["hits"]} == {
        "maple.W-1": (True, FIRST_NIGHT), "maple.C-1": (True, FIRST_NIGHT), "maple.B-1": (True, FIRST_NIGHT),
        "grands-pins.S-1": (None, None), "grands-pins.P-1": (None, None),
    }  # fmt: skip
    for language, said in SAID.items():
        results = morning.get(f"/?lang={language}&sort=title", headers={"Accept": "text/html"}).text
        assert results.count(said) == 3
        assert said in morning.get(f"/credentials/maple.W-1?lang={language}", headers={"Accept": "text/html"}).text
        fresh = morning.get(f"/credentials/grands-pins.S-1?lang={language}", headers={"Accept": "text/html"}).text
        assert said not in fresh
