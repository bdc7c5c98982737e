"""Lengths as institutions write them."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.durations import length
from indexer.iso_durations import Length
from indexer.rules import UnreadableError
from indexer.sources import Source
from indexer.validation import judge
from mappings.contract import Contract
from tests.indexer.conftest import reasons, source_entry
from tests.indexer.test_validation import row

MAPLE = Source.model_validate(source_entry("maple", "a.csv"))
WORDS = ["weeks", "hours", "h", "par", "per", "week", "semaine", "for", "PT", "P", "-", "/", "jours", "two", "mois"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2 days a week for 6 weeks", Length(weeks=6)), ("2 soirs par semaine pendant 8 semaines", Length(weeks=8)),
        ("P4W", Length(weeks=4)), ("P3M", Length(weeks=13)), ("P10D", Length(weeks=1.4)), ("PT40H", Length(hours=40)),
        ("PT1H30M", Length(hours=1.5)), ("40-45 hrs", Length(hours=45)), ("40 à 45 heures", Length(hours=45)),
        ("3 fins de semaine", Length(weeks=3)), ("Two weekends", Length(weeks=2)), ("8 samedis", Length(weeks=8)),
        ("6 weeks, 3 hours per week", Length(weeks=6, hours_per_week=3)),
        ("12 semaines à raison de 3 h par semaine", Length(weeks=12, hours_per_week=3)),
        ("8 weeks @ 3 hrs/week", Length(weeks=8, hours_per_week=3)),
        ("36 heures (12 semaines, 3 heures/semaine)", Length(12, 36, 3)),
        ("24 hours over 6 weeks", Length(weeks=6, hours=24)), ("2 days over 6 weeks", Length(weeks=6)),
        ("six semaines", Length(weeks=6)), ("1 h 30", Length(hours=1.5)), ("90 minutes", Length(hours=1.5)),
        ("1 hour 30 minutes", Length(hours=1.5)), ("3 months (12 weeks)", Length(weeks=12)),
        ("about 6 weeks", Length(weeks=6)), ("2-day", Length(weeks=0.3)), ("1,5 semaine", Length(weeks=1.5)),
        ("un an", Length(weeks=52)), ("P2Y", Length(weeks=104)), ("P1M", Length(weeks=4.3)),
        ("pt7,5h", Length(hours=7.5)), ("P0D", Length()), ("PT0S", Length()), ("P0DT6H", Length(hours=6)),
    ],
)  # fmt: skip
def test_weeks_and_hours_are_read_as_far_as_they_are_said(text: str, said: Length) -> None:
    assert length(text) == said


@pytest.mark.parametrize(
    "text",
    ["one semester", "a term", "une session", "self-paced", "varies", "6+ weeks", "at least 6 weeks", "plus de 6 mois",
     "4 weeks or 6 months", "1 month 2 weeks", "P", "PT", "P-1W", "P1.W", "P1W2X", "6", "", "weeks", "1.2.3 weeks",
     "6 weeks " * 2000, "PT" + "9" * 5000 + "H"],
)  # fmt: skip
def test_lower_bounds_terms_and_what_has_two_meanings_are_refused(text: str) -> None:
    with pytest.raises(UnreadableError) as refused:
        length(text)
    assert refused.value.problem.kind == "not_a_duration"


@pytest.mark.parametrize("text", ["P1DT6H", "P2DT4H", "p1wt1h", "P1YT1S"])
def test_days_with_hours_are_refused_with_what_to_write(text: str, contract: Contract) -> None:
    with pytest.raises(UnreadableError) as refused:
        length(text)
    assert refused.value.problem.kind == "duration_mixed"
    assert reasons(judge(row(id="A", title="Weld", hours=text), MAPLE, contract)) == ["duration_mixed"]


def test_no_time_at_all_is_no_length_of_a_column(contract: Contract) -> None:
    assert reasons(judge(row(id="A", title="Weld", weeks="P0D"), MAPLE, contract)) == ["not_a_duration"]


@given(st.text(alphabet="PTYMWDHS0123456789.,-", max_size=40))
def test_no_duration_is_negative_or_a_crash(text: str) -> None:
    with suppress(UnreadableError):
        assert all(value is None or value > 0 for value in length(text))


def test_one_cell_fills_the_columns_it_speaks_of(contract: Contract) -> None:
    judged = judge(row(id="A", title="Weld", hours="6 weeks, 3 hours per week"), MAPLE, contract)
    assert judged.listing is not None
    assert (judged.listing.weeks, judged.listing.hours, judged.listing.hours_per_week) == (6, None, 3)
    assert not judged.issues


def test_a_column_of_its_own_is_believed_first(contract: Contract) -> None:
    judged = judge(row(id="A", title="Weld", weeks="8", hours="24 hours over 6 weeks"), MAPLE, contract)
    assert judged.listing is not None
    assert (judged.listing.weeks, judged.listing.hours) == (8, 24)


def test_a_length_that_says_nothing_we_hold_is_reported(contract: Contract) -> None:
    assert reasons(judge(row(id="A", title="Weld", hours="8 hours a day"), MAPLE, contract)) == ["not_a_duration"]


def test_a_range_without_a_unit_is_in_the_columns_own(contract: Contract) -> None:
    listing = judge(row(id="A", title="Weld", hours="30–40", weeks="3 à 4"), MAPLE, contract).listing
    assert listing is not None
    assert (listing.hours, listing.weeks) == (40, 4)


def test_a_length_said_aside_keeps_to_the_bounds(contract: Contract) -> None:
    judged = judge(row(id="A", title="Weld", weeks="6 weeks, 99 hours per week"), MAPLE, contract)
    assert (judged.listing, reasons(judged)) == (None, ["out_of_bounds"])


@given(st.integers(1, 200), st.integers(1, 60))
def test_both_languages_and_the_standard_say_the_same(weeks: int, weekly: int) -> None:
    english, french = f"{weeks} weeks, {weekly} hours per week", f"{weekly} h/semaine pendant {weeks} semaines"
    assert length(english) == length(french) == Length(weeks=weeks, hours_per_week=weekly)
    assert length(f"P{weeks}W") == length(f"{weeks} weeks")


@given(st.lists(st.one_of(st.sampled_from(WORDS), st.integers(0, 999).map(str)), max_size=12).map(" ".join))
def test_any_words_are_a_length_or_a_refusal(text: str) -> None:
    with suppress(UnreadableError):
        assert all(value is None or value >= 0 for value in length(text))
