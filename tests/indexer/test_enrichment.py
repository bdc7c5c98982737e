"""What is added to a listing, and how it is known."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.enrich import derived_osap, enriched
from indexer.terms import MOST_INFERRED
from mappings.fingerprint import WORKED_OUT
from mappings.knowledge import Knowledge, read_knowledge
from mappings.listing import Listing, Names, Rate
from tests.indexer.conftest import SKILLS, write_knowledge


@pytest.fixture(scope="session")
def known(tmp_path_factory: pytest.TempPathFactory) -> Knowledge:
    return read_knowledge(write_knowledge(tmp_path_factory.mktemp("knowledge")))


def listing(title: Any = "Course", **fields: Any) -> Listing:
    body = {"id": "m.a", "institution": {"id": "m", "name": {"en": "M"}}, "en": {"title": title}, **fields}
    return Listing.model_validate(body)


def terms(found: Listing, field: str) -> list[tuple[str, str]]:
    return [(term.id, term.basis) for term in getattr(found, field)]


def test_a_skill_the_vocabulary_knows_gets_its_id_and_both_labels(known: Knowledge) -> None:
    found = enriched(listing(skills=[{"id": "secourisme", "fr": "Secourisme"}]), known)
    assert found.skills[0].model_dump() == {
        "id": "first-aid",
        "en": "First aid",
        "fr": "Premiers soins",
        "basis": "feed",
        "found": None,
    }


def test_a_skill_the_vocabulary_does_not_know_keeps_its_own_id_and_label(known: Knowledge) -> None:
    found = enriched(listing(skills=[{"id": "bead-work", "en": "Bead work"}]), known)
    assert [(term.id, term.en, term.fr) for term in found.skills] == [("bead-work", "Bead work", None)]


def test_a_tool_given_as_a_skill_stands_with_the_tools(known: Knowledge) -> None:
    found = enriched(
        listing(skills=[{"id": "excel", "en": "Excel"}], tools=[{"id": "ms", "en": "Microsoft Excel"}]), known
    )
    assert (terms(found, "skills"), terms(found, "tools")) == ([], [("excel", "feed")])


def test_terms_in_the_text_are_added_as_inferred(known: Knowledge) -> None:
    text = {"title": "Payroll", "outcomes": ["Close a month in Excel"], "description": "With first aid training and R."}
    found = enriched(listing(en=text, skills=[{"id": "x", "en": "First Aid"}]), known)
    assert terms(found, "skills") == [("first-aid", "feed")]
    assert terms(found, "tools") == [("excel", "inferred"), ("r", "inferred")]


def test_a_letter_is_a_tool_only_as_written(known: Knowledge) -> None:
    assert not enriched(listing("Plan r for everyone"), known).tools


def test_at_most_twelve_terms_are_inferred(tmp_path: Path) -> None:
    folder = write_knowledge(tmp_path)
    many = [{"id": f"s{n}", "label": {"en": f"skill{n}", "fr": f"hab{n}"}} for n in range(20)]
    (folder / "vocabulary" / "skills.yml").write_text(str([*SKILLS, *many]), encoding="utf-8")
    text = " ".join(f"skill{n}" for n in range(20))
    assert len(enriched(listing(text), read_knowledge(folder)).skills) == MOST_INFERRED


@pytest.mark.parametrize(
    ("weeks", "hours", "eligible"),
    [
        (11.9, 300, True), (12, 300, False), (4, 5, True), (4, 4.9, False), (4, 301, False), (None, 40, None),
        (4, None, None), (None, None, None), (12, None, False), (None, 400, False),
    ],
)  # fmt: skip
def test_osap_follows_from_the_length_where_the_length_settles_it(
    weeks: float | None, hours: float | None, eligible: bool | None
) -> None:
    assert derived_osap(weeks, hours) is eligible


def test_the_feeds_own_word_on_osap_comes_first(known: Knowledge) -> None:
    stated, derived, open_ = (
        enriched(listing(**fields), known)
        for fields in ({"osap": False, "weeks": 4, "hours": 40}, {"weeks": 4, "hours": 40}, {})
    )
    assert (stated.osap, stated.osap_basis) == (False, "feed")
    assert (derived.osap, derived.osap_basis) == (True, "derived")
    assert (open_.osap, open_.osap_basis) == (None, None)


def test_a_cost_without_currency_is_canadian_and_no_cost_has_none(known: Knowledge) -> None:
    costs: list[dict[str, Any]] = [{"cost": 0}, {"cost": 5, "currency": "USD"}, {}]
    assert [enriched(listing(**fields), known).currency for fields in costs] == ["CAD", "USD", None]


def test_enriching_twice_adds_nothing(known: Knowledge) -> None:
    once = enriched(listing("Excel and first aid", weeks=4, hours=40, cost=5), known)
    assert enriched(once, known) == once


def test_a_term_found_in_the_text_says_where_it_is_first_named(known: Knowledge) -> None:
    english = {"title": "Payroll", "outcomes": ["Count", "Close a month in Excel"], "description": "Excel again, and R"}
    french = {"title": "Le secourisme au travail"}
    found = enriched(listing(en=english, fr=french), known)
    where = {term.id: term.found for term in (*found.skills, *found.tools)}
    assert {name: (f.language, f.field, f.item, f.start, f.end, f.words) for name, f in where.items() if f} == {
        "excel": ("en", "outcomes", 1, 17, 22, "Excel"),
        "r": ("en", "description", None, 17, 18, "R"),
        "first-aid": ("fr", "title", None, 3, 13, "secourisme"),
    }


def test_a_term_the_feed_states_needs_no_find(known: Knowledge) -> None:
    (stated,) = enriched(listing("Excel", tools=[{"id": "excel", "en": "Excel"}]), known).tools
    assert stated.found is None


@given(st.text(alphabet="Exceld' Râfirst-aid.\n", max_size=80))
def test_the_offsets_of_a_find_are_those_of_the_text(known: Knowledge, words: str) -> None:
    title = f"x {words} Excel"
    found = enriched(listing(title), known)
    assert found.tools
    written = found.en.title if found.en else ""
    for term in (*found.skills, *found.tools):
        assert term.found
        assert written[term.found.start : term.found.end] == term.found.words


def test_a_city_alone_gets_its_municipalitys_position_and_a_stated_one_stays(known: Knowledge) -> None:
    places: list[dict[str, Any]] = [
        {"city": "Sault-Sainte-Marie"}, {"city": "Sudbury", "location": [-80.9, 46.5]}, {"city": "London, UK"},
        {"region": "Nord"},
    ]  # fmt: skip
    found = [enriched(listing(place=place), known).place for place in places]
    assert [place.location for place in found if place] == [(-84.33, 46.52), (-80.9, 46.5), None, None]
    assert enriched(listing(), known).place is None


# Each case is what a reader filters, sorts or counts by and no feed gives. Where this test has to be changed, indexes
# made before hold something else in the same fields: raise WORKED_OUT, or their filters are wrong without a word.
WORKED_OUT_2 = [
    ({"cost": 450}, {"currency": "CAD", "cost_cad": 450}),
    ({"cost": 0, "currency": "USD"}, {"currency": "USD", "cost_cad": 0}),
    ({"cost": 200, "currency": "USD"}, {"currency": "USD", "cost_cad": 300}),
    ({"cost": 200, "currency": "EUR"}, {"currency": "EUR", "cost_cad": None}),
    ({"cost": 0.001, "currency": "USD"}, {"currency": "USD", "cost_cad": 0.01}),
    ({}, {"currency": None, "cost_cad": None}),
    ({"weeks": 6, "hours": 60}, {"osap": True, "osap_basis": "derived"}),
]
USD = Rate(dollars=1.5, date=dt.date(2026, 11, 27), source=Names(en="Bank of Maple"))


@pytest.mark.parametrize(("given_fields", "worked_out"), WORKED_OUT_2)
def test_what_is_worked_out_is_what_the_fingerprint_says(
    known: Knowledge, given_fields: dict[str, Any], worked_out: dict[str, Any]
) -> None:
    found = enriched(listing(**given_fields), known, {"USD": USD})
    assert {name: getattr(found, name) for name in worked_out} == worked_out
    assert WORKED_OUT == 2
