"""A fresh worker makes ready what its first requests would wait for."""

import pytest

from mappings.knowledge import Knowledge
from search_api import warming
from search_api.encoding import QueryEncoder
from search_api.engine import EngineUnavailableError, NoIndexError
from search_api.routes.suggest import SUGGESTER
from search_api.settings import ReaderSettings
from search_api.warming import warm
from tests.search_api.conftest import reader

WAIT = 20  # seconds, long beyond what it takes


@pytest.mark.parametrize("failure", [EngineUnavailableError, NoIndexError])
def test_it_goes_on_until_the_engine_answers(
    failure: type[Exception],
    town_settings: ReaderSettings,
    query_encoder: QueryEncoder,
    few_names: Knowledge,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    api, service = reader(town_settings, query_encoder, few_names)
    search, failures = service.search, iter([failure("away"), failure("away")])

    def late(*asked: object) -> object:
        for error in failures:
            raise error
        return search(*asked)  # type: ignore[arg-type] # as it was asked

    monkeypatch.setattr(warming, "SECONDS_BETWEEN_TRIES", 0.01)
    monkeypatch.setattr(service, "search", late)
    suggester = api.application.extensions[SUGGESTER]
    thread = warm(service, suggester)
    thread.join(WAIT)
    assert not thread.is_alive()
    assert service.answers
    assert list(failures) == []
    assert suggester._held[1] is suggester.edition()
