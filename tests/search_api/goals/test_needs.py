import pytest

from mappings.knowledge import Knowledge
from search_api.goals.needs import Needs, teer
from tests.search_api.goals.making import CARPENTER, DESIGNER, DEVELOPER, LABOURER, LIBRARIAN, MANAGER


@pytest.fixture(scope="module")
def needs(trades: Knowledge) -> Needs:
    return Needs(trades)


def test_the_second_digit_of_a_code_is_its_standing() -> None:
    assert [teer(code) for code in (MANAGER, DEVELOPER, CARPENTER, LABOURER)] == [0, 1, 2, 5]


def test_one_advances_to_related_occupations_of_a_greater_standing_only(needs: Needs) -> None:
    def up(code: str) -> list[str]:
        return [other.code for other in needs.steps_up(needs.knowledge.occupations[code])]

    assert up(CARPENTER) == [MANAGER, LIBRARIAN]  # not the labourer, who is related too
    assert up(LABOURER) == [CARPENTER]
    assert up(LIBRARIAN) == []
    assert up(MANAGER) == []


def test_a_related_occupation_that_nothing_is_held_of_is_no_step_up(needs: Needs) -> None:
    carpenter = needs.knowledge.occupations[CARPENTER]
    assert needs.steps_up(carpenter.model_copy(update={"related": ("10010",)})) == ()


def test_growing_needs_what_the_next_occupation_uses_beyond_ones_own(needs: Needs) -> None:
    first, _second = needs.of("grow", CARPENTER, None)
    assert first.code == MANAGER
    assert set(first.terms) == {"scheduling", "budgeting", "procore"}  # reading plans is common to both


def test_moving_needs_what_the_other_occupation_uses_beyond_ones_own(needs: Needs) -> None:
    (need,) = needs.of("pivot", DESIGNER, DEVELOPER)
    assert (need.code, set(need.terms)) == (DEVELOPER, {"html", "git"})
    (back,) = needs.of("pivot", DEVELOPER, DESIGNER)
    assert set(back.terms) == {"illustration"}


def test_what_fewer_occupations_use_weighs_more_and_comes_first(needs: Needs) -> None:
    (need,) = needs.of("pivot", LABOURER, MANAGER)
    assert list(need.terms)[-1] == "plan-reading"
    assert need.terms["plan-reading"] < need.terms["procore"] == 1.0


def test_staying_current_asks_for_tools_and_technologies_before_skills(needs: Needs) -> None:
    (need,) = needs.of("current", CARPENTER, None)
    assert list(need.terms) == ["saw", "framing", "plan-reading"]
    assert need.terms["saw"] == 2 * need.terms["framing"]


def test_a_term_that_every_occupation_uses_is_no_need(trades: Knowledge) -> None:
    jobs = {
        code: job.model_copy(update={"skills": (*job.skills, "framing")}) for code, job in trades.occupations.items()
    }
    held = Needs(Knowledge(jobs, trades.terms, trades.phrases))
    (need,) = held.of("current", CARPENTER, None)
    assert "framing" not in need.terms
    assert need.terms


def test_nothing_is_made_up_for_an_occupation_nothing_is_held_of(needs: Needs) -> None:
    with pytest.raises(KeyError):
        needs.of("grow", "00010", None)
