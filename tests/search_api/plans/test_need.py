"""What is to be learned, and how telling each part of it is."""

import pytest

from mappings.knowledge import Knowledge, knowledge
from mappings.telling import terms_of
from search_api.plans.need import need_of

HYGIENIST, PSW = "32111", "33102"


@pytest.fixture(scope="module")
def known() -> Knowledge:
    return knowledge()


def test_a_need_is_all_the_skills_and_tools_of_the_target(known: Knowledge) -> None:
    found = need_of(HYGIENIST, known)
    occupation = known.occupations[HYGIENIST]
    assert set(found.weights) == {*occupation.skills, *occupation.tools}
    assert found.had == frozenset()


def test_what_occupations_one_has_use_need_not_be_learned(known: Knowledge) -> None:
    shared = terms_of(known.occupations[HYGIENIST]) & terms_of(known.occupations[PSW])
    assert shared
    found = need_of(HYGIENIST, known, occupations=(PSW,))
    assert found.had == shared
    assert not shared & found.weights.keys()


@pytest.mark.parametrize("said", ["infection-control", "Infection prevention and control", "prévention des infections"])
def test_a_skill_one_has_is_known_by_id_or_by_name_in_either_language(known: Knowledge, said: str) -> None:
    found = need_of(HYGIENIST, known, skills=(said,))
    assert "infection-control" not in found.weights
    assert found.had == {"infection-control"}
    assert found.unknown == ()


def test_a_skill_nobody_knows_is_told_apart_and_a_job_title_is_no_skill(known: Knowledge) -> None:
    found = need_of(HYGIENIST, known, skills=("qwertz", "welder"))
    assert found.unknown == ("qwertz", "welder")
    assert len(found.weights) == len(need_of(HYGIENIST, known).weights)


def test_rarer_terms_weigh_more_and_none_weighs_nothing(known: Knowledge) -> None:
    uses = {x: sum(x in terms_of(each) for each in known.occupations.values()) for x in need_of(PSW, known).weights}
    ordered = sorted(need_of(PSW, known).weights.items(), key=lambda item: uses[item[0]])
    assert [weight for _term, weight in ordered] == sorted((weight for _term, weight in ordered), reverse=True)
    assert len({weight for _term, weight in ordered}) > 1
    assert min(weight for _term, weight in ordered) >= 100


def test_nothing_is_left_to_learn_for_an_occupation_one_has(known: Knowledge) -> None:
    found = need_of(PSW, known, occupations=(PSW,))
    assert not found.weights
    assert found.share(()) == 1


def test_of_an_occupation_known_by_its_title_only_nothing_is_known_to_be_needed(known: Knowledge) -> None:
    assert need_of("00010", known).weights == {}
    assert need_of(PSW, known, occupations=("00010",)).had == frozenset()
