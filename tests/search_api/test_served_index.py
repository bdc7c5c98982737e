"""Which index is read, and what happens when it changes under a reader's hands."""

import dataclasses
import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from opensearchpy import OpenSearch

from mappings.embedding import Encoder
from mappings.knowledge import Knowledge
from search_api.app import create_app, search_service
from search_api.encoding import QueryEncoder
from search_api.engine import Engine, EngineUnavailableError, IndexGoneError, NoIndexError
from search_api.service import SearchService
from search_api.settings import ReaderSettings
from tests.conftest import reader_settings
from tests.search_api.asking import SEARCH, ask, ids, problem_of, reason_types
from tests.search_api.catalogue import LISTINGS, listing, load, serve
from tests.search_api.conftest import reader

FIRST = (listing("forge.A-1", "Pottery One"), listing("forge.A-2", "Pottery Two"))
SECOND = (listing("forge.B-1", "Pottery Three"),)


@dataclasses.dataclass(frozen=True)
class Room:
    """A reader over an index prefix of its own, and the means to change what is behind it."""

    api: FlaskClient
    service: SearchService
    engine: OpenSearch
    encoder: Encoder
    prefix: str

    def load(self, listings: tuple[Any, ...], **how: Any) -> str:
        return load(self.engine, self.prefix, listings, self.encoder, **how)

    def prune(self, name: str) -> None:
        self.engine.indices.delete(index=name)


@pytest.fixture
def room(
    engine: OpenSearch, prefix: str, town_settings: ReaderSettings, encoder: Encoder, query_encoder: QueryEncoder,
    few_names: Knowledge,
) -> Room:  # fmt: skip
    api, service = reader(town_settings.model_copy(update={"index_prefix": prefix}), query_encoder, few_names)
    return Room(api, service, engine, encoder, prefix)


def between_calls(service: SearchService, monkeypatch: pytest.MonkeyPatch, happen: Iterator[Any]) -> None:
    """Something happens after each of the next calls to the engine."""
    asked = service.engine.multi_search

    def ask_and_happen(*arguments: Any) -> Any:
        items = asked(*arguments)
        next(happen, None)
        return items

    monkeypatch.setattr(service.engine, "multi_search", ask_and_happen)


def test_a_swap_between_two_requests_never_gives_an_error_or_an_empty_answer(room: Room) -> None:
    first = room.load(FIRST)
    assert ask(room.api, q="pottery")["total"] == 2
    room.load(SECOND)
    assert ask(room.api, q="pottery")["total"] in (1, 2)
    room.prune(first)
    assert ids(ask(room.api, q="pottery")) == ["forge.B-1"]


def test_what_is_shown_of_a_listing_is_never_that_of_another_index(room: Room) -> None:
    for title in ("Pottery One", "Pottery Anew"):
        room.load((listing("forge.A-1", title),))
        room.service.engine.forget()
        assert [hit["title"] for hit in ask(room.api, q="pottery")["hits"]] == [title]


def test_what_is_shown_of_a_listing_is_as_of_the_day(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    room.load((listing("forge.A-1", "Pottery One", starts=["2030-01-07", "2030-02-04"]),))
    for day, start in ((1, "2030-01-07"), (20, "2030-02-04")):
        monkeypatch.setattr(room.service, "today", lambda day=day: dt.date(2030, 1, day))
        assert [hit["next_start"] for hit in ask(room.api, q="pottery")["hits"]] == [start]


def test_a_swap_between_the_two_calls_of_one_request_leaves_its_answer_whole(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    room.load(FIRST)
    second = room.load(SECOND, alias=False)

    def swap() -> Iterator[None]:
        serve(room.engine, room.prefix, second)
        yield

    between_calls(room.service, monkeypatch, swap())
    answer = ask(room.api, q="pottery")
    assert (answer["total"], set(ids(answer))) == (2, {"forge.A-1", "forge.A-2"})


def test_an_index_pruned_between_the_two_calls_of_one_request_is_looked_up_again(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = room.load(FIRST)
    second = room.load(SECOND, alias=False)

    def swap_and_prune() -> Iterator[None]:
        serve(room.engine, room.prefix, second)
        room.prune(first)
        yield

    between_calls(room.service, monkeypatch, swap_and_prune())
    answer = ask(room.api, q="pottery")
    assert (answer["total"], ids(answer)) == (1, ["forge.B-1"])


def test_a_pruned_index_is_looked_up_again_for_a_single_listing_and_for_the_first_call(room: Room) -> None:
    first = room.load(FIRST)
    ask(room.api, q="pottery")
    room.load(SECOND)
    room.prune(first)
    assert ask(room.api, f"{SEARCH}/forge.B-1")["title"] == "Pottery Three"


def test_an_index_that_is_replaced_faster_than_it_can_be_read_is_a_503(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    room.load(FIRST)

    def gone(*_arguments: Any) -> Any:
        raise IndexGoneError("index_not_found_exception")

    monkeypatch.setattr(room.service.engine, "multi_search", gone)
    assert problem_of(room.api, 503)["type"].endswith(":index-not-ready")


def test_nothing_loaded_is_a_503_that_says_so_and_readiness_tells_the_alias_is_down(room: Room) -> None:
    assert "nothing has been loaded yet" in problem_of(room.api, 503)["detail"]
    response = room.api.get("/readyz")
    assert response.status_code == 503
    assert response.get_json() | {"index": None} == {
        "ready": False, "engine": "up", "alias": "down", "fingerprint": "unknown",
        "search": "unknown", "encoder": "up", "degraded": [],
        "index": None,
    }  # fmt: skip


def test_an_index_that_was_not_finished_is_not_served(room: Room) -> None:
    room.load(FIRST, complete=False)
    assert problem_of(room.api, 503)["type"].endswith(":index-not-ready")
    assert room.api.get("/readyz").get_json()["alias"] == "down"


def test_an_index_that_was_not_finished_is_only_asked_by_its_own_name(room: Room) -> None:
    name = room.load(FIRST, complete=False, alias=False)
    found = room.service.engine.named(name)
    assert (found.name, found.meta.complete) == (name, False)
    with pytest.raises(NoIndexError):
        room.service.engine.named(f"{name}-gone")


def test_an_index_of_somebody_else_is_not_served(room: Room) -> None:
    room.engine.indices.create(index=f"{room.prefix}-000000000000-20260101000000")
    serve(room.engine, room.prefix, f"{room.prefix}-000000000000-20260101000000")
    assert problem_of(room.api, 503)["type"].endswith(":index-not-ready")


@pytest.mark.parametrize("part", ["contract", "fingerprint"])
def test_an_index_of_another_contract_or_recipe_is_refused_by_searches_and_readiness(room: Room, part: str) -> None:
    name = room.load(FIRST, **{part: "0" * 12})
    assert "another version" in problem_of(room.api, 503, query="q=pottery")["detail"]
    assert "autre version" in problem_of(room.api, 503, f"{SEARCH}/forge.A-1", "lang=fr")["detail"]
    response = room.api.get("/readyz")
    assert response.status_code == 503
    body = response.get_json()
    assert (body["ready"], body["alias"], body["fingerprint"], body["index"]) == (False, "up", "down", name)


def test_readiness_names_the_index_its_size_and_its_age(town: FlaskClient) -> None:
    response = town.get("/readyz")
    body = response.get_json()
    assert response.status_code == 200
    assert (body["ready"], body["engine"], body["alias"], body["fingerprint"], body["encoder"]) == (
        True, "up", "up", "up", "up",
    )  # fmt: skip
    assert body["listings"] == len(LISTINGS)
    assert body["index"].startswith("test-town-")
    assert body["built"]
    assert response.headers["Cache-Control"] == "no-store"
    assert "min_score" not in town.get("/healthz").text
    assert town.get("/healthz").get_json() == {"status": "up"}


def test_one_failed_leg_never_hides_as_an_empty_answer(
    town_service: SearchService, monkeypatch: pytest.MonkeyPatch, town_settings: ReaderSettings
) -> None:
    api = create_app(town_settings, town_service).test_client()
    client: Any = town_service.engine._client
    asked = client.msearch
    faults: list[dict[str, Any]] = [
        {"error": {"type": "search_phase_execution_exception"}, "status": 500},
        {"timed_out": True, "hits": {"hits": []}},
        {"timed_out": False, "_shards": {"total": 2, "failed": 1}, "hits": {"hits": []}},
    ]
    for fault in faults:
        for leg in range(4):

            def one_leg_fails(leg: int = leg, fault: dict[str, Any] = fault, **arguments: Any) -> Any:
                answer = asked(**arguments)
                if len(answer["responses"]) > 1:
                    answer["responses"][leg] = fault
                return answer

            monkeypatch.setattr(client, "msearch", one_leg_fails)
            assert problem_of(api, 503, query="q=welder")["type"].endswith(":engine-unavailable")


def test_a_page_that_cannot_be_fetched_is_a_503_too(
    town_service: SearchService, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = town_service.engine.multi_search

    def second_call_fails(index: str, bodies: list[Any], deadline: Any) -> Any:
        if len(bodies) == 1:
            raise EngineUnavailableError("late")
        return asked(index, bodies, deadline)

    monkeypatch.setattr(town_service.engine, "multi_search", second_call_fails)
    with pytest.raises(EngineUnavailableError):
        town_service.listing("forge.WELD-1", "en")


def test_a_service_is_ready_when_a_search_was_answered(
    town_settings: ReaderSettings,
    query_encoder: QueryEncoder,
    few_names: Knowledge,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    api, service = reader(town_settings, query_encoder, few_names)

    def late(*_: object) -> None:
        raise EngineUnavailableError("late")

    with monkeypatch.context() as patch:
        patch.setattr(service.engine, "multi_search", late)
        response = api.get("/readyz")
        found = response.get_json()
        assert (response.status_code, found["ready"], found["fingerprint"], found["search"]) == (
            503,
            False,
            "up",
            "down",
        )
    assert api.get("/readyz").get_json()["search"] == "up"
    with monkeypatch.context() as patch:
        patch.setattr(service.engine, "multi_search", late)
        assert api.get("/readyz").status_code == 200, "one that answered is not asked again"
        assert api.get(SEARCH, query_string={"q": "welder"}).status_code == 503
        assert api.get("/readyz").status_code == 503


def test_without_the_encoder_words_and_links_still_answer_and_everyone_is_told(
    town_settings: ReaderSettings, few_names: Knowledge, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    missing = QueryEncoder(str(tmp_path / "no" / "encoder"), "per_language")
    missing.load()
    api, _service = reader(town_settings, missing, few_names)
    response = api.get(SEARCH, query_string={"q": "welder"})
    answer = response.get_json()
    assert answer["degraded"] == ["semantic"]
    assert "max-age" not in response.headers.get("Cache-Control", "")
    assert set(ids(answer)) == {"forge.WELD-1", "atelier.SOUD-2"}
    assert all("semantic" not in reason_types(hit) for hit in answer["hits"])
    assert ask(api)["degraded"] == []
    ready = api.get("/readyz")
    assert ready.status_code == 200
    assert (ready.get_json()["encoder"], ready.get_json()["degraded"]) == ("down", ["semantic"])
    assert "results are by words only" in api.get("/?q=welder").text
    assert "encoder_missing" in capsys.readouterr().out


def test_a_service_is_made_from_settings_with_its_encoder_loaded_or_not(
    engine_url: str, tmp_path: Path, town_prefix: str
) -> None:
    made = search_service(reader_settings(engine_url, tmp_path / "no" / "encoder", town_prefix, exact_up_to=5))
    assert made.encoder.recipe is None
    assert made.usable().meta.listings == len(LISTINGS)


def test_the_application_starts_without_an_engine_and_connects_at_the_first_request(
    query_encoder: QueryEncoder, few_names: Knowledge
) -> None:
    settings = ReaderSettings(opensearch_url="http://127.0.0.1:9", opensearch_user="u", opensearch_password="p")
    api, _service = reader(settings, query_encoder, few_names)
    assert api.get("/healthz").status_code == 200
    assert problem_of(api, 503)["type"].endswith(":engine-unavailable")


def test_an_engine_without_tls_is_unavailable_to_a_reader_that_demands_it(engine_url: str, tmp_path: Path) -> None:
    authority = tmp_path / "ca.pem"
    authority.write_text("")
    url = engine_url.replace("http://", "https://")
    with pytest.raises(EngineUnavailableError):
        Engine(ReaderSettings(opensearch_url=url, opensearch_ca=authority)).served()
