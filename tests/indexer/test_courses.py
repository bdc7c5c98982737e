"""Which listings are offerings of one course, by their titles and texts."""

import random
from collections import Counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer import courses as compared
from indexer.cleaning import key
from indexer.course_titles import course_title, offering_words
from indexer.courses import ALIKE, courses, folded_by_source, is_folded, likeness, with_courses
from mappings.contract import listing_contract
from mappings.listing import Listing

CONTRACT = listing_contract()
WORDS = offering_words(CONTRACT)
FORGE = {"id": "forge", "name": {"en": "Forge College"}, "kind": "college"}
TEXT = (
    "Strike an arc, run flat and horizontal beads, and read the puddle. Evenings begin with grinder and gas safety and "
    "end with a bend test of your own coupon. By the last class you can set a machine from the chart on its door."
)


def listing(identifier: str, title: str = "Welding Basics", text: str | None = TEXT, **more: Any) -> Listing:
    body: dict[str, Any] = {"id": f"forge.{identifier}", "institution": FORGE, "source": "forge", **more}
    return Listing.model_validate({"en": {"title": title, "description": text}, **body})


def groups(*listings: Listing) -> list[list[str]]:
    return [[one.id.removeprefix("forge.") for one in group] for group in courses(listings, CONTRACT)]


@pytest.mark.parametrize(
    "offered",
    [
        "Welding Basics – Fall 2026",
        "Welding Basics (Winter)",
        "WELDING BASICS, Section 002",
        "Welding Basics Spring 2027",
        "Welding Basics: January 12, 2027",
        "Welding Basics - starting Sept. 8",
        "Welding Basics [2026-2027]",
        "Welding Basics – W27",
        "Welding Basics (2027-01-12)",
        "Welding Basics – 003",
        "Welding Basics (Online)",
        "Welding Basics – Evenings – Fall 2026",
        "Fall 2026: Welding Basics",
        "Welding Basics – Cohort 4",
        "Welding Basics – Section B",
        "Welding Basics Section 12",
        "Welding Basics | May intake",
    ],
)
def test_what_says_which_offering_is_no_part_of_an_english_title(offered: str) -> None:
    assert course_title(offered, WORDS) == "welding basics"


@pytest.mark.parametrize(
    "offered",
    [
        "Soudage élémentaire – Hiver 2027",
        "Soudage élémentaire : session d'automne 2026",
        "SOUDAGE ELEMENTAIRE (été)",
        "Soudage élémentaire – Groupe 3",
        "Soudage élémentaire, cohorte 2",
        "Soudage élémentaire – 8 septembre 2026",
        "Soudage élémentaire – rentrée de janvier",
        "Soudage élémentaire (en ligne, le soir)",
        "Soudage élémentaire – A26",
        "Soudage élémentaire hiver 2027",
        "Soudage élémentaire (du 12 janvier au 3 mars 2027)",
    ],
)
def test_what_says_which_offering_is_no_part_of_a_french_title(offered: str) -> None:
    assert course_title(offered, WORDS) == "soudage elementaire"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Welding Level 1", "Welding Level 2"),
        ("Welding – Level 1", "Welding – Level 2"),
        ("Bookkeeping, Part I", "Bookkeeping, Part II"),
        ("Excel 2016", "Excel 2019"),
        ("Income Tax (2026)", "Income Tax (2027)"),
        ("ACCT 101 Bookkeeping", "ACCT 102 Bookkeeping"),
        ("Math (Gr. 9)", "Math (Gr. 10)"),
        ("Soccer Coaching (U10)", "Soccer Coaching (U12)"),
        ("C++ Basics", "C# Basics"),
        ("Soudage, niveau 1", "Soudage, niveau 2"),
        ("Excel, partie 1", "Excel, partie 2"),
        ("Winter Camping", "Summer Camping"),
        ("Train-the-Trainer", "Train"),
        ("Trees in Winter", "Trees in Summer"),
        ("Blood Group A", "Blood Group B"),
        ("Vitamin Group B", "Vitamin Group D"),
    ],
)
def test_what_is_taught_tells_titles_apart(one: str, other: str) -> None:
    assert course_title(one, WORDS) != course_title(other, WORDS)


@pytest.mark.parametrize("title", ["Fall 2026", "Section 2", "Online", "Hiver", "– –", "May"])
def test_a_title_of_nothing_else_stays_whole(title: str) -> None:
    assert course_title(title, WORDS) == course_title(title.casefold(), WORDS) != "" or not title.strip("– ")


@given(st.text(max_size=60))
def test_a_title_without_its_term_has_none_to_lose_again(title: str) -> None:
    once = course_title(title, WORDS)
    assert course_title(once, WORDS) == once


@given(
    st.sampled_from(["Welding Basics", "Dog Grooming", "Excel 2019", "Soudage, niveau 2", "Train-the-Trainer"]),
    st.lists(
        st.sampled_from(["Fall 2026", "Hiver 2027", "Section 004", "en ligne", "evening", "January 12, 2027", "W27"]),
        max_size=3,
    ),
    st.sampled_from([" – ", " - ", ", ", ": ", " | "]),
)
def test_any_number_of_terms_in_any_order_leaves_the_same_title(title: str, terms: list[str], mark: str) -> None:
    assert course_title(mark.join([title, *terms]), WORDS) == course_title(title, WORDS)


def test_the_city_of_the_classes_is_no_part_of_the_title() -> None:
    south = listing("A", "Welding Basics – Sudbury", place={"city": "Sudbury"})
    assert groups(south, listing("B", "Welding Basics – Timmins", place={"city": "Timmins"})) == [["A", "B"]]
    assert len(groups(south, listing("B", "Welding Basics – Timmins"))) == 2


def test_the_same_course_in_another_term_is_one_course() -> None:
    fall = listing("A", "Welding Basics – Fall 2026", starts=["2026-09-08"], schedule=["evening"])
    winter = listing("B", "Welding Basics – Winter 2027", starts=["2027-01-12"], cost=450, delivery="online")
    assert groups(fall, winter) == [["A", "B"]]


def test_a_text_with_another_date_or_a_corrected_word_is_nearly_the_same() -> None:
    winter = listing("B", text=TEXT.replace("Evenings begin", "Mornings begin").replace("puddle", "pool"))
    assert groups(listing("A"), winter) == [["A", "B"]]


def test_the_same_title_over_another_text_is_another_course() -> None:
    other = listing("B", text="Solder copper pipe, cut threads, and test a joint under pressure, in four Saturdays.")
    assert groups(listing("A"), other, listing("C")) == [["A", "C"], ["B"]]


def test_without_any_text_the_title_tells_and_a_text_beside_none_does_not() -> None:
    assert groups(listing("A", text=None), listing("B", text=None), listing("C")) == [["A", "B"], ["C"]]


def test_without_any_text_a_bare_number_may_be_the_part_of_a_course() -> None:
    first, second = "Photoshop – 01", "Photoshop – 02"
    assert groups(listing("A", first, None), listing("B", second, None)) == [["A"], ["B"]]
    assert groups(listing("A", first, None), listing("B", first, None)) == [["A", "B"]]
    assert groups(listing("A", "Photoshop – Fall 2026", None), listing("B", "Photoshop – W27", None)) == [["A", "B"]]
    assert groups(listing("A", first), listing("B", second)) == [["A", "B"]]


@pytest.mark.parametrize(
    "other",
    [
        {"hours": 20},
        {"credential_type": "certificate"},
        {"level": "advanced"},
        {"language": ["fr"]},
        {"subject": "construction"},
        {"institution": {**FORGE, "id": "atelier"}},
        {"fr": {"title": "Soudage"}},
        {"partner": "Nordwind Motors"},
    ],
    ids=lambda other: next(iter(other)),
)
def test_what_no_two_offerings_differ_in_keeps_courses_apart(other: dict[str, Any]) -> None:
    given: dict[str, Any] = {"hours": 40, "credential_type": "course", "level": "introductory", "language": ["en"]}
    assert groups(listing("A", **given), listing("B", **{**given, **other})) == [["A"], ["B"]]


def test_both_languages_must_say_the_same_course() -> None:
    first = listing("A", fr={"title": "Soudage – Hiver 2027"})
    assert groups(first, listing("B", fr={"title": "Soudage – Automne 2026"})) == [["A", "B"]]
    assert groups(first, listing("B", fr={"title": "Soudage avancé"})) == [["A"], ["B"]]


def test_no_listing_joins_a_course_through_a_third() -> None:
    words = [f"word{number}" for number in range(100)]
    texts = [" ".join([*words[at:], *(f"new{x}" for x in range(at))]) for at in (0, 8, 16)]
    assert groups(*(listing(name, text=text) for name, text in zip("ABC", texts, strict=True))) == [["A", "B"], ["C"]]


def made_text(chance: random.Random, words: int) -> str:
    return " ".join(str(chance.random()) for _ in range(words))


def test_thousands_of_rows_of_one_title_are_compared_with_a_few_hundred_only(monkeypatch: pytest.MonkeyPatch) -> None:
    chance, asked = random.Random(1), Counter[str]()  # noqa: S311 - made-up words, no secrets

    def counted(*given: Any) -> float:
        asked["comparisons"] += 1
        return likeness(*given)

    monkeypatch.setattr(compared, "likeness", counted)
    monkeypatch.setattr(compared, "MOST_COMPARED", 20)
    texts = [made_text(chance, 30) for _ in range(400)]
    found = groups(*(listing(str(at), text=text) for at, text in enumerate([*texts, texts[399], texts[0]])))
    assert asked["comparisons"] <= 400 * 20
    assert len(found) == 400
    assert (found[0], found[399]) == (["0", "401"], ["399", "400"])


@given(st.lists(st.sampled_from([TEXT, TEXT.replace("arc", "bow"), "Bathe.", TEXT + " More.", None]), max_size=12))
def test_the_same_text_joins_the_course_it_would_join_by_comparison(texts: list[str | None]) -> None:
    expected: list[tuple[list[str], list[str]]] = []
    for at, text in enumerate(texts):
        words = key(text or "").split()
        group = next((names for first, names in expected if likeness(first, words) >= ALIKE), None)
        if group is None:
            expected.append((words, group := []))
        group.append(str(at))
    found = groups(*(listing(str(at), text=text) for at, text in enumerate(texts)))
    assert sorted(found) == sorted(names for _, names in expected)


def test_a_course_goes_by_its_first_listing_and_a_single_one_by_none() -> None:
    found = with_courses([listing("A"), listing("Z", "Choir"), listing("B"), listing("C", course="old")], CONTRACT)
    assert [one.course for one in found] == ["forge.A", None, "forge.A", "forge.A"]
    assert [one.fold for one in found] == ["forge.A", "forge.Z", "forge.A", "forge.A"]
    assert [is_folded(one) for one in found] == [False, False, True, True]
    assert folded_by_source(found) == {"forge": {"forge.A": 2}}


TITLES = st.sampled_from(["Welding", "Welding – Fall 2026", "Welding (Online)", "Welding 2", "Dog Grooming"])
TEXTS = st.sampled_from([None, TEXT, TEXT.replace("Evenings", "Mornings"), "Bathe, brush and clip."])


@given(st.lists(st.tuples(TITLES, TEXTS, st.sampled_from([None, 40.0])), max_size=12))
def test_every_listing_is_in_one_course_and_nothing_is_lost(rows: list[tuple[str, str | None, float | None]]) -> None:
    made = [listing(str(at), title, text, hours=hours) for at, (title, text, hours) in enumerate(rows)]
    found = with_courses(made, CONTRACT)
    assert [one.model_copy(update={"course": None}) for one in found] == made
    assert len({one.fold for one in found}) + sum(map(is_folded, found)) == len(made)
    assert {one.fold for one in found} <= {one.id for one in made}


@given(st.lists(st.sampled_from("abc"), max_size=20), st.lists(st.sampled_from("abc"), max_size=20))
def test_likeness_is_the_same_both_ways_and_whole_only_for_the_same(one: list[str], other: list[str]) -> None:
    assert likeness(one, other) == likeness(other, one)
    assert (likeness(one, other) == 1) == (one == other)
    assert 0 < ALIKE < 1
