"""Where Ontario's municipalities are."""

import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mappings.municipalities import BAR, FILE, municipalities, position_of
from search_api.limits.places import gazetteer

with FILE.open(encoding="utf-8", newline="") as opened:
    ROWS = list(csv.DictReader(opened))
NAMES = [name for row in ROWS for name in (row["name"], *row["other_names"].split(BAR)) if name]


def test_there_are_enough_and_no_name_stands_for_two() -> None:
    assert len(ROWS) >= 150
    assert len(municipalities()) >= len(NAMES) - 5  # spellings that differ in marks alone fold together
    assert len(set(NAMES)) == len(NAMES)


def test_all_lie_in_ontario_to_two_decimals() -> None:
    for row in ROWS:
        assert 41.9 <= float(row["latitude"]) <= 56.9, row["name"]
        assert -95.2 <= float(row["longitude"]) <= -74.3, row["name"]
        assert all(len(row[name].partition(".")[2]) == 2 for name in ("latitude", "longitude")), row["name"]


def test_a_name_that_folds_like_another_stands_in_the_same_place() -> None:
    for row in ROWS:
        for name in (row["name"], *row["other_names"].split(BAR)):
            if name:
                assert position_of(name) == (float(row["longitude"]), float(row["latitude"])), name


@pytest.mark.parametrize(
    ("city", "like"),
    [
        ("toronto", "Toronto"), ("Toronto, ON", "Toronto"), ("Hearst (Ontario)", "Hearst"),
        ("Barrie, Ontario, Canada", "Barrie"), ("Sault-Sainte-Marie", "Sault Ste. Marie"), ("ORLEANS", "Orléans"),
        ("Grand Sudbury", "Sudbury"), ("Nipissing Ouest", "Sturgeon Falls"), ("Kingston ON", "Kingston"),
    ],
)  # fmt: skip
def test_both_languages_spellings_and_the_province_are_understood(city: str, like: str) -> None:
    assert position_of(city) == position_of(like) is not None


@pytest.mark.parametrize(
    "city", ["London, UK", "Paris, France", "Hamilton, NZ", "Nowhere", "", "Online", "Cambridge, MA"]
)
def test_a_city_elsewhere_has_no_position(city: str) -> None:
    assert position_of(city) is None


def test_every_city_learners_may_name_has_a_position() -> None:
    assert [city for city in gazetteer().spellings if position_of(city) is None] == []


@given(st.text())
def test_any_text_is_a_place_or_none(text: str) -> None:
    assert position_of(text) is None or position_of(text) in municipalities().values()
