import datetime as dt
import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import LanguageAccept, MultiDict

from mappings.contract import Contract, Language, listing_contract
from search_api.parameters import LONGEST_QUERY, MOST_PER_PAGE, MOST_VALUES, clean_text, parameters_model, sort_names
from search_api.problems import ParameterProblem
from search_api.request_parsing import ParametersError, RequestParser, language_of
from search_api.search_request import ALL_LEGS, MOST_RESULTS, SearchRequest, Sort

PARSER = RequestParser(listing_contract(), experiments=False)
MEASURING = RequestParser(listing_contract(), experiments=True)
ASKED = ("institution", "subject", "language", "delivery", "credential_type", "cost_max", "weeks_max", "hours_max",
         "starts_before", "osap", "occupation")  # fmt: skip


def parsed(*pairs: tuple[str, str], language: Language = "en", parser: RequestParser = PARSER) -> SearchRequest:
    return parser.parse(MultiDict(pairs), language)


def refusals(*pairs: tuple[str, str], language: Language = "en") -> dict[str, ParameterProblem]:
    with pytest.raises(ParametersError) as caught:
        parsed(*pairs, language=language)
    return {problem.parameter: problem for problem in caught.value.problems}


def reason(name: str, value: str, language: Language = "en") -> str:
    return refusals((name, value), language=language)[name].reason


def test_without_parameters_all_listings_are_browsed_by_relevance_from_the_first_page() -> None:
    request = parsed()
    assert (request.text, request.page, request.per_page, request.offset) == ("", 1, 20, 0)
    assert (request.sort, request.filters, request.legs) == (Sort(), (), ALL_LEGS)


def test_every_field_of_the_contract_that_filters_is_a_parameter(contract: Contract) -> None:
    names = set(parameters_model(contract).model_fields)
    assert names >= {*ASKED, "q", "lang", "page", "per_page", "sort"}
    for item in contract.with_role("filter"):
        assert names & {item.param, *map(item.bounded, item.bounds)}


def test_filters_keep_their_field_values_and_bound(contract: Contract) -> None:
    request = parsed(("subject", "languages"), ("subject", "data-ai"), ("cost_max", "100"), ("osap", "false"))
    found = {item.parameter: item for item in request.filters}
    assert found["subject"].values == ("languages", "data-ai")
    assert (found["cost_max"].values, found["cost_max"].bound) == ((100.0,), "max")
    assert found["osap"].values == (False,)
    assert found["subject"].field == contract.named("subject")


def test_dates_are_read_as_days() -> None:
    (item,) = parsed(("starts_before", "2027-01-18")).filters
    assert item.values == (dt.date(2027, 1, 18),)


@pytest.mark.parametrize(
    "written", ["86400", "20270118", "2027", "inf", "1e9", "2027-1-8", "2027-02-30", "tomorrow", ""]
)
def test_only_a_real_day_written_year_month_day_is_a_date(written: str) -> None:
    assert "year-month-day" in reason("starts_before", written)


@pytest.mark.parametrize("written", ["nan", "inf", "-inf", "1e999", "Infinity"])
def test_an_amount_must_be_finite(written: str) -> None:
    assert reason("cost_max", written) == "Give a finite number."


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("cost_max", "cheap", "Give a number."),
        ("cost_max", "-1", "Give 0 or more."),
        ("cost_max", "1e9", "Give 1000000 or less."),
        ("page", "two", "Give a whole number."),
        ("page", "0", "Give 1 or more."),
        ("page", "1001", "Give 1000 or less."),
        ("page", "9" * 30, "Give 1000 or less."),
        ("per_page", str(MOST_PER_PAGE + 1), f"Give {MOST_PER_PAGE} or less."),
        ("per_page", "0", "Give 1 or more."),
        ("q", "x" * (LONGEST_QUERY + 1), f"Give at most {LONGEST_QUERY} characters."),
        ("lang", "de", "Use one of: en, fr."),
        ("osap", "perhaps", "Give true or false."),
        ("institution", "", "Give a value; leave the parameter out for none."),
        ("occupation", "123", "This value does not have the right form."),
        ("occupation", "123456", "This value does not have the right form."),
        ("occupation", "１２３４５", "This value does not have the right form."),
    ],
)
def test_a_wrong_value_is_refused_with_what_would_be_right(name: str, value: str, said: str) -> None:
    assert reason(name, value) == said


def test_reasons_are_given_in_french_too() -> None:
    assert reason("cost_max", "cher", "fr") == "Donnez un nombre."
    assert "Vouliez-vous dire cost_max?" in reason("cost_maks", "5", "fr")


def test_every_wrong_parameter_is_named_at_once() -> None:
    found = refusals(("q", "x" * 500), ("page", "0"), ("cost_max", "x"), ("cots_max", "5"), ("sort", "price"))
    assert set(found) == {"q", "page", "cost_max", "cots_max", "sort"}


def test_a_repeated_parameter_is_named_beside_the_other_wrong_ones() -> None:
    found = refusals(("q", "a"), ("q", "b"), ("cost_max", "1"), ("cost_max", "2"), ("page", "0"))
    assert set(found) == {"q", "cost_max", "page"}
    assert found["q"].reason == "This parameter may be given once only."


def test_an_unknown_parameter_is_refused_with_what_may_have_been_meant() -> None:
    problem = refusals(("instituton", "x"))["instituton"]
    assert problem.suggestion == "institution"
    assert problem.reason == "There is no parameter of this name. Did you mean institution?"


def test_an_unknown_parameter_like_no_other_is_refused_without_a_guess() -> None:
    assert refusals(("zzzzzz", "x"))["zzzzzz"].suggestion is None


def test_an_unknown_value_of_a_closed_list_is_refused_with_the_nearest_value() -> None:
    problem = refusals(("subject", "data"))["subject"]
    assert problem.suggestion is None or problem.suggestion in problem.reason
    assert refusals(("delivery", "onlin"))["delivery"].suggestion == "online"


def test_a_long_value_is_echoed_cut_short() -> None:
    assert len(refusals(("q", "x" * 5000))["q"].value or "") <= 60


def test_more_values_of_one_filter_than_any_list_has_are_refused() -> None:
    many = [("institution", f"i{number}") for number in range(MOST_VALUES + 1)]
    assert refusals(*many)["institution"].reason == f"Give at most {MOST_VALUES} values."
    assert len(parsed(*many[:-1]).filters[0].values) == MOST_VALUES


@pytest.mark.parametrize("per_page", [1, 7, 20, 99, 100])
def test_a_page_that_begins_within_the_first_thousand_results_can_be_opened_and_the_next_cannot(per_page: int) -> None:
    last = math.ceil(MOST_RESULTS / per_page)
    assert parsed(("page", str(last)), ("per_page", str(per_page))).offset < MOST_RESULTS
    found = refusals(("page", str(last + 1)), ("per_page", str(per_page)))
    assert "1000" in found["page"].reason


def test_each_sort_goes_both_ways_and_the_id_is_none(contract: Contract) -> None:
    names = sort_names(contract)
    assert names[0] == "relevance"
    assert {"cost", "-cost", "title", "starts", "-updated"} <= set(names)
    assert "id" not in names
    assert parsed(("sort", "-cost")).sort == Sort(contract.named("cost"), descending=True)
    assert parsed(("sort", "starts")).sort == Sort(contract.named("starts"))


def test_legs_can_be_chosen_only_where_the_operator_allows_experiments() -> None:
    assert parsed(("legs", "keyword"), parser=MEASURING).legs == {"keyword"}
    assert set(refusals(("legs", "keyword"))) == {"legs"}


def test_white_space_and_control_characters_of_a_query_are_folded() -> None:
    assert clean_text("  dental\x00\n\t hygienist\x1b[0m \u2028 ") == "dental hygienist [0m"


@given(st.text())
def test_a_cleaned_query_is_printable_single_spaced_and_stays_so(text: str) -> None:
    once = clean_text(text)
    assert once.isprintable()
    assert "  " not in once
    assert once == once.strip()
    assert clean_text(once) == once


NAMES = st.sampled_from([*PARSER.model.model_fields, "unknown", "Q", ""]) | st.text(max_size=12)
VALUES = (
    st.sampled_from(["1", "0", "-1", "true", "online", "en", "nan", "1e999", "2027-01-01", "12345", "\x00"]) | st.text()
)


@given(st.lists(st.tuples(NAMES, VALUES), max_size=8))
def test_any_query_string_becomes_a_request_within_limits_or_names_what_is_wrong(pairs: list[tuple[str, str]]) -> None:
    try:
        request = PARSER.parse(MultiDict(pairs), "fr")
    except ParametersError as error:
        found = error.problems
    else:
        assert_within_limits(request)
        return
    given_names = {name for name, _value in pairs}
    assert found
    assert all(problem.reason and problem.parameter in given_names for problem in found)


def assert_within_limits(request: SearchRequest) -> None:
    assert len(request.text) <= 3 * LONGEST_QUERY  # a few characters are three when composed
    assert 0 <= request.offset < MOST_RESULTS
    assert 1 <= request.per_page <= MOST_PER_PAGE


@pytest.mark.parametrize(
    ("asked", "accepted", "given_language"),
    [
        ("fr", [("en", 1.0)], "fr"),
        (None, [("fr-CA", 1.0), ("en", 0.5)], "fr"),
        (None, [("de", 1.0)], "en"),
        (None, [], "en"),
        ("de", [("fr", 1.0)], "fr"),
        ("", [("en-GB", 1.0)], "en"),
    ],
)
def test_the_language_is_the_explicit_one_else_the_browsers_best_else_english(
    asked: str | None, accepted: list[tuple[str, float]], given_language: str
) -> None:
    assert language_of(asked, LanguageAccept(accepted)) == given_language


def test_a_page_with_few_parameters_refuses_others_and_repetitions() -> None:
    class Few(PARSER.model.__base__):  # type: ignore[misc, name-defined] # the shared base, which forbids extras
        lang: Any = None

    PARSER.check(Few, MultiDict([("lang", "en")]), "en")
    with pytest.raises(ParametersError) as caught:
        PARSER.check(Few, MultiDict([("lang", "en"), ("lang", "fr"), ("q", "x")]), "en")
    assert [problem.parameter for problem in caught.value.problems] == ["q", "lang"]


def test_outlook_is_of_ontario_unless_another_region_is_asked_for() -> None:
    assert parsed().region == "3500"
    assert parsed(("region", " 3530 ")).region == "3530"


def test_a_region_there_is_none_of_is_refused_beside_the_others_with_the_names_of_those_there_are() -> None:
    found = refusals(("region", "9999"), ("page", "0"), language="fr")
    assert set(found) == {"region", "page"}
    assert "3580 (Stratford–Péninsule Bruce)" in found["region"].reason
    assert found["region"].value == "9999"
    assert set(refusals(("region", ""))) == {"region"}


def test_a_region_that_was_imported_may_be_asked_for() -> None:
    parser = RequestParser(listing_contract(), experiments=False, regions=lambda _language: {"2400": "Quebec"})
    assert parsed(("region", "2400"), parser=parser).region == "2400"
    with pytest.raises(ParametersError):
        parsed(("region", "3500"), parser=parser)
