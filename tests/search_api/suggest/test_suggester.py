"""Suggestions keep up with the index that is served, whoever asks meanwhile."""

import threading
import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import pytest
from opensearchpy import OpenSearch

from mappings.embedding import Encoder
from mappings.knowledge import Knowledge
from mappings.reference import ExampleTitle
from mappings.reference_store import ReferenceStoreError
from search_api.encoding import QueryEncoder
from search_api.engine import NoIndexError
from search_api.service import SearchService
from search_api.settings import ReaderSettings
from search_api.suggest import inventory, suggester
from search_api.suggest.edition import Edition
from search_api.suggest.request import SuggestQuery
from search_api.suggest.suggester import Suggester
from tests.search_api.catalogue import LISTINGS, WELDER, listing, load
from tests.search_api.conftest import reader
from tests.search_api.suggest.making import title

WAIT = 20  # seconds, long beyond what any step takes
FIRST = (listing("forge.A-1", "Pottery One"), listing("forge.A-2", "Pottery Two"))
SECOND = (listing("forge.B-1", "Pottery Three"),)


@dataclass
class Titles:
    """Imported titles that say when they are read, and can be made to wait."""

    rows: tuple[ExampleTitle, ...] = (title("Pipe joiner", WELDER),)
    version: int = 1
    reads: int = 0
    begun: threading.Event = field(default_factory=threading.Event)
    may_go_on: threading.Event = field(default_factory=threading.Event)

    def __call__(self) -> Iterable[ExampleTitle]:
        self.reads += 1
        self.begun.set()
        assert self.may_go_on.wait(WAIT)
        return self.rows


@pytest.fixture
def titles() -> Titles:
    made = Titles()
    made.may_go_on.set()
    return made


def said(over: Suggester, q: str) -> list[str]:
    return [one.text for one in over.suggest(SuggestQuery(q=q), "en").suggestions]


@pytest.fixture
def service(
    prefix: str, town_settings: ReaderSettings, query_encoder: QueryEncoder, few_names: Knowledge
) -> SearchService:
    """A reader over an index prefix of its own, with nothing loaded yet."""
    return reader(town_settings.model_copy(update={"index_prefix": prefix}), query_encoder, few_names)[1]


def test_before_the_first_load_there_is_no_index(service: SearchService) -> None:
    with pytest.raises(NoIndexError):
        Suggester(service).edition()


def test_a_new_index_brings_new_suggestions(
    service: SearchService, engine: OpenSearch, prefix: str, encoder: Encoder
) -> None:
    over = Suggester(service)
    old = load(engine, prefix, FIRST, encoder)
    assert said(over, "pottery") == ["Pottery One", "Pottery Two"]
    load(engine, prefix, SECOND, encoder)
    engine.indices.delete(index=old)
    service.engine.forget()
    assert said(over, "pottery") == ["Pottery Three"]


def test_an_index_pruned_before_it_was_read_is_looked_up_again(
    service: SearchService, engine: OpenSearch, prefix: str, encoder: Encoder
) -> None:
    old = load(engine, prefix, FIRST, encoder)
    assert service.usable().name == old
    load(engine, prefix, SECOND, encoder)
    engine.indices.delete(index=old)
    assert said(Suggester(service), "pottery") == ["Pottery Three"]


def test_one_index_is_read_once(town_service: SearchService, titles: Titles) -> None:
    over = Suggester(town_service, titles)
    assert over.edition() is over.edition()
    assert titles.reads == 1


def test_many_who_ask_at_once_at_the_start_wait_for_one_reading(town_service: SearchService, titles: Titles) -> None:
    over = Suggester(town_service, titles)
    with ThreadPoolExecutor(8) as pool:
        editions = set(pool.map(lambda _number: over.edition(), range(16)))
    assert len(editions) == titles.reads == 1


def changed(over: Suggester, before: Edition) -> Edition:
    """The edition that takes the place of another."""
    until = time.monotonic() + WAIT
    while (found := over.edition()) is before and time.monotonic() < until:
        time.sleep(0.01)
    assert found is not before
    return found


def test_imported_titles_are_read_again_when_they_change(town_service: SearchService, titles: Titles) -> None:
    over = Suggester(town_service, titles, lambda: titles.version)
    assert said(over, "pipe") == ["Pipe joiner"]
    before = over.edition()
    titles.rows, titles.version = (title("Tank joiner", WELDER),), 2
    assert changed(over, before) is over.edition()
    assert said(over, "pipe") == []
    assert said(over, "tank") == ["Tank joiner"]


def test_while_changed_titles_are_read_nobody_waits(town_service: SearchService, titles: Titles) -> None:
    over = Suggester(town_service, titles, lambda: titles.version)
    before = over.edition()
    titles.begun.clear()
    titles.may_go_on.clear()
    titles.version = 2
    assert over.edition() is before
    assert titles.begun.wait(WAIT)
    assert over.edition() is before
    titles.may_go_on.set()
    assert changed(over, before) is over.edition()
    assert titles.reads == 2


def test_changed_titles_that_cannot_be_read_leave_what_was_and_are_tried_again(
    town_service: SearchService, titles: Titles
) -> None:
    answers = iter([None, ReferenceStoreError("no such file"), None])

    def read() -> Iterable[ExampleTitle]:
        failure = next(answers)
        if failure:
            raise failure
        return titles()

    over = Suggester(town_service, read, lambda: titles.version)
    before = over.edition()
    titles.version = 2
    changed(over, before)
    assert list(answers) == []


def test_while_one_request_reads_a_new_index_the_others_use_what_was_before(
    service: SearchService, engine: OpenSearch, encoder: Encoder, prefix: str, titles: Titles
) -> None:
    load(engine, prefix, FIRST, encoder)
    over = Suggester(service, titles)
    before = over.edition()
    titles.begun.clear()
    titles.may_go_on.clear()
    load(engine, prefix, SECOND, encoder)
    service.engine.forget()
    with ThreadPoolExecutor(1) as pool:
        reading = pool.submit(over.edition)
        assert titles.begun.wait(WAIT)
        assert over.edition() is before
        titles.may_go_on.set()
        after = reading.result(WAIT)
    assert after is over.edition()
    assert after is not before


def test_a_reading_that_fails_leaves_the_next_free_to_try(town_service: SearchService) -> None:
    answers = iter([ValueError("no such file"), None])

    def read() -> Iterable[ExampleTitle]:
        failure = next(answers)
        if failure:
            raise failure
        return ()

    over = Suggester(town_service, read)
    with pytest.raises(ValueError, match="no such file"):
        over.edition()
    assert "welder" in said(over, "weld")


@pytest.mark.parametrize("page", [1, 4, len(LISTINGS)])
def test_an_index_of_several_pages_is_read_whole(
    town_service: SearchService, monkeypatch: pytest.MonkeyPatch, page: int
) -> None:
    for module in (inventory, suggester):
        monkeypatch.setattr(module, "PAGE", page)
    over = Suggester(town_service)
    forge = over.suggest(SuggestQuery(q="forge", types=["institution"]), "en").suggestions[0]
    assert forge.count == sum(made.institution.id == "forge" for made in LISTINGS)
    for made in LISTINGS:
        text = made.en or made.fr
        assert text is not None
        assert text.title in said(over, text.title)
