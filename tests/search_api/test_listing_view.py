import dataclasses
import datetime as dt
from typing import Any

import pytest

from mappings.contract import Contract
from mappings.index_meta import SourceMeta
from mappings.knowledge import DATA_FOLDER, Knowledge
from mappings.listing import Institution, Names
from mappings.reference import ONTARIO
from mappings.reference_store import read_reference
from search_api.interpreter import Interpreter
from search_api.labels import Labels, institution_names
from search_api.latest import Latest
from search_api.listing_view import listing_view, next_start, text_language
from search_api.narrowing import Narrowed
from search_api.occupations.figures import Asked
from search_api.presentation import answer_view, facet_views, hit_view, query_view
from search_api.search_request import Filter, SearchRequest
from search_api.showing import Showing
from tests.search_api.catalogue import FORGE, LISTINGS, WELDER

TODAY = dt.date.fromisoformat("2026-11-24")
FRENCH_ONLY: dict[str, Any] = {
    "id": "a.1",
    "institution": {"id": "atelier", "name": {"fr": "Atelier du Nord"}},
    "fr": {"title": "Soudage"},
}


def document(identifier: str) -> dict[str, Any]:
    return next(made for made in LISTINGS if made.id == identifier).document()


def in_french(labels: Labels) -> Labels:
    return dataclasses.replace(labels, language="fr")


def test_a_listing_without_words_in_the_asked_language_is_shown_in_the_other_and_marked(labels: Labels) -> None:
    view = listing_view(FRENCH_ONLY, labels, TODAY)
    assert (view["title"], view["text_language"]) == ("Soudage", "fr")
    assert view["institution"] == {"id": "atelier", "name": "Atelier du Nord"}


def test_a_listing_in_both_languages_is_shown_in_the_asked_one(labels: Labels) -> None:
    source = document("forge.DENT-3")
    english, french = listing_view(source, labels, TODAY), listing_view(source, in_french(labels), TODAY)
    assert (english["title"], english["text_language"]) == ("Dental Hygiene Refresher", "en")
    assert (french["title"], french["text_language"]) == ("Mise à jour en hygiène dentaire", "fr")
    assert french["institution"]["name"] == "Collège de la Forge"


def test_a_listing_without_any_words_is_said_to_be_in_the_asked_language() -> None:
    assert text_language({}, "fr") == "fr"


def test_values_of_closed_lists_carry_their_label(labels: Labels) -> None:
    view = listing_view(document("forge.WELD-1"), in_french(labels), TODAY)
    assert view["delivery"] == {"id": "in_person", "label": "En présentiel"}
    assert view["schedule"] == [{"id": "evening", "label": "Soir"}, {"id": "weekend", "label": "Fin de semaine"}]
    assert view["institution"]["kind"] == {"id": "college", "label": "Collège"}
    assert view["skills"] == [{"id": "welding", "label": "Soudage", "basis": "feed"}]
    assert view["occupations"] == [{"code": WELDER, "label": "soudeur", "basis": "feed", "score": 1.0}]


def test_an_inferred_occupation_shows_what_spoke_for_it(labels: Labels) -> None:
    find = {"language": "en", "field": "outcomes", "item": 0, "start": 3, "end": 9, "words": "welder"}
    evidence = {"named": [find], "shared": [{"id": "welding", "weight": 0.9}], "likeness": 0.4}
    inferred = {"code": WELDER, "basis": "inferred", "score": 0.7, "evidence": evidence}
    (shown,) = listing_view({**FRENCH_ONLY, "occupations": [inferred]}, in_french(labels), TODAY)["occupations"]
    assert (shown["basis"], shown["label"]) == ("inferred", "soudeur")
    assert shown["evidence"]["named"] == [find]
    assert shown["evidence"]["shared"] == [{"id": "welding", "label": "Soudage", "weight": 0.9}]
    assert shown["evidence"]["likeness"] == 0.4


def test_missing_values_are_left_out_and_a_cost_of_zero_and_a_no_are_kept(labels: Labels) -> None:
    bare = listing_view(document("forge.NONE-11"), labels, TODAY)
    assert not {"cost", "hours", "skills", "outcomes", "place", "next_start"} & set(bare)
    free = listing_view(document("forge.DENT-3"), labels, TODAY)
    assert (free["cost"], free["osap"]) == (0, False)


@pytest.mark.parametrize(
    ("starts", "first"),
    [
        ([], None),
        (["2026-11-23"], None),
        (["2026-11-24"], "2026-11-24"),
        (["2027-09-01", "2020-01-01", "2027-01-18"], "2027-01-18"),
    ],
)
def test_the_next_start_is_the_first_that_has_not_gone_by(starts: list[str], first: str | None) -> None:
    assert next_start(starts, TODAY) == first


def test_a_term_outside_the_vocabulary_is_called_by_its_own_words(labels: Labels) -> None:
    assert labels.term("floor-plans") == "floor plans"
    source = {**FRENCH_ONLY, "tools": [{"id": "floor-plans", "basis": "feed"}]}
    assert listing_view(source, labels, TODAY)["tools"][0]["label"] == "floor plans"


def test_an_occupation_that_is_not_known_is_called_by_its_code(labels: Labels) -> None:
    assert labels.occupation("99999") == "99999"


def test_facet_values_have_labels_of_every_kind(labels: Labels, contract: Contract) -> None:
    said = {
        ("institution.id", "forge"): "Forge College",
        ("institution.id", "unknown"): "unknown",
        ("osap", "true"): "Yes",
        ("occupations", WELDER): "welder",
        ("tools", "autocad"): "AutoCAD",
        ("delivery", "online"): "Online",
        ("place.city", "Sudbury"): "Sudbury",
    }
    for (name, value), label in said.items():
        assert labels.of(contract.named(name), value) == label


def test_an_institution_is_named_in_the_asked_language_or_the_one_it_has(meta_sources: tuple[SourceMeta, ...]) -> None:
    assert institution_names(_Meta(meta_sources), "fr") == {"forge": "Collège de la Forge", "x": "Only English"}  # type: ignore[arg-type]


@pytest.fixture
def meta_sources() -> tuple[SourceMeta, ...]:
    other = Institution(id="x", name=Names(en="Only English"))
    return tuple(SourceMeta(id=owner.id, listings=1, institution=owner) for owner in (FORGE, other))


@dataclasses.dataclass(frozen=True)
class _Meta:
    sources: tuple[SourceMeta, ...]


def test_each_thing_a_query_names_is_shown_once(labels: Labels, few_names: Knowledge) -> None:
    meaning = Interpreter(few_names).understand("welder or welding fitter", "en")
    assert len(meaning.meanings) == 2
    request = SearchRequest("welder or welding fitter", "en")
    view = query_view(meaning, labels, None, Narrowed(request, request.text))
    assert view["meanings"] == [
        {"type": "occupation", "id": WELDER, "label": "welder", "basis": "phrase", "confidence": 1.0}
    ]


def test_a_chosen_value_that_now_finds_nothing_stays_so_that_it_can_be_unchosen(
    labels: Labels, contract: Contract
) -> None:
    empty: dict[str, Any] = {item.name: {"values": {"buckets": []}} for item in contract.with_role("facet")}
    chosen = (Filter(contract.named("delivery"), ("online",)), Filter(contract.named("osap"), (True,)))
    views = {view["name"]: view for view in facet_views({"aggregations": empty}, chosen, labels)}
    assert views["delivery"]["values"] == [{"value": "online", "label": "Online", "count": 0, "selected": True}]
    assert views["osap"]["values"][0]["value"] == "true"
    assert views["level"]["values"] == []


def test_a_hit_has_a_rounded_score_or_none_where_a_field_decides(labels: Labels, few_names: Knowledge) -> None:
    meaning = Interpreter(few_names).understand("welder", "en")
    hit = {"_source": document("forge.WELD-1")}
    asked = Asked(read_reference(DATA_FOLDER), {}, ONTARIO, "en", TODAY)
    showing = Showing("listings", labels, asked, Latest(9))
    assert hit_view(hit, 0.123456, meaning, showing)["score"] == 0.1235
    assert "score" not in hit_view(hit, None, meaning, showing)


@pytest.mark.parametrize(("total", "pages"), [(0, 0), (1, 1), (7, 1), (8, 2), (999, 143), (1000, 143), (5000, 143)])
def test_pages_end_where_paging_ends(total: int, pages: int) -> None:
    assert answer_view(SearchRequest("", "en", per_page=7), total, [])["pages"] == pages


def test_an_answer_says_when_samples_are_among_its_hits() -> None:
    request = SearchRequest("", "en")
    assert answer_view(request, 1, [{"sample": True}])["sample"] is True
    assert answer_view(request, 1, [{}])["sample"] is False
