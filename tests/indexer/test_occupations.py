"""Occupations are inferred from what a listing says, with a score and what spoke for it."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.enrich import enriched
from indexer.evidence import FEATURES, features, signs
from indexer.occupations import LEAST, MOST, PARAMETERS, scores, with_occupations
from indexer.official import Inferable, inferable
from indexer.profiles import MOST_NAMES, Profiles, occupation_passage
from mappings.embedding import Recipe
from mappings.knowledge import Knowledge, Target, read_knowledge
from mappings.listing import Listing, OccupationLink
from mappings.occupation import Occupation
from mappings.phrases import PhraseIndex
from tests.indexer.conftest import OCCUPATIONS, write_knowledge

if TYPE_CHECKING:
    from mappings.vectors import Vectors

RECIPE = Recipe("m", 3)
AIDE, WELDER, BOOKKEEPER = "33102", "72106", "12200"


def taught(code: str) -> dict[str, Any]:
    """Two of the three occupations use Excel and first aid each, one uses R."""
    first_aid = {"skills": ["first-aid"]}
    return {BOOKKEEPER: {"tools": ["excel", "r"]}, WELDER: {"tools": ["excel"], **first_aid}, AIDE: first_aid}[code]


@pytest.fixture(scope="session")
def known(tmp_path_factory: pytest.TempPathFactory) -> Knowledge:
    folder = write_knowledge(tmp_path_factory.mktemp("knowledge"))
    rows = [{**row, **taught(str(row["code"]))} for row in OCCUPATIONS]
    (folder / "occupations" / "all.yml").write_text(str(rows), encoding="utf-8")
    return read_knowledge(folder)


@pytest.fixture(scope="session")
def profiles(known: Knowledge) -> Profiles:
    """Three occupations at right angles, so that a listing's vector is its cosine with each."""
    return Profiles(inferable(known), {"en": np.eye(3, dtype=np.float32), "fr": np.eye(3, dtype=np.float32)})


def listing(title: Any = "Course", **fields: Any) -> Listing:
    body = {"id": "m.a", "institution": {"id": "m", "name": {"en": "M"}}, "en": {"title": title}, **fields}
    return Listing.model_validate(body)


def near(*cosines: float) -> Any:
    return {"en": np.array(cosines, np.float32)}


def score_of(code: str, one: Listing, profiles: Profiles, vectors: Any = None) -> float:
    return dict(scores(signs(one, vectors or near(0.2, 0.2, 0.2), profiles), profiles))[code]


def inferred(one: Listing, vectors: Any, profiles: Profiles) -> tuple[OccupationLink, ...]:
    return with_occupations(one, vectors, profiles).occupations


def test_stated_occupations_are_all_there_is(profiles: Profiles) -> None:
    stated = listing("Welder", occupations=[{"code": BOOKKEEPER}])
    assert inferred(stated, near(0, 1, 0), profiles) == stated.occupations


def test_an_occupation_named_in_the_title_is_inferred_with_its_score(profiles: Profiles) -> None:
    (found,) = inferred(listing("Welding for a new welder"), near(0.1, 0.3, 0.1), profiles)
    assert (found.code, found.basis) == (WELDER, "inferred")
    assert LEAST <= found.score < 1


def test_a_near_occupation_is_inferred_without_being_named(profiles: Profiles) -> None:
    (found,) = inferred(listing(), near(0.7, 0.2, 0.1), profiles)
    assert found.code == AIDE
    assert found.evidence
    assert (found.evidence.named, found.evidence.shared, found.evidence.likeness) == ((), (), 0.7)


def test_a_listing_near_nothing_has_no_occupation(profiles: Profiles) -> None:
    assert not inferred(listing("Beekeeping"), near(0.1, 0.1, 0.05), profiles)
    assert not inferred(listing(), {}, profiles)


def test_at_most_three_occupations_are_inferred_the_likeliest_first(known: Knowledge) -> None:
    twice = {**known.occupations, "99999": known.occupations[AIDE].model_copy(update={"code": "99999"})}
    many = Profiles(Inferable(twice, (known.phrases,)), {"en": np.eye(4, dtype=np.float32)})
    found = inferred(listing(), near(0.93, 0.95, 0.9, 0.93), many)
    assert len(found) == MOST
    assert [link.code for link in found] == [WELDER, AIDE, "99999"]


def test_what_was_inferred_before_is_not_taken_for_the_feeds_word(profiles: Profiles) -> None:
    before = listing(occupations=[{"code": WELDER, "basis": "inferred", "score": 0.9}])
    assert not inferred(before, near(0.1, 0.1, 0.1), profiles)


def test_being_named_in_the_title_says_more_than_further_down(profiles: Profiles) -> None:
    title = listing("A welder's day")
    down = listing(en={"title": "A day", "description": "with a welder"})
    said = [score_of(WELDER, one, profiles) for one in (title, down, listing("A day"))]
    assert said == sorted(said, reverse=True)
    assert len(set(said)) == len(said)


def test_a_term_few_occupations_use_says_more_than_one_many_use(known: Knowledge, profiles: Profiles) -> None:
    rare, common, none = (enriched(listing(title), known) for title in ("Use R", "Use Excel", "Use it"))
    said = [score_of(BOOKKEEPER, one, profiles) for one in (rare, common, none)]
    assert said[0] > said[1] > said[2]


def test_sharing_nothing_is_no_sign_against_an_occupation_whose_terms_are_unknown(known: Knowledge) -> None:
    bare = known.occupations[AIDE].model_copy(update={"skills": (), "tools": ()})
    eyes: Vectors = np.eye(3, dtype=np.float32)
    with_terms = Profiles(inferable(known), {"en": eyes})
    without = Profiles(Inferable({**known.occupations, AIDE: bare}, (known.phrases,)), {"en": eyes})
    assert score_of(AIDE, listing(), without) > score_of(AIDE, listing(), with_terms)


def test_the_evidence_names_the_words_the_shared_terms_and_the_likeness(known: Knowledge, profiles: Profiles) -> None:
    text = {"title": "Excel and R", "outcomes": ["Work as a bookkeeper"], "description": "For any bookkeeper."}
    french = {"title": "Le métier de commis comptable"}
    one = enriched(listing(en=text, fr=french), known)
    (found, *_) = inferred(one, near(0.1, 0.1, 0.6), profiles)
    assert found.code == BOOKKEEPER
    assert found.evidence
    assert [(term.id, term.weight) for term in found.evidence.shared] == [("r", 1.0), ("excel", 0.369)]
    assert found.evidence.likeness == 0.6
    first, second, third = found.evidence.named
    assert (first.language, first.field, first.words) == ("fr", "title", "commis comptable")
    assert (second.field, second.item, second.start, second.words) == ("outcomes", 0, 10, "bookkeeper")
    assert (third.field, third.item, third.words) == ("description", None, "bookkeeper")


def test_a_listing_with_evidence_reads_back_from_its_document(known: Knowledge, profiles: Profiles) -> None:
    one = with_occupations(enriched(listing("Excel for a bookkeeper"), known), near(0, 0, 0.5), profiles)
    assert one.occupations[0].evidence
    assert Listing.model_validate(one.document()) == one


def test_a_name_that_is_part_of_a_longer_one_names_nothing(known: Knowledge, profiles: Profiles) -> None:
    longer = PhraseIndex([("welder supervisor", Target("occupation", BOOKKEEPER))])
    both = Profiles(Inferable(known.occupations, (known.phrases, longer)), profiles.vectors)
    one = listing("Welder supervisor", en={"title": "Welder supervisor", "description": "Learn from a welder."})
    found = signs(one, near(0.1, 0.1, 0.1), both).named
    assert [find.words for find in found[both.row[BOOKKEEPER]]] == ["Welder supervisor"]
    assert [find.words for find in found[both.row[WELDER]]] == ["welder"]


def test_stated_occupations_carry_no_evidence(profiles: Profiles) -> None:
    stated = with_occupations(listing("Welder", occupations=[{"code": WELDER}]), near(0, 1, 0), profiles)
    assert stated.document()["occupations"] == [{"code": WELDER, "basis": "feed", "score": 1.0}]


@given(st.lists(st.floats(-1, 1, width=32), min_size=3, max_size=3))
def test_scores_are_shares_in_falling_order(profiles: Profiles, cosines: list[float]) -> None:
    found = scores(signs(listing(), near(*cosines), profiles), profiles)
    assert all(0 <= score <= 1 for _, score in found)
    assert [score for _, score in found] == sorted((score for _, score in found), reverse=True)


@given(st.lists(st.floats(-1, 1, width=32), min_size=3, max_size=3))
def test_the_nearest_occupation_is_behind_none(profiles: Profiles, cosines: list[float]) -> None:
    behind = features(signs(listing(), near(*cosines), profiles), profiles)[:, FEATURES.index("behind_the_nearest")]
    assert behind.max() == 0


def test_every_feature_has_its_parameter() -> None:
    assert tuple(PARAMETERS) == ("start", *FEATURES)


def test_an_occupation_is_a_passage_of_names_summary_and_duties(known: Knowledge) -> None:
    passage = occupation_passage(known.occupations[WELDER], "fr", RECIPE)
    assert passage.startswith("passage: Soudeurs et opérateurs de machines, soudeur, soudeuse. Assemblent")


def test_a_passage_names_no_more_than_fifteen_titles(known: Knowledge) -> None:
    row = known.occupations[WELDER].model_dump() | {"names": {"en": [f"name{n}" for n in range(40)]}}
    passage = occupation_passage(Occupation(**row), "en", RECIPE)
    assert f"name{MOST_NAMES - 1}." in passage
    assert f"name{MOST_NAMES}" not in passage


def test_nothing_is_inferred_where_nothing_is_known(tmp_path: Path) -> None:
    folder = write_knowledge(tmp_path)
    (folder / "occupations" / "all.yml").write_text("[]", encoding="utf-8")
    nothing = Profiles(inferable(read_knowledge(folder)), {"en": np.empty((0, 3), np.float32)})
    assert not inferred(listing(), near(1, 0, 0), nothing)
