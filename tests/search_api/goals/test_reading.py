from dataclasses import replace

import pytest

from mappings.contract import Contract, Language
from mappings.knowledge import Knowledge
from search_api.goals.goal import Goal, Pursuit
from search_api.goals.reading import GoalReader
from search_api.goals.widening import MOST_TERMS, widening
from search_api.interpreter import Interpreter
from search_api.search_request import Filter, SearchRequest
from tests.search_api.goals.making import CARPENTER, DESIGNER, DEVELOPER, LIBRARIAN, MANAGER


def pursuit(
    trades: Knowledge, goal: Goal, text: str = "", origin: str = "", *filters: Filter, language: Language = "en"
) -> Pursuit:
    interpreter = Interpreter(trades)
    request = SearchRequest(text, language, goal=goal, origin=origin, filters=filters)
    found = GoalReader(trades).pursuing(request, interpreter.understand(text, language), interpreter).pursuit
    assert found is not None
    return found


def test_a_search_without_a_goal_stays_as_it_is(trades: Knowledge) -> None:
    request, interpreter = SearchRequest("carpenter", "en", origin="librarian"), Interpreter(trades)
    assert GoalReader(trades).pursuing(request, interpreter.understand("carpenter", "en"), interpreter) is request


@pytest.mark.parametrize("goal", ["grow", "current"])
def test_the_occupation_given_goes_above_the_one_the_words_name(trades: Knowledge, goal: Goal) -> None:
    assert pursuit(trades, goal, "carpenter").own == CARPENTER
    assert pursuit(trades, goal, "carpenter", "librarian").own == LIBRARIAN


def test_an_occupation_is_given_by_code_or_by_title_in_either_language(trades: Knowledge) -> None:
    for given in (CARPENTER, "carpenter", "charpentière", "Carpenters", "a job as carpenter"):
        assert pursuit(trades, "grow", "", given).own == CARPENTER, given


def test_one_moves_to_the_first_occupation_named_that_is_not_ones_own(trades: Knowledge) -> None:
    found = pursuit(trades, "pivot", "from graphic designer to web developer", "graphic designer")
    assert (found.own, found.target) == (DESIGNER, DEVELOPER)


def test_the_filter_names_the_occupation_where_the_words_do_not(trades: Knowledge, contract: Contract) -> None:
    chosen = Filter(contract.named("occupations"), (DEVELOPER,))
    assert pursuit(trades, "pivot", "", DESIGNER, chosen).target == DEVELOPER
    assert pursuit(trades, "pivot", "librarian", DESIGNER, chosen).target == LIBRARIAN
    assert pursuit(trades, "current", "", "", chosen).own == DEVELOPER


@pytest.mark.parametrize(
    ("goal", "text", "origin", "missing"),
    [
        ("grow", "", "", "no_occupation"),
        ("current", "choir singing", "", "no_occupation"),
        ("pivot", "carpenter", "", "pivot_without_from"),
        ("pivot", "", "", "pivot_without_from"),
        ("pivot", "choir singing", "carpenter", "pivot_without_target"),
        ("pivot", "carpenter", "carpenter", "same_occupation"),
        ("grow", "carpenter", "zzzqqq", "from_unknown"),
        ("pivot", "carpenter", "zzzqqq", "from_unknown"),
        ("grow", "", "00010", "no_data"),
        ("pivot", "carpenter", "00010", "no_data"),
    ],
)
def test_what_is_missing_is_said_and_not_guessed(
    trades: Knowledge, goal: Goal, text: str, origin: str, missing: str
) -> None:
    found = pursuit(trades, goal, text, origin)
    assert (found.missing, found.aim) == (missing, None)


def test_a_move_to_what_needs_nothing_new_is_said(trades: Knowledge) -> None:
    same = trades.occupations[DESIGNER].model_copy(update={"code": LIBRARIAN})
    held = Knowledge({**trades.occupations, LIBRARIAN: same}, trades.terms, trades.phrases)
    assert pursuit(held, "pivot", "librarian", DESIGNER).missing == "nothing_beyond"


def test_without_a_step_up_growing_has_no_needs_and_names_no_occupation(trades: Knowledge) -> None:
    aim = pursuit(trades, "grow", "librarian").aim
    assert aim is not None
    assert (aim.needs, aim.weights, aim.steps_up) == ((), {}, frozenset())


def test_a_goal_adds_listings_only_to_a_search_for_its_own_occupations(trades: Knowledge) -> None:
    about, other = (pursuit(trades, "grow", text, "carpenter").aim for text in ("carpenter", "Procore"))
    assert widening(about)[0] == ["budgeting", "procore", "scheduling"]
    assert widening(other) == widening(None) == []
    assert other is not None
    assert other.weights


def test_all_that_a_goal_adds_stays_within_what_the_engine_takes(trades: Knowledge) -> None:
    aim = pursuit(trades, "grow", "carpenter").aim
    assert aim is not None
    many = replace(aim.needs[0], terms={f"t{number}": 0.9 for number in range(40)})
    for count in (1, 2, 5):
        groups = widening(replace(aim, needs=(many,) * count))
        assert 0 < sum(map(len, groups)) <= MOST_TERMS


def test_a_goal_takes_no_part_where_links_do_not(trades: Knowledge) -> None:
    found = pursuit(trades, "grow", "carpenter")
    request = SearchRequest("carpenter", "en", pursuit=found)
    assert request.aim is found.aim is not None
    assert replace(request, legs=frozenset({"keyword"})).aim is None


def test_the_site_manager_has_no_step_up_and_the_carpenter_has_two(trades: Knowledge) -> None:
    carpenter = pursuit(trades, "grow", "carpenter").aim
    assert carpenter is not None
    assert carpenter.steps_up == {MANAGER, LIBRARIAN}
