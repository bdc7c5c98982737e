"""The evaluator's parts that need neither engine nor server, and its command line."""

import datetime as dt
import io
import json
import re
from pathlib import Path

import httpx
import pytest
from rich.console import Console

from indexer.sources import Sources
from search_api.ranking import RANKING
from search_api.settings import ReaderSettings
from tests.relevance import asking
from tests.relevance.__main__ import main, parser
from tests.relevance.asking import AnswerError, ask, ask_all, parameters
from tests.relevance.collection import Collection, Query, QuerySet
from tests.relevance.measures import Answer, Figure, Row
from tests.relevance.results import Result, cells, commit, table, write
from tests.relevance.service import MAPPING, SERVER, Place, sources

QUERY = Query("q1", "welder", "en")
HALF = Figure(0.5, 0.41, 0.59)
ROW = Row(HALF, HALF, HALF, HALF, Figure(0.125, 0.1, 0.15), Figure(0, 0, 0), 12.4, {"q1": 0.5})


def a_collection(folder: Path = Path("nj")) -> Collection:
    return Collection(folder, "nj", "fr", 783, (QuerySet("titles", (QUERY,), {"q1": {"a": 1}}),))


def a_client(*statuses: int) -> httpx.Client:
    """A server that answers with these statuses, one after the other."""
    left = list(statuses)

    def reply(request: httpx.Request) -> httpx.Response:
        found = {"hits": [{"id": "nj.b"}, {"id": "nj.a"}], "suitable": False}
        return httpx.Response(left.pop(0), json=found, headers={"Retry-After": "0"}, request=request)

    return httpx.Client(base_url="http://test", transport=httpx.MockTransport(reply))


def test_a_query_is_asked_in_its_language_for_a_hundred_listings_as_served() -> None:
    assert parameters(Query("q", "soudeur", "fr"), ()) == {"q": "soudeur", "lang": "fr", "per_page": 100}


def test_legs_are_named_when_they_are_chosen_and_a_long_query_is_cut() -> None:
    asked = parameters(Query("q", "a" * 999, "en"), ("keyword",))
    assert asked["legs"] == ["keyword"]
    assert asked["q"] == "a" * 200


def test_the_answer_keeps_the_order_and_says_whether_anything_suits() -> None:
    found = ask(a_client(200), QUERY, ())
    assert (found.ids, found.declined) == (("nj.b", "nj.a"), True)


def test_a_busy_server_is_asked_again() -> None:
    assert ask(a_client(503, 429, 200), QUERY, ()).ids == ("nj.b", "nj.a")


def test_a_server_that_refuses_or_stays_busy_is_an_error() -> None:
    with pytest.raises(AnswerError, match="400"):
        ask(a_client(400), QUERY, ())
    with pytest.raises(AnswerError, match="503"):
        ask(a_client(*[503] * asking.TRIES), QUERY, ())


def test_answers_come_in_the_order_of_the_queries_and_each_is_counted() -> None:
    queries = QuerySet("titles", tuple(Query(str(number), "weld", "en") for number in range(20)), {})
    counted: list[None] = []
    answers = ask_all(queries, lambda query: Answer(query.id, (), 1), lambda: counted.append(None))
    assert [answer.query for answer in answers] == [str(number) for number in range(20)]
    assert len(counted) == 20


def test_the_collection_is_a_source_the_indexer_accepts() -> None:
    (source,) = Sources.model_validate(sources(a_collection())).sources
    assert (source.default_language, source.feed_format, source.mapping) == ("fr", "ndjson", MAPPING)
    assert MAPPING.is_file()


def test_the_operators_reports_are_left_alone() -> None:
    assert Place.of_environment({"STATE_DIR": "somewhere"}).folder.parts[-2:] == ("somewhere", "relevance")


def test_a_measurement_is_not_counted_as_use() -> None:
    assert ReaderSettings.model_validate({name.lower(): value for name, value in SERVER.items()}).usage is False


def test_a_table_shows_every_row_with_its_interval() -> None:
    console = Console(width=120, record=True, file=io.StringIO())
    console.print(table(Result(a_collection(), a_collection().sets[0], {"keyword": ROW, "hybrid": ROW})))
    half, share = "0.500\n[dim]0.410–0.590[/dim]", "12.5%\n[dim]10.0%–15.0%[/dim]"
    assert cells(ROW) == (half, half, half, half, share, "0.0%\n[dim]0.0%–0.0%[/dim]", "12")
    assert console.export_text().count("0.410–0.590") == 8


def test_the_file_says_what_was_measured_when_and_on_which_commit(tmp_path: Path) -> None:
    when = dt.datetime(2027, 1, 18, 3, 0, 5, tzinfo=dt.UTC)
    result = Result(a_collection(), a_collection().sets[0], {"hybrid": ROW}, {"model": "m"})
    path = write(tmp_path, [result], when, {"imported_titles": None})
    body = json.loads(path.read_text(encoding="utf-8"))
    assert path.name == "20270118T030005Z.json"
    assert body["date"] == "2027-01-18T03:00:05+00:00"
    assert body["commit"] == commit()
    (found,) = body["sets"]
    assert (found["collection"], found["set"], found["documents"]) == ("nj", "titles", 783)
    assert found["queries"] == {"q1": "welder"}
    assert found["rows"]["hybrid"]["ndcg_10"] == {"mean": 0.5, "low": 0.41, "high": 0.59}
    assert (found["recipe"], found["rows"]["hybrid"]["by_query"]) == ({"model": "m"}, {"q1": 0.5})
    assert (body["imported_titles"], body["ranking"]["tau"]) == (None, RANKING.tau)
    assert body["ranking"]["weights"]["term"]["links"] == RANKING.weights["term"].links


def test_the_commit_is_a_hash_or_unknown() -> None:
    assert commit() is None or re.fullmatch(r"[0-9a-f]{40}(-dirty)?", str(commit()))


def test_a_folder_without_the_layout_ends_the_command_with_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(tmp_path)]) == 1
    assert f"error: {tmp_path} holds no corpus.jsonl" in capsys.readouterr().err


@pytest.mark.parametrize("sample", ["0", "-3", "some"])
def test_a_sample_of_nothing_is_refused(sample: str) -> None:
    with pytest.raises(SystemExit):
        parser().parse_args(["folder", "--sample", sample])


def test_help_says_that_a_threshold_is_at_work(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        parser().parse_args(["--help"])
    assert "tau" in capsys.readouterr().out
