import pytest
from flask.testing import FlaskClient

from search_api.engine import Deadline, RefusedQueryError
from search_api.service import SearchService


def test_a_query_the_engine_refuses_is_a_fault_of_ours_and_no_outage(sample_service: SearchService) -> None:
    index = sample_service.engine.served(Deadline(10)).name
    with pytest.raises(RefusedQueryError):
        sample_service.engine.multi_search(index, [{"query": {"range": {"starts": {"gte": "no date"}}}}], Deadline(10))


def test_links_alone_find_nothing_for_words_that_name_nothing_known(sample_api: FlaskClient) -> None:
    found = sample_api.get("/v1/credentials?q=qwxz&legs=links").get_json()
    assert (found["total"], found["hits"]) == (0, [])
