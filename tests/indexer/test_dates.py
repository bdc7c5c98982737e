"""Days as institutions write them."""

import datetime as dt
from contextlib import suppress

import pytest
from babel.dates import format_date
from hypothesis import given
from hypothesis import strategies as st

from indexer.dates import date
from indexer.rules import UnreadableError
from indexer.sources import Source
from indexer.validation import judge
from mappings.contract import Contract
from tests.indexer.conftest import reasons, source_entry
from tests.indexer.test_validation import row

DAYS = st.dates(min_value=dt.date(1990, 1, 1), max_value=dt.date(2100, 12, 31))
EIGHTEENTH = dt.date(2027, 1, 18)


def refusal(value: object) -> str:
    with pytest.raises(UnreadableError) as refused:
        date(value)
    return refused.value.problem.kind


@pytest.mark.parametrize(
    "value",
    ["January 18, 2027", "Jan. 18 2027", "18 Jan 2027", "18-Jan-2027", "18th of January 2027", "18 janvier 2027",
     "18 janv. 2027", "le lundi 18 janvier 2027", "Monday, January 18, 2027", "2027/01/18", "2027-1-18",
     "2027-01-18T09:00:00Z", "18/01/2027", "01/18/2027", "18.01.2027", 46405, "46405", 46405.75],
)  # fmt: skip
def test_a_day_with_one_meaning_is_read(value: object) -> None:
    assert date(value) == EIGHTEENTH


def test_the_first_of_a_month_is_premier_in_french_and_mardi_is_no_march() -> None:
    assert date("1er mars 2027") == dt.date(2027, 3, 1)
    assert date("mar. 19 janv. 2027") == dt.date(2027, 1, 19)
    assert date("05/05/2027") == dt.date(2027, 5, 5)


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ("04/05/2027", "date_ambiguous"), ("18/01/27", "date_ambiguous"), ("Jan 2027", "date_of_month"),
        ("janvier 2027", "date_of_month"), ("2027-01", "date_of_month"), ("spring 2027", "not_a_date"),
        ("0001-01-01", "date_impossible"), ("9999-12-31", "date_impossible"), ("1 January 1950", "date_impossible"),
        ("31/02/2027", "date_impossible"), ("13/13/2027", "date_impossible"), ("29 février 2027", "date_impossible"),
        ("Tuesday, January 18, 2027", "date_weekday"), ("99999", "date_impossible"), (1_800_000_000, "not_a_date"),
        ("January 18 or 19, 2027", "not_a_date"), ("Jan 18 – Feb 3, 2027", "not_a_date"), ("x" * 10**6, "not_a_date"),
    ],
)  # fmt: skip
def test_a_day_with_none_or_several_meanings_is_refused(value: object, kind: str) -> None:
    assert refusal(value) == kind


@pytest.mark.parametrize(("order", "day"), [("dmy", dt.date(2027, 5, 4)), ("mdy", dt.date(2027, 4, 5))])
def test_a_source_may_say_in_which_order_it_writes(order: str, day: dt.date, contract: Contract) -> None:
    source = Source.model_validate({**source_entry("maple", "a.csv"), "date_order": order})
    listing = judge(row(id="A", title="Weld", starts="04/05/2027|2027-01-18|04/05/27"), source, contract).listing
    assert listing is not None
    assert listing.starts == (day, EIGHTEENTH)


def test_a_day_that_breaks_the_order_said_is_refused_not_turned_about(contract: Contract) -> None:
    source = Source.model_validate({**source_entry("maple", "a.csv"), "date_order": "dmy"})
    assert reasons(judge(row(id="A", title="Weld", starts="01/18/2027"), source, contract)) == ["date_impossible"]


@given(DAYS, st.sampled_from(["long", "full", "d MMM y", "MMMM d, y"]), st.sampled_from(["en_CA", "fr_CA", "en", "fr"]))
def test_every_day_written_out_is_read_back(day: dt.date, form: str, locale: str) -> None:
    assert date(format_date(day, form, locale)) == day


@given(DAYS)
def test_numbers_alone_are_never_taken_for_another_day(day: dt.date) -> None:
    for text in (f"{day:%d/%m/%Y}", f"{day:%m/%d/%Y}"):
        if day.day > 12 or day.day == day.month:
            assert date(text) == day
        else:
            assert refusal(text) == "date_ambiguous"


@given(st.text(alphabet="0123456789-/. janviermarchTZ", max_size=30))
def test_any_text_is_a_day_or_a_refusal(text: str) -> None:
    with suppress(UnreadableError):
        assert 1990 <= date(text).year <= 2100
