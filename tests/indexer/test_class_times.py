"""When classes meet, from days and times."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.class_times import EVENING_FROM, ORDER, class_times
from indexer.rules import UnreadableError
from indexer.sources import Source
from indexer.validation import judge
from mappings.contract import Contract
from tests.indexer.conftest import reasons, source_entry
from tests.indexer.test_validation import row

MAPLE = Source.model_validate(source_entry("maple", "a.csv"))
WEEKDAYS = ["Mon", "Tuesdays", "mercredi", "jeudis", "Fri."]
WORDS = ["Mon", "sam.", "to", "-", "9", "pm", "18 h", "soir", "weekend", ":", "30", "and", "zoom"]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Tue 18:30–21:30", "evening"), ("mardi 18 h 30", "evening"), ("Tue & Thu 6:30-9:30 pm", "evening"),
        ("lundi et mercredi, 18h30 à 21h30", "evening"), ("les mardis soirs", "evening"), ("Mon-Fri 9-5", "daytime"),
        ("du lundi au vendredi, 8 h 30 à 16 h 30", "daytime"), ("9-12 pm", "daytime"), ("1 p.m. to 4 p.m.", "daytime"),
        ("Mon 13:00-21:00", "daytime"), ("Mon–Sat 9:00-17:00", "daytime weekend"), ("samedi de 9 h à 16 h", "weekend"),
        ("Sundays at 7 pm", "weekend"), ("Sat 9am-4pm, Tue 6pm-9pm", "evening weekend"),
        ("Fri-Sun 10am", "daytime weekend"), ("soir et fin de semaine", "evening weekend"), ("Saturdays", "weekend"),
    ],
)  # fmt: skip
def test_days_and_times_are_read_as_parts_of_the_week(text: str, parts: str) -> None:
    assert class_times(text) == tuple(parts.split())


@pytest.mark.parametrize(
    "text", ["Tuesday", "Mon-Fri", "6:30-9:30", "25:00", "13 pm", "every second Tuesday", "TBD", "", "Mon 9 " * 100]
)
def test_days_without_a_time_and_times_with_two_meanings_are_refused(text: str) -> None:
    with pytest.raises(UnreadableError) as refused:
        class_times(text)
    assert refused.value.problem.kind == "time_unclear"


def test_the_column_takes_values_of_its_list_and_times_together(contract: Contract) -> None:
    judged = judge(row(id="A", title="Weld", schedule="Weekend|Tue 18:30|zoom|Monday"), MAPLE, contract)
    assert judged.listing is not None
    assert judged.listing.schedule == ("weekend", "evening")
    assert reasons(judged) == ["choice_unknown", "time_unclear"]


@given(st.sampled_from(WEEKDAYS), st.integers(0, 23), st.integers(0, 59))
def test_the_hour_a_class_begins_decides_in_every_way_of_writing_it(day: str, hour: int, minute: int) -> None:
    part = "evening" if hour >= EVENING_FROM else "daytime"
    half = f"{hour % 12 or 12}:{minute:02} {'pm' if hour >= 12 else 'am'}"
    for time in (f"{hour:02}:{minute:02}", f"{hour} h {minute:02}", half):
        assert class_times(f"{day} {time}") == (part,)
    assert class_times(f"samedi {half}") == ("weekend",)


@given(st.lists(st.sampled_from(WORDS), max_size=10).map(" ".join))
def test_any_words_are_parts_in_order_or_a_refusal(text: str) -> None:
    try:
        found = class_times(text)
    except UnreadableError:
        return
    assert found == tuple(part for part in ORDER if part in found)
    assert found
