"""Ways out of answers and pages, what is counted of them, and where the counters are read."""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
from flask.testing import FlaskClient
from opensearchpy import OpenSearch
from prometheus_client.parser import text_string_to_metric_families
from werkzeug.test import TestResponse

from mappings.embedding import Encoder
from mappings.knowledge import Knowledge
from search_api.app import create_app
from search_api.encoding import QueryEncoder
from search_api.service import SearchService
from search_api.settings import ReaderSettings
from search_api.usage.ledger import FILE
from search_api.usage.usage import USAGE
from search_api.web import SERVICE
from tests.conftest import reader_settings
from tests.search_api.asking import SEARCH, ask, hit_of, problem_of
from tests.search_api.catalogue import LISTINGS, load
from tests.search_api.conftest import reader
from tests.search_api.fault_proxy import FaultProxy
from tests.search_api.html_page import Element, read_page
from tests.search_api.test_hostile_input import PIECES, RAW
from tests.search_api.usage.making import Clock, on_disk, told

CAD, SITE = "forge.CAD-10", "https://forge.example/cad"
BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
Series = tuple[tuple[str, str], ...]


def counters(api: FlaskClient) -> dict[str, dict[Series, float]]:
    """What `/metrics` says: by name, the numbers by their labels."""
    response = api.get("/metrics")
    assert response.status_code == 200, response.text
    assert response.content_type.startswith("text/plain; version=1.0.0")
    families = text_string_to_metric_families(response.text)
    samples = [sample for family in families for sample in family.samples]
    found: dict[str, dict[Series, float]] = {}
    for sample in samples:
        name = sample.name.removeprefix("micro_credentials_").removesuffix("_total")
        found.setdefault(name, {})[tuple(sorted(sample.labels.items()))] = sample.value
    return found


def total(api: FlaskClient, name: str, **labels: str) -> float:
    series = counters(api).get(name, {})
    return sum(number for found, number in series.items() if labels.items() <= dict(found).items())


def out_of(api: FlaskClient, **more: Any) -> str:
    """The way out of the one listing that has an address, as a search gives it."""
    found: str = hit_of(ask(api, q="autocad", **more), CAD)["out"]
    return found


def changed(address: str, **parameters: str) -> str:
    parts = urlsplit(address)
    return f"{parts.path}?{urlencode({**dict(parse_qsl(parts.query)), **parameters})}"


def page(response: TestResponse, status: int = 200) -> Element:
    assert response.status_code == status, response.text
    return read_page(response.text)


def leads_out(response: TestResponse) -> bool:
    return response.status_code == 302 and response.headers["Location"] == SITE


def test_a_visit_is_led_to_the_institutions_page_and_counted_by_rank(counting: FlaskClient) -> None:
    response = counting.get(out_of(counting))
    assert leads_out(response)
    assert response.data == b""
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["Referrer-Policy"] == "strict-origin"
    assert "noindex" in response.headers["X-Robots-Tag"]
    assert "Set-Cookie" not in response.headers
    labels = {"surface": "api", "language": "en", "rank": "1"}
    assert counters(counting)["clicks_out"] == {tuple(sorted(labels.items())): 1}


def test_a_listings_own_address_stays_beside_the_way_out(counting: FlaskClient) -> None:
    hit = hit_of(ask(counting, q="autocad"), CAD)
    assert hit["url"] == SITE
    assert urlsplit(hit["out"]).path == "/out"


def test_a_listing_without_a_site_has_no_way_out(counting: FlaskClient) -> None:
    hits = {hit["id"]: hit for hit in ask(counting, per_page=100)["hits"]}
    assert {name for name, hit in hits.items() if "out" in hit} == {CAD}
    assert hits["forge.HOST-7"]["url"] == "javascript:alert(1)"
    assert "out" not in ask(counting, f"{SEARCH}/forge.HOST-7")
    assert "out" in ask(counting, f"{SEARCH}/{CAD}")


def test_ranks_go_on_from_page_to_page(counting: FlaskClient) -> None:
    per_page = 3
    everything = [hit["id"] for hit in ask(counting, per_page=100, sort="cost")["hits"]]
    rank = everything.index(CAD) + 1
    number = (rank - 1) // per_page + 1
    assert number > 1
    hit = hit_of(ask(counting, per_page=per_page, page=number, sort="cost"), CAD)
    assert dict(parse_qsl(urlsplit(hit["out"]).query))["rank"] == str(rank)
    shown = counting.get(f"/?sort=cost&per_page={per_page}&page={number}", headers=BROWSER)
    (link,) = [each["href"] for each in page(shown).all("a") if CAD in each["href"]]
    assert dict(parse_qsl(urlsplit(link).query))["rank"] == str(rank)


def test_the_rank_of_a_search_goes_with_a_person_through_the_listings_page(counting: FlaskClient) -> None:
    results = page(counting.get("/?q=autocad&lang=fr", headers=BROWSER))
    (link,) = [each["href"] for each in results.all("a") if CAD in each["href"]]
    out = page(counting.get(link, headers=BROWSER)).one("a", rel="external nofollow")
    assert leads_out(counting.get(out["href"], headers=BROWSER))
    assert total(counting, "clicks_out", surface="page", language="fr", rank="1") == 1


def test_a_listing_opened_by_itself_counts_without_rank(counting: FlaskClient) -> None:
    out = page(counting.get(f"/credentials/{CAD}", headers=BROWSER)).one("a", rel="external nofollow")
    counting.get(out["href"])
    counting.get(ask(counting, f"{SEARCH}/{CAD}")["out"])
    assert total(counting, "clicks_out", rank="none") == 2


@pytest.mark.parametrize("rank", ["0", "1001", "x", ""])
def test_a_rank_there_is_not_is_refused(counting: FlaskClient, rank: str) -> None:
    assert counting.get(f"/credentials/{CAD}?rank={rank}").status_code == 400


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Purpose": "prefetch"},
        {"Sec-Purpose": "prefetch;prerender"},
        {"Purpose": "prefetch"},
        {"X-Moz": "prefetch"},
    ],
)
def test_a_browser_that_looks_ahead_is_led_on_but_nothing_is_counted(
    counting: FlaskClient, headers: dict[str, str]
) -> None:
    assert leads_out(counting.get(out_of(counting), headers=headers))
    counting.get(f"{SEARCH}?q=welding", headers=headers)
    assert total(counting, "clicks_out") == 0
    assert total(counting, "searches") == 1


def test_a_head_request_is_led_on_but_not_counted(counting: FlaskClient) -> None:
    assert leads_out(counting.head(out_of(counting)))
    counting.head(f"{SEARCH}?q=welding")
    assert total(counting, "clicks_out") == 0
    assert total(counting, "searches") == 1


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize(("name", "value"), [("to", "https://evil.example"), ("rank", "9"), ("signature", "x")])
def test_a_changed_link_is_refused_in_the_callers_language(
    counting: FlaskClient, name: str, value: str, lang: str
) -> None:
    address = changed(out_of(counting, lang=lang), **{name: value})
    problem = problem_of(counting, 400, "/out", urlsplit(address).query)
    assert problem["type"].endswith("link-not-signed")
    assert ("Cherchez" in problem["detail"]) == (lang == "fr")
    refused = counting.get(address, headers=BROWSER)
    assert "Location" not in refused.headers
    assert page(refused, 400).all("input", id="q")
    assert total(counting, "clicks_out") == 0


def test_what_an_app_adds_to_a_link_that_is_passed_on_does_not_break_it(counting: FlaskClient) -> None:
    assert leads_out(counting.get(f"{out_of(counting)}&fbclid=x"))


@pytest.mark.parametrize("raw", [*RAW, *(urlencode({"to": text, "listing": text}) for text in PIECES.values())])
def test_any_bytes_on_the_way_out_are_refused(counting: FlaskClient, raw: str) -> None:
    response = counting.get(f"/out?{raw}")
    assert response.status_code == 400
    assert "Location" not in response.headers


@pytest.mark.parametrize("piece", PIECES.values(), ids=list(PIECES))
def test_any_text_in_a_signed_link_is_refused(counting: FlaskClient, piece: str) -> None:
    address = out_of(counting)
    for name in ("to", "listing", "signature", "rank", "lang", "surface"):
        assert counting.get(changed(address, **{name: piece[:200]})).status_code == 400


def test_a_link_holds_while_the_engine_is_away(
    proxy: FaultProxy, town_settings: ReaderSettings, query_encoder: QueryEncoder, few_names: Knowledge, tmp_path: Path
) -> None:
    given = {"opensearch_url": proxy.url, "engine_seconds": 1.5, "usage_dir": tmp_path}
    api, _ = reader(town_settings.model_copy(update=given), query_encoder, few_names)
    out = out_of(api)
    proxy.refuse()
    assert api.get(f"{SEARCH}?q=autocad").status_code == 503
    assert leads_out(api.get(out))
    assert total(api, "clicks_out") == 1


def test_a_link_follows_the_served_index_and_ends_with_its_listing(
    engine: OpenSearch, prefix: str, encoder: Encoder, town_settings: ReaderSettings, town_service: SearchService,
    tmp_path: Path,
) -> None:  # fmt: skip
    (listing,) = [each for each in LISTINGS if each.id == CAD]
    load(engine, prefix, [listing], encoder)
    given = {"index_prefix": prefix, "usage_dir": tmp_path}
    api, service = reader(town_settings.model_copy(update=given), town_service.encoder, town_service.knowledge)
    out = out_of(api)
    for url, status, location in (
        ("https://forge.example/moved", 302, "https://forge.example/moved"),
        ("javascript:alert(1)", 410, None),
        (None, 410, None),
    ):
        load(engine, prefix, [listing.model_copy(update={"url": url})], encoder)
        service.engine.forget()
        response = api.get(out)
        assert (response.status_code, response.headers.get("Location")) == (status, location)
    load(engine, prefix, [each for each in LISTINGS if each.id != CAD], encoder)
    service.engine.forget()
    gone = problem_of(api, 410, "/out", urlsplit(out).query, Accept_Language="fr")
    assert gone["type"].endswith("listing-gone")
    assert page(api.get(out, headers=BROWSER), 410).all("input", id="q")
    assert total(api, "clicks_out") == 1


def test_searches_and_what_became_of_them_are_counted_by_surface_and_language(counting: FlaskClient) -> None:
    found = ask(counting, q="welding", lang="fr")
    counting.get("/?q=welding", headers=BROWSER)
    ask(counting, q="zzzzzz", institution="nobody")
    assert total(counting, "searches", surface="api", language="fr") == 1
    assert total(counting, "searches", surface="page", language="en") == 1
    assert total(counting, "searches_without_result") == total(counting, "searches_without_result", language="en") == 1
    assert total(counting, "impressions", surface="api") == len(found["hits"])
    assert total(counting, "impressions", surface="api", rank="1") == 1


def test_answers_with_nothing_suitable_are_counted(
    engine_url: str, encoder_folder: Path, sample_prefix: str, sample_service: SearchService, tmp_path: Path
) -> None:
    settings = reader_settings(engine_url, encoder_folder, sample_prefix, usage_dir=tmp_path)
    api = create_app(settings, sample_service).test_client()
    answer = ask(api, q="pilot a submarine")
    assert answer["total"]
    ask(api, q="welder")
    assert (total(api, "searches"), total(api, "searches_unsuitable")) == (2, 1)


def test_degraded_answers_are_counted(counting: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counting.application.extensions[SERVICE].encoder, "vector", lambda _text: None)
    assert ask(counting, q="welding")["degraded"]
    assert total(counting, "searches_degraded") == 1


def test_the_home_page_a_refusal_and_a_probe_are_no_searches(counting: FlaskClient) -> None:
    counting.get("/", headers=BROWSER)
    counting.get(f"{SEARCH}?page=0")
    counting.get("/readyz")
    counting.get("/v1/suggest?q=weld")
    counting.get("/v1/occupations?q=welder")
    assert total(counting, "searches") == total(counting, "impressions") == 0


def test_every_counter_is_there_before_anything_happens_with_what_it_means(counting: FlaskClient) -> None:
    text = counting.get("/metrics").text
    for name in ("searches", "searches_without_result", "searches_unsuitable", "searches_degraded", "impressions",
                 "clicks_out"):  # fmt: skip
        assert f"# HELP micro_credentials_{name}_total " in text
        assert f"# TYPE micro_credentials_{name}_total counter" in text


def test_no_label_says_who_or_what_was_asked(counting: FlaskClient) -> None:
    for query in ("secretword", "welding"):
        counting.get(
            f"/?q={query}", headers={**BROWSER, "User-Agent": "secretbrowser", "Referer": "https://secret.example"}
        )
    counting.get(out_of(counting), headers={"Referer": "https://secret.example", "X-Forwarded-For": "192.0.2.7"})
    response = counting.get("/metrics")
    names = {name for series in counters(counting).values() for labels in series for name, _ in labels}
    assert names == {"surface", "language", "rank"}
    for word in ("secret", "192.0.2", "welding", "forge"):
        assert word not in response.text
    assert response.headers["Cache-Control"] == "no-store"


def test_a_query_asked_five_times_by_page_and_api_is_in_the_daily_file_and_one_asked_four_times_is_not(
    counting: FlaskClient, counting_at: Clock, tmp_path: Path
) -> None:
    for number in range(5):
        counting.get("/?q=Welding!", headers=BROWSER) if number % 2 else ask(counting, q="welding")
        if number < 4:
            ask(counting, q="orchard pruning")
        ask(counting, q="zzzzzz", page=2)
        ask(counting, q="pastry", delivery="online")
        ask(counting, q="call 416-555-0199")
        counting_at.pass_by(minutes=1)
    counting.get("/metrics")
    assert set(told(tmp_path)) == {("en", "welding")}
    kept = on_disk(tmp_path)
    assert b"welding" in kept
    for word in (b"orchard", b"zzzz", b"pastry", b"0199"):
        assert word not in kept


def test_the_log_says_nothing_of_a_link(counting: FlaskClient, capsys: pytest.CaptureFixture[str]) -> None:
    out = out_of(counting)
    capsys.readouterr()
    counting.get(out)
    counting.get(changed(out, to="https://secret.example"))
    counting.get("/metrics")
    printed = capsys.readouterr().out
    assert len(printed.splitlines()) == 2
    assert '"route": "/out"' in printed
    for word in ("forge", "secret", "example", dict(parse_qsl(urlsplit(out).query))["signature"]):
        assert word not in printed


def test_no_portal_may_read_the_counters_or_a_link_in_a_browser(
    town_settings: ReaderSettings, town_service: SearchService, tmp_path: Path
) -> None:
    portal = "https://portal.example"
    given = {"cors_origins": (portal,), "usage_dir": tmp_path}
    api = create_app(town_settings.model_copy(update=given), town_service).test_client()
    assert "Access-Control-Allow-Origin" in api.get(SEARCH, headers={"Origin": portal}).headers
    for path in ("/metrics", "/out", out_of(api)):
        assert "Access-Control-Allow-Origin" not in api.get(path, headers={"Origin": portal}).headers


@pytest.fixture
def quiet(town_settings: ReaderSettings, town_service: SearchService, tmp_path: Path) -> FlaskClient:
    given = {"usage": False, "usage_dir": tmp_path / "usage"}
    return create_app(town_settings.model_copy(update=given), town_service).test_client()


def test_switched_off_links_lead_straight_and_nothing_is_counted_or_written(quiet: FlaskClient, tmp_path: Path) -> None:
    assert out_of(quiet) == SITE
    results = page(quiet.get("/?q=autocad", headers=BROWSER))
    assert not [each for each in results.all("a") if "rank=" in each["href"]]
    assert page(quiet.get(f"/credentials/{CAD}", headers=BROWSER)).one("a", rel="external nofollow")["href"] == SITE
    assert problem_of(quiet, 404, "/metrics")["type"].endswith("not-found")
    assert list(tmp_path.iterdir()) == []
    assert "keep_usage" not in quiet.application.extensions


def test_links_of_earlier_are_followed_after_counting_was_switched_off(
    counting: FlaskClient, town_settings: ReaderSettings, town_service: SearchService, tmp_path: Path
) -> None:
    given = {"usage": False, "usage_dir": tmp_path}
    later = create_app(town_settings.model_copy(update=given), town_service).test_client()
    assert leads_out(later.get(out_of(counting)))


def test_a_folder_that_cannot_be_written_breaks_neither_search_nor_link(
    town_settings: ReaderSettings, town_service: SearchService, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    given = {"usage_dir": tmp_path / "file" / "usage"}
    api = create_app(town_settings.model_copy(update=given), town_service).test_client()
    assert leads_out(api.get(out_of(api)))
    api.application.extensions["write_usage"]()
    assert ask(api, q="welding")["hits"]
    assert problem_of(api, 503, "/metrics", Accept_Language="fr")["title"] == "Les compteurs ne peuvent être lus"


def test_what_the_server_is_to_call_writes_what_was_counted(counting: FlaskClient, tmp_path: Path) -> None:
    ask(counting, q="welding")
    assert not (tmp_path / FILE).exists()
    counting.application.extensions["write_usage"]()
    assert (tmp_path / FILE).exists()
    assert counting.application.extensions["keep_usage"]().daemon
    assert counting.application.extensions[USAGE].recorder is not None
