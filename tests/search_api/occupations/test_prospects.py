"""What every listing of the sample leads to, and where each of its figures comes from."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from mappings.contract import Language
from mappings.knowledge import DATA_FOLDER
from mappings.reference_tables import NATIONAL as NATIONAL_TABLE
from mappings.reference_tables import shipped_source, shipped_titles
from search_api.occupations.counting import BEST
from search_api.service import SearchService
from tests.search_api.asking import Answers, Json, ask, ids
from tests.search_api.occupations.everything import Everything
from tests.search_api.occupations.official import NATIONAL, projections, said, within

LANGUAGES: tuple[Language, ...] = ("en", "fr")
SOURCE = shipped_source(DATA_FOLDER, NATIONAL_TABLE)
FIGURES = {*NATIONAL, "low", "median", "high", "base_year", "first_year", "last_year"}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_listing_with_an_occupation_shows_an_outlook_related_careers_and_skills_or_tools(
    everything: Everything, lang: Language
) -> None:
    leading = [found for found in everything.listings(lang) if found.get("occupations")]
    assert len(leading) > 200
    for found in leading:
        assert found["outlook"]["national"] is not None, found["id"]
        assert found["wages"]["note"], found["id"]
        assert found["careers"]["related"], found["id"]
        assert {each["code"] for each in found["careers"]["occupations"]} == {x["code"] for x in found["occupations"]}
        assert [*found.get("skills", ()), *found.get("tools", ())], found["id"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_hit_with_an_occupation_shows_its_careers_and_a_line_of_outlook(
    everything: Everything, lang: str
) -> None:
    for hit in everything.hits(lang):
        assert ("careers" in hit) == ("outlook" in hit) == bool(hit.get("occupations")), hit["id"]
        if "outlook" in hit:
            assert hit["outlook"]["occupation"]["code"] in {x["code"] for x in hit["careers"]["occupations"]}


def check_traced(answer: Json, code: str) -> int:
    """Every object with a figure names the source it is from, and is what the table says; how many there were."""
    table, checked = projections(), 0
    for view in within(answer):
        if not FIGURES & set(view):
            continue
        source = view["source"]
        assert (source["id"], source["edition"], source["file"]) == (SOURCE.id, SOURCE.edition, SOURCE.file)
        assert source["licence"] in (SOURCE.licence.en, SOURCE.licence.fr)
        assert source["until"] == str(SOURCE.until)
        row = table[source["row"]]
        assert row["code"] == code
        assert [said(view, name) for name in NATIONAL] == [row[name] for name in NATIONAL]
        base = int(row["base_year"])
        assert (view["base_year"], view["first_year"], view["last_year"]) == (base, base + 1, base + 10)
        checked += 1
    return checked


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_number_on_outlook_or_wages_traces_to_a_held_file_row_and_date(
    everything: Everything, lang: Language
) -> None:
    with_figures = sum(check_traced(found, found["code"]) for found in everything.occupations(lang))
    assert with_figures == sum(any(row[name] for name in NATIONAL) for row in projections().values())
    for found in everything.listings(lang):
        if "outlook" in found:
            check_traced(found, found["outlook"]["occupation"]["code"])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_line_of_outlook_of_every_hit_and_career_is_of_its_own_row(everything: Everything, lang: Language) -> None:
    table, seen = projections(), 0
    lines = [
        (hit["outlook"], hit["outlook"]["occupation"]["code"]) for hit in everything.hits(lang) if "outlook" in hit
    ]
    for found in everything.listings(lang):
        lines += [(x["outlook"], x["code"]) for x in found.get("careers", {}).get("occupations", ()) if x["outlook"]]
    for line, code in lines:
        row = table[line["source"]["row"]]
        future = everything.occupation(code, lang)["outlook"]["national"]["future"]
        assert (row["code"], row["future"], line["label"]) == (code, future["id"], future["label"])
        seen += 1
    assert seen > 200


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_graph_of_occupations_related_careers_and_listings_has_no_dead_link(
    everything: Everything, lang: Language
) -> None:
    answers = [*everything.occupations(lang), *everything.listings(lang)]
    links = {part["link"] for answer in answers for part in within(answer) if "link" in part}
    statuses = {link: everything.status(link, lang) for link in links}
    assert {link for link, status in statuses.items() if status != 200} == set()
    assert any("/v1/occupations/" in link for link in links)
    assert any("/v1/credentials/" in link for link in links)


def test_after_an_import_every_group_is_told_and_no_link_is_dead(
    over: Callable[[Path], FlaskClient], official_database: Path
) -> None:
    told, links = Answers(over(official_database)), set[str]()
    for number, code in enumerate(shipped_titles(DATA_FOLDER)):
        found = told.ask(f"/v1/occupations/{code}" + ("?lang=fr" if number % 2 else ""))
        for name in ("names", "summary", "duties", "rated_skills", "related"):
            assert found.get(name), (code, name)
        links |= {part["link"] for part in within(found) if "link" in part}
    assert {link for link in links if told.got(link)[0] != 200} == set()
    assert len(links) > 600


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_best_listings_are_the_first_of_the_search_that_is_linked_and_all_are_counted(
    everything: Everything, lang: str
) -> None:
    for row in everything.ask(f"/v1/occupations?lang={lang}&per_page=100&page=1")["occupations"]:
        found = everything.occupation(row["code"], lang)["listings"]
        clicked = everything.ask(found["link"])
        assert found["total"] == clicked["total"] == row["listings"], row["code"]
        assert [each["id"] for each in found["best"]] == ids(clicked)[:BEST], row["code"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_occupation_named_anywhere_has_a_label_in_words_and_counts_that_hold(
    everything: Everything, lang: str
) -> None:
    pages = [everything.ask(f"/v1/occupations?lang={lang}&per_page=100&page={page}") for page in range(1, 7)]
    listed = {row["code"]: row["listings"] for page in pages for row in page["occupations"]}
    for found in everything.occupations(lang):
        assert not found["label"].isdigit()
        assert found["listings"]["total"] == listed.get(found["code"], 0)
        for other in found["related"]:
            assert other["code"] != found["code"]
            assert not other["label"].isdigit()
            assert other["listings"] == listed.get(other["code"], 0)


def test_figures_past_their_period_are_marked_so_in_every_answer(
    sample_service: SearchService, sample_api: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert SOURCE.until is not None
    later = SOURCE.until + dt.timedelta(days=1)
    monkeypatch.setattr(SearchService, "today", lambda _self: later)
    views = [ask(sample_api, "/v1/occupations/72106"), ask(sample_api, occupation="72106")]
    views.append(sample_service.listing(views[1]["hits"][0]["id"], "en"))
    for answer in views:
        marked = [part for part in within(answer) if "stale_note" in part]
        assert marked
        assert all(part["stale"] for part in marked)
        assert all(part["stale"] is True for part in within(answer) if "source" in part and "stale" in part)
