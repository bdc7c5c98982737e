"""Prices in other currencies, as learners meet them in both languages."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from opensearchpy import OpenSearch

from indexer.rates import with_dollars
from mappings.embedding import Encoder
from mappings.listing import Rate
from search_api.encoding import QueryEncoder
from tests.conftest import reader_settings
from tests.search_api.asking import ask, hit_of, ids
from tests.search_api.catalogue import listing, loaded, small_knowledge
from tests.search_api.conftest import reader

# Made up.
RATES = {
    "USD": Rate.model_validate(
        {"dollars": 1.5, "date": "2026-11-27", "source": {"en": "Bank of Maple", "fr": "Banque de l'Érable"}}
    ),
    "EUR": Rate.model_validate({"dollars": 1.625, "date": "2026-11-26", "source": {"en": "Bank <b>of</b> Maple"}}),
}
LISTINGS = [
    with_dollars(listing(f"forge.{identifier}", title, **more), RATES)
    for identifier, title, more in (
        ("CAD", "Welding in dollars", {"cost": 400, "currency": "CAD"}),
        ("UNSAID", "Welding in unsaid dollars", {"cost": 500}),
        ("USD", "Welding abroad", {"cost": 300, "currency": "USD"}),
        ("EUR", "Welding overseas", {"cost": 1000.4, "currency": "EUR"}),
        ("GBP", "Welding on an island", {"cost": 10, "currency": "GBP"}),
        ("FREE", "Welding for nothing", {"cost": 0, "currency": "GBP"}),
        ("NONE", "Welding at some price", {}),
    )
]


@pytest.fixture(scope="module")
def abroad(
    engine: OpenSearch, engine_url: str, encoder_folder: Path, encoder: Encoder, query_encoder: QueryEncoder
) -> Iterator[FlaskClient]:
    with loaded(engine, "abroad", LISTINGS, encoder) as prefix:
        yield reader(reader_settings(engine_url, encoder_folder, prefix), query_encoder, small_knowledge())[0]


def found(api: FlaskClient, **parameters: Any) -> set[str]:
    return {identifier.removeprefix("forge.") for identifier in ids(ask(api, **parameters))}


def test_a_price_with_a_rate_is_compared_by_what_it_is_in_dollars(abroad: FlaskClient) -> None:
    assert found(abroad, cost_max=450) == {"CAD", "USD", "FREE"}
    assert found(abroad, cost_max=449) == {"CAD", "FREE"}
    assert found(abroad, cost_min=450) == {"UNSAID", "USD", "EUR"}
    assert found(abroad, cost_min=420, cost_max=480) == {"USD"}


def test_a_price_without_a_rate_passes_no_filter_and_is_there_all_the_same(abroad: FlaskClient) -> None:
    assert "GBP" not in found(abroad, cost_min=0) | found(abroad, cost_max=1_000_000)
    assert "GBP" in found(abroad)


def test_an_order_by_price_goes_by_dollars_with_the_unknown_last_both_ways(abroad: FlaskClient) -> None:
    known = ["forge.FREE", "forge.CAD", "forge.USD", "forge.UNSAID", "forge.EUR"]
    assert ids(ask(abroad, sort="cost")) == [*known, "forge.GBP", "forge.NONE"]
    assert ids(ask(abroad, sort="-cost")) == [*reversed(known), "forge.GBP", "forge.NONE"]


def test_counts_beside_a_price_filter_are_of_what_it_lets_through(abroad: FlaskClient) -> None:
    answer = ask(abroad, cost_min=420, cost_max=480)
    institutions = next(facet for facet in answer["facets"] if facet["parameter"] == "institution")
    assert (answer["total"], [value["count"] for value in institutions["values"]]) == (1, [1])


def test_a_hit_shows_the_price_as_stated_and_about_what_it_is(abroad: FlaskClient) -> None:
    english, french = (hit_of(ask(abroad, lang=lang), "forge.USD") for lang in ("en", "fr"))
    assert (english["cost"], english["currency"], english["cost_cad"]) == (300.0, "USD", 450.0)
    assert english["rate"] == {"dollars": 1.5, "date": "2026-11-27", "source": "Bank of Maple"}
    assert english["cost_note"] == "about $450 CAD, at the rate of November 27, 2026 (Bank of Maple)"
    assert french["rate"]["source"] == "Banque de l'Érable"
    told = french["cost_note"].replace("\N{NO-BREAK SPACE}", " ")
    assert told == "environ 450 $ CA, au taux du 27 novembre 2026 (Banque de l'Érable)"


def test_a_price_without_a_rate_says_so(abroad: FlaskClient) -> None:
    english, french = (hit_of(ask(abroad, lang=lang), "forge.GBP") for lang in ("en", "fr"))
    assert english["cost_note"] == "in another currency: filters by cost leave it out"
    assert french["cost_note"].replace("\N{NO-BREAK SPACE}", " ").startswith("dans une autre devise : ")
    assert not {"rate", "cost_cad"} & set(english)


def test_dollars_and_what_is_free_need_no_note(abroad: FlaskClient) -> None:
    hits = {hit["id"]: hit for hit in ask(abroad)["hits"]}
    assert [name for name in ("CAD", "UNSAID", "FREE", "NONE") if "cost_note" in hits[f"forge.{name}"]] == []


@pytest.mark.parametrize("path", ["/?lang={lang}&q=welding", "/credentials/forge.USD?lang={lang}"])
def test_pages_say_it_in_each_language(abroad: FlaskClient, path: str) -> None:
    english, french = (
        abroad.get(path.format(lang=lang)).text.replace("\N{NO-BREAK SPACE}", " ") for lang in ("en", "fr")
    )
    assert "300 USD" in english
    assert "(about $450 CAD, at the rate of November 27, 2026 (Bank of Maple))" in english
    assert "environ 450 $ CA, au taux du 27 novembre 2026" in french


def test_a_source_with_markup_is_only_text(abroad: FlaskClient) -> None:
    page = abroad.get("/credentials/forge.EUR?lang=fr").text
    assert "Bank &lt;b&gt;of&lt;/b&gt; Maple" in page
