"""Searches over the hand-made catalogue: each listing in it is there for one rule."""

import datetime as dt
from typing import Any

import pytest
from flask.testing import FlaskClient
from opensearchpy import OpenSearch

from mappings.embedding import Encoder
from mappings.knowledge import Knowledge
from search_api.encoding import QueryEncoder
from search_api.settings import ReaderSettings
from tests.search_api.asking import SEARCH, Json, ask, counts, facet, hit_of, ids, problem_of, reason_types
from tests.search_api.catalogue import LISTINGS, TODAY, in_days, listing, load, term
from tests.search_api.conftest import reader

EVERY = {made.id for made in LISTINGS}


def found(api: FlaskClient, **parameters: Any) -> set[str]:
    return set(ids(ask(api, per_page=100, **parameters)))


def test_without_a_query_every_listing_is_browsed_without_scores_or_reasons(town: FlaskClient) -> None:
    answer = ask(town)
    assert set(ids(answer)) == EVERY
    assert all("score" not in hit and hit["reasons"] == [] for hit in answer["hits"])


def test_a_job_title_finds_what_is_linked_to_it_in_either_language_and_says_how(town: FlaskClient) -> None:
    for lang, text in (("en", "welder"), ("fr", "soudeuse")):
        answer = ask(town, q=text, lang=lang)
        assert answer["query"]["meanings"][0]["type"] == "occupation"
        assert {"forge.WELD-1", "atelier.SOUD-2"} <= set(ids(answer))
        stated, inferred = (hit_of(answer, name)["reasons"][0] for name in ("forge.WELD-1", "atelier.SOUD-2"))
        assert (stated["type"], stated["basis"]) == ("occupation", "feed")
        assert (inferred["type"], inferred["basis"]) == ("occupation", "inferred")


def test_a_tool_is_found_and_named_as_the_reason(town: FlaskClient) -> None:
    answer = ask(town, q="AutoCAD")
    (reason, *_) = hit_of(answer, "forge.CAD-10")["reasons"]
    assert (reason["type"], reason["code"], reason["text"]) == ("tool", "autocad", "Teaches: AutoCAD")


def test_words_are_found_and_shown_highlighted(town: FlaskClient) -> None:
    hit = hit_of(ask(town, q="torches"), "forge.WELD-1")
    (reason,) = [each for each in hit["reasons"] if each["type"] == "words"]
    assert any("<mark>torches</mark>" in snippet for snippet in reason["highlights"])


def test_a_misspelt_word_is_found_and_said(town: FlaskClient) -> None:
    answer = ask(town, q="draftnig")
    hit = hit_of(answer, "forge.CAD-10")
    assert answer["query"]["spelling"] == [{"word": "draftnig", "readings": ["drafting"]}]
    assert any(
        "<mark>drafting</mark>" in text.lower() for each in hit["reasons"] for text in each.get("highlights", ())
    )


@pytest.mark.parametrize("query", ["welding", "torches", "x" * 60, "C#", "IT", "with the"])
def test_what_the_catalogue_has_or_is_too_short_or_too_long_is_not_read_otherwise(
    town: FlaskClient, query: str
) -> None:
    assert ask(town, q=query)["query"]["spelling"] == []


def test_a_misspelt_word_is_no_word_of_its_own_in_counts(town: FlaskClient) -> None:
    answer = ask(town, q="draftnig", legs="keyword")
    assert answer["total"] == len(answer["hits"]) > 0


def test_an_identical_snippet_is_shown_once(town: FlaskClient) -> None:
    hit = hit_of(ask(town, q="nordwind"), "forge.PART-8")
    (reason,) = [each for each in hit["reasons"] if each["type"] == "words"]
    assert reason["highlights"] == ["<mark>Nordwind</mark> Motors"]


def test_markup_of_a_listing_is_escaped_in_highlights_and_only_ours_remains(town: FlaskClient) -> None:
    hit = hit_of(ask(town, q="pastry"), "forge.HOST-7")
    (reason,) = [each for each in hit["reasons"] if each["type"] == "words"]
    assert len(reason["highlights"]) == 2
    for snippet in reason["highlights"]:
        bare = snippet.replace("<mark>", "").replace("</mark>", "")
        assert "<" not in bare
        assert ">" not in bare
        assert snippet.count("<mark>") == 1


def test_closeness_in_meaning_finds_what_no_word_does(town: FlaskClient) -> None:
    answer = ask(town, q="looking after teeth and gums")
    assert reason_types(hit_of(answer, "forge.DENT-3")) == ["semantic"]


def test_no_reason_is_shown_that_its_own_leg_does_not_carry(town: FlaskClient) -> None:
    carried = {"keyword": {"words"}, "semantic": {"semantic"}, "links": {"occupation", "skill", "tool"}}
    for query in ("welder", "welding", "AutoCAD", "pastry", "torches", "dental hygienist", "bookkeeping shop"):
        whole = ask(town, q=query, per_page=100)
        alone = {leg: ask(town, q=query, per_page=100, legs=leg) for leg in carried}
        for leg, kinds in carried.items():
            for hit in alone[leg]["hits"]:
                assert set(reason_types(hit)) <= kinds
        for hit in whole["hits"]:
            assert hit["reasons"], (query, hit["id"])
            for leg, kinds in carried.items():
                by_leg = hit["id"] in ids(alone[leg]) if alone[leg]["total"] < len(EVERY) else False
                assert by_leg == bool(kinds & set(reason_types(hit))), (query, leg, hit["id"])


def test_scores_fall_down_the_page_and_lie_between_zero_and_one(town: FlaskClient) -> None:
    for query in ("welder", "welding", "shop", "soudage", "plans"):
        scores = [hit["score"] for hit in ask(town, q=query)["hits"]]
        assert scores == sorted(scores, reverse=True)
        assert all(0 <= score <= 1 for score in scores)


def test_a_listing_is_in_the_asked_language_or_in_the_other_and_marked(town: FlaskClient) -> None:
    for lang, title in (("en", "Dental Hygiene Refresher"), ("fr", "Mise à jour en hygiène dentaire")):
        answer = ask(town, lang=lang)
        both, french = hit_of(answer, "forge.DENT-3"), hit_of(answer, "atelier.SOUD-2")
        assert (both["title"], both["text_language"]) == (title, lang)
        assert (french["title"], french["text_language"]) == ("Soudage avancé", "fr")


def test_a_listing_without_cost_never_passes_a_price_filter_and_one_that_is_free_does(town: FlaskClient) -> None:
    assert found(town, cost_max=1_000_000) == {
        made.id for made in LISTINGS if made.cost is not None and made.currency in (None, "CAD")
    }
    assert found(town, cost_max=0) == {"forge.DENT-3"}
    assert "forge.NONE-11" not in found(town, cost_min=0)


def test_a_listing_in_another_currency_never_passes_a_price_filter(town: FlaskClient) -> None:
    assert not {"forge.USD-4", "forge.EUR-5"} & found(town, cost_max=1_000_000)
    assert not {"forge.USD-4", "forge.EUR-5"} & found(town, cost_min=1)
    assert {"forge.USD-4", "forge.EUR-5"} <= found(town)


@pytest.mark.parametrize("limit", ["weeks_max", "hours_max", "cost_max", "weeks_min", "hours_min"])
def test_an_unknown_number_passes_neither_bound(town: FlaskClient, limit: str) -> None:
    value = 1_000_000 if limit.endswith("max") else 0
    name = limit.partition("_")[0]
    assert found(town, **{limit: value}) <= {made.id for made in LISTINGS if getattr(made, name) is not None}


def test_bounds_are_inclusive(town: FlaskClient) -> None:
    assert found(town, weeks_max=4) == {"forge.DENT-3", "forge.BOOK-9"}
    assert found(town, weeks_min=4, weeks_max=6) == {"forge.BOOK-9", "forge.WELD-1"}
    assert found(town, hours_max=12) == {"forge.DENT-3"}


def test_a_start_that_has_gone_by_passes_no_filter_on_dates(town: FlaskClient) -> None:
    far = in_days(3650)
    ahead = {made.id for made in LISTINGS if any(start >= TODAY for start in made.starts)}
    assert found(town, starts_before=far) == ahead
    assert "forge.PAST-6" not in found(town, starts_after="2000-01-01")
    assert found(town, starts_after="2000-01-01") == ahead
    assert found(town, starts_before="2000-01-01") == set()


def test_one_start_must_lie_between_both_bounds(town: FlaskClient) -> None:
    assert found(town, starts_after=in_days(15), starts_before=in_days(60)) == {"forge.WELD-1", "forge.CAD-10"}
    assert found(town, starts_after=in_days(50), starts_before=in_days(100)) == set()


def test_a_start_today_is_still_offered(
    engine: OpenSearch, prefix: str, encoder: Encoder, query_encoder: QueryEncoder, few_names: Knowledge,
    town_settings: ReaderSettings,
) -> None:  # fmt: skip
    api, service = reader(town_settings.model_copy(update={"index_prefix": prefix}), query_encoder, few_names)
    today = service.today()
    yesterday = today - dt.timedelta(days=1)
    load(
        engine, prefix, [listing("forge.T", "A", starts=[today]), listing("forge.Y", "B", starts=[yesterday])], encoder
    )
    assert found(api, starts_before=today.isoformat()) == {"forge.T"}
    assert hit_of(ask(api), "forge.T")["next_start"] == today.isoformat()
    assert "next_start" not in hit_of(ask(api), "forge.Y")


def test_yes_and_no_filter_apart_and_not_known_passes_neither(town: FlaskClient) -> None:
    assert found(town, osap="true") == {"forge.WELD-1"}
    assert found(town, osap="false") == {"forge.DENT-3"}


def test_each_kind_of_filter_narrows(town: FlaskClient) -> None:
    assert found(town, institution="atelier") == {"atelier.SOUD-2"}
    assert found(town, institution_kind="other") == {"atelier.SOUD-2"}
    assert found(town, subject=["skilled-trades", "data-ai"]) == {"forge.WELD-1", "atelier.SOUD-2", "forge.STAT-12"}
    assert found(town, language="fr") == {"atelier.SOUD-2", "forge.DENT-3"}
    assert found(town, delivery="hybrid") == {"atelier.SOUD-2"}
    assert found(town, credential_type="micro_credential") == {"forge.WELD-1"}
    assert found(town, occupation="72106") == {"forge.WELD-1", "atelier.SOUD-2"}
    assert found(town, skill="bookkeeping") == {"forge.BOOK-9"}
    assert found(town, tool="autocad") == {"forge.CAD-10"}
    assert found(town, city="Thunder Bay") == {"forge.WELD-1"}
    assert found(town, schedule="evening", pace="scheduled", level="introductory") == {"forge.WELD-1"}


def test_a_value_nobody_has_finds_nothing_and_stays_visible_as_chosen(town: FlaskClient) -> None:
    answer = ask(town, institution="nobody")
    assert (answer["total"], answer["hits"], answer["pages"]) == (0, [], 0)
    (chosen,) = [value for value in facet(answer, "institution.id")["values"] if value["selected"]]
    assert (chosen["value"], chosen["count"]) == ("nobody", 0)


def test_facets_carry_labels_in_the_asked_language_and_which_values_are_chosen(town: FlaskClient) -> None:
    found_facet = facet(ask(town, lang="fr", delivery="online"), "delivery")
    assert (found_facet["label"], found_facet["parameter"]) == ("Mode de prestation", "delivery")
    chosen = {value["value"]: (value["label"], value["selected"]) for value in found_facet["values"]}
    assert chosen == {"online": ("En ligne", True), "in_person": ("En présentiel", False), "hybrid": ("Hybride", False)}
    assert counts(ask(town, lang="fr"), "institution.id") == {"forge": len(EVERY) - 1, "atelier": 1}


def test_orders_by_cost_have_the_unknown_last_both_ways(town: FlaskClient) -> None:
    for name in ("cost", "-cost", "hours", "-weeks"):
        field = name.removeprefix("-")
        hits = ask(town, sort=name)["hits"]
        values = [hit.get(field) if field != "cost" or "cost_note" not in hit else None for hit in hits]
        known = [value for value in values if value is not None]
        assert values[: len(known)] == sorted(known, reverse=name.startswith("-"))


def test_orders_by_start_take_the_next_one_to_come_and_have_none_last(town: FlaskClient) -> None:
    coming = ["forge.BOOK-9", "forge.CAD-10", "forge.WELD-1", "atelier.SOUD-2"]
    assert ids(ask(town, sort="starts"))[:4] == coming
    assert ids(ask(town, sort="-starts"))[:4] == coming[::-1]
    none = sorted(EVERY - set(coming))
    assert ids(ask(town, sort="starts"))[4:] == ids(ask(town, sort="-starts"))[4:] == none


def test_orders_by_title_use_the_words_that_are_shown(town: FlaskClient) -> None:
    for lang in ("en", "fr"):
        titles = [hit["title"].lower() for hit in ask(town, sort="title", lang=lang)["hits"]]
        assert titles == sorted(titles)
        backwards = [hit["title"].lower() for hit in ask(town, sort="-title", lang=lang)["hits"]]
        assert backwards == titles[::-1]


def test_an_order_by_a_field_keeps_the_match_set_and_the_reasons(town: FlaskClient) -> None:
    by_relevance, by_cost = ask(town, q="welder", per_page=100), ask(town, q="welder", sort="cost", per_page=100)
    assert set(ids(by_relevance)) == set(ids(by_cost))
    assert by_relevance["total"] == by_cost["total"]
    for hit in by_cost["hits"]:
        assert "score" not in hit
        assert reason_types(hit) == reason_types(hit_of(by_relevance, hit["id"]))


def test_samples_and_listings_carried_over_are_marked(town: FlaskClient) -> None:
    answer = ask(town, q="ledgers")
    assert answer["sample"] is True
    hit = hit_of(answer, "forge.BOOK-9")
    assert (hit["sample"], hit["stale"]) == (True, True)
    assert ask(town, tool="autocad")["sample"] is False


# A hit has a line of each, its own record all of it.
PROSPECTS = ("careers", "outlook", "wages")


def without(view: Json, *names: str) -> Json:
    return {name: value for name, value in view.items() if name not in names}


def codes(careers: list[Json]) -> list[str]:
    return [career["code"] for career in careers]


def test_a_hit_leads_to_its_own_record(town: FlaskClient) -> None:
    for hit in ask(town)["hits"]:
        record = ask(town, hit["link"])
        assert without(record, *PROSPECTS, "out") == without(hit, *PROSPECTS, "score", "reasons", "out")
        assert ("careers" in record) == ("careers" in hit)
        if "careers" in hit:
            assert codes(record["careers"]["occupations"]) == codes(hit["careers"]["occupations"])
            assert record["outlook"]["occupation"] == record["wages"]["occupation"] == hit["outlook"]["occupation"]


def test_a_listing_that_is_not_there_is_a_404_problem(town: FlaskClient) -> None:
    body = problem_of(town, 404, f"{SEARCH}/forge.GONE-1", "lang=fr")
    assert body["type"] == "urn:problem:micro-credentials:listing-not-found"
    assert "forge.GONE-1" in body["detail"]
    assert body["title"] == "Titre introuvable"


def test_a_single_listing_refuses_parameters_it_does_not_know(town: FlaskClient) -> None:
    body = problem_of(town, 400, f"{SEARCH}/forge.WELD-1", "lang=fr&lang=en&long=fr")
    assert [error["parameter"] for error in body["errors"]] == ["long", "lang"]
    assert body["errors"][0]["suggestion"] == "lang"


def test_the_query_is_returned_as_it_was_understood(town: FlaskClient) -> None:
    query = ask(town, q="  evening   welder\tcourse ")["query"]
    assert (query["text"], query["language"]) == ("evening welder course", "en")
    (meaning,) = query["meanings"]
    assert meaning == {
        "type": "occupation", "id": "72106", "label": "welder", "basis": "exact", "confidence": 0.97, "title": "welder"
    }  # fmt: skip
    assert (query["core"], query["ambiguous"]) == ("welder", False)


def test_the_answer_says_how_long_it_took_and_where_it_stands(town: FlaskClient) -> None:
    answer = ask(town, page=2, per_page=5)
    assert (answer["page"], answer["per_page"], answer["pages"]) == (2, 5, 3)
    assert 0 <= answer["took_ms"] < 60_000
    assert answer["degraded"] == []


def test_the_graph_of_a_large_index_finds_the_same_as_exact_cosines(
    town: FlaskClient, town_settings: ReaderSettings, query_encoder: QueryEncoder, few_names: Knowledge
) -> None:
    graph, _service = reader(town_settings.model_copy(update={"exact_up_to": 0}), query_encoder, few_names)
    for query in ("welder", "teeth", "metal joining", "plans"):
        exact, walked = ask(town, q=query), ask(graph, q=query)
        assert (ids(walked), walked["total"]) == (ids(exact), exact["total"])


def test_a_chosen_value_beyond_the_most_frequent_has_its_true_count(
    engine: OpenSearch, prefix: str, encoder: Encoder, query_encoder: QueryEncoder, few_names: Knowledge,
    town_settings: ReaderSettings,
) -> None:  # fmt: skip
    names = [f"skill-{number:03}" for number in range(70)]
    often = [term(name, name, name) for name in names]
    made = [listing(f"forge.{n}", "Course", skills=often) for n in range(2)]
    load(engine, prefix, [*made, listing("forge.rare", "Course", skills=[term("zz-rare", "Rare", "Rare")])], encoder)
    api, _service = reader(town_settings.model_copy(update={"index_prefix": prefix}), query_encoder, few_names)
    assert "zz-rare" not in counts(ask(api), "skills")
    chosen = ask(api, skill="zz-rare")
    assert counts(chosen, "skills")["zz-rare"] == chosen["total"] == 1
