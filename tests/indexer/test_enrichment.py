"""What is added to a listing, and how it is known."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.enrich import derived_osap, enriched
from indexer.occupations import Profiles, occupation_passage, scores, with_occupations
from indexer.terms import MOST_INFERRED
from mappings.embedding import Recipe
from mappings.knowledge import Knowledge, read_knowledge
from mappings.listing import Listing
from tests.indexer.conftest import SKILLS, write_knowledge

RECIPE = Recipe("m", 3)


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


PROFILES = Profiles(("33102", "72106", "12200"), {"en": np.eye(3, dtype=np.float32), "fr": np.eye(3, dtype=np.float32)})


def near(*cosines: float) -> Any:
    return {"en": np.array(cosines, np.float32)}


def test_stated_occupations_are_all_there_is(known: Knowledge) -> None:
    stated = listing("Welder", occupations=[{"code": "12200"}])
    assert with_occupations(stated, near(0, 1, 0), PROFILES, known).occupations == stated.occupations


def test_an_occupation_named_in_the_title_is_inferred_with_its_score(known: Knowledge) -> None:
    (found,) = with_occupations(listing("Welding for a new welder"), near(0.1, 0.3, 0.1), PROFILES, known).occupations
    assert (found.code, found.basis) == ("72106", "inferred")
    assert 0.5 <= found.score < 1


def test_a_near_occupation_is_inferred_without_being_named(known: Knowledge) -> None:
    found = with_occupations(listing(), near(0.7, 0.2, 0.1), PROFILES, known).occupations
    assert [link.code for link in found] == ["33102"]


def test_a_listing_near_nothing_has_no_occupation(known: Knowledge) -> None:
    assert not with_occupations(listing("Beekeeping"), near(0.1, 0.1, 0.05), PROFILES, known).occupations
    assert not with_occupations(listing(), {}, PROFILES, known).occupations


def test_what_was_inferred_before_is_not_taken_for_the_feeds_word(known: Knowledge) -> None:
    before = listing(occupations=[{"code": "72106", "basis": "inferred", "score": 0.9}])
    assert not with_occupations(before, near(0.1, 0.1, 0.1), PROFILES, known).occupations


def test_being_named_in_the_title_says_more_than_further_down(known: Knowledge) -> None:
    title = scores(listing("A welder's day"), near(0.2, 0.2, 0.2), PROFILES, known)
    down = scores(listing(en={"title": "A day", "description": "with a welder"}), near(0.2, 0.2, 0.2), PROFILES, known)
    plain = scores(listing("A day"), near(0.2, 0.2, 0.2), PROFILES, known)
    assert dict(title)["72106"] > dict(down)["72106"] > dict(plain)["72106"]


@given(st.lists(st.floats(-1, 1, width=32), min_size=3, max_size=3))
def test_scores_are_shares_in_falling_order(known: Knowledge, cosines: list[float]) -> None:
    found = scores(listing(), near(*cosines), PROFILES, known)
    assert all(0 <= score <= 1 for _, score in found)
    assert [score for _, score in found] == sorted((score for _, score in found), reverse=True)


def test_an_occupation_is_a_passage_of_names_summary_and_duties(known: Knowledge) -> None:
    passage = occupation_passage(known.occupations["72106"], "fr", RECIPE)
    assert passage.startswith("passage: Soudeurs et opérateurs de machines, soudeur, soudeuse. Assemblent")


def test_nothing_is_inferred_where_nothing_is_known(known: Knowledge) -> None:
    nothing = Profiles((), {"en": np.empty((0, 3), np.float32)})
    assert not with_occupations(listing(), near(1, 0, 0), nothing, known).occupations
