"""The search page's goal: a labelled choice and a box that work without scripts, and chips that take them back."""

from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.search_api.asking import ask, ids
from tests.search_api.html_page import Element
from tests.search_api.test_pages import opened, query_of, submitted

GROW: dict[str, Any] = {"q": "carpenter", "goal": "grow", "from": "carpenter"}


def filters_of(page: Element) -> Element:
    return page.one("details", class_="filters").one("form")


@pytest.mark.parametrize(
    ("lang", "label", "choices"),
    [
        ("en", "My goal", ["None in particular", "Advance in my occupation", "Move to another occupation",
                           "Keep my skills current"]),
        ("fr", "Mon objectif", ["Aucun en particulier", "Progresser dans mon métier", "Changer de métier",
                                "Tenir mes compétences à jour"]),
    ],
)  # fmt: skip
def test_the_goal_is_a_labelled_choice_in_both_languages(
    yard: FlaskClient, lang: str, label: str, choices: list[str]
) -> None:
    form = filters_of(opened(yard, q="carpenter", lang=lang))
    assert form.one("label", **{"for": "goal"}).text == label
    options = form.one("select", name="goal").all("option")
    assert [option.text for option in options] == choices
    assert [option["value"] for option in options] == ["", "grow", "pivot", "current"]
    assert [option["value"] for option in options if "selected" in option.attributes] == [""]
    assert form.one("label", **{"for": "from"}).text
    assert form.one("input", name="from")["value"] == ""


def test_what_was_chosen_stands_in_the_form_and_is_sent_once(yard: FlaskClient) -> None:
    form = filters_of(opened(yard, **GROW))
    sent = submitted(form)
    assert [value for name, value in sent if name == "goal"] == ["grow"]
    assert [value for name, value in sent if name == "from"] == ["carpenter"]
    again = opened(yard, "/", 200, **dict(sent))
    assert [each.text for each in again.all("h2")] == [each.text for each in opened(yard, **GROW).all("h2")]


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_the_page_shows_the_order_and_reasons_of_the_api(yard: FlaskClient, lang: str) -> None:
    page, answer = opened(yard, lang=lang, **GROW), ask(yard, lang=lang, **GROW)
    links = [each.one("a")["href"] for each in page.one("ol", class_="hits").all("h2")]
    assert links == [f"/credentials/{one}?lang={lang}&rank={rank}" for rank, one in enumerate(ids(answer), 1)]
    first = page.all("ul", class_="reasons")[0]
    assert answer["hits"][0]["reasons"][0]["text"] in first.text


def test_chips_take_the_goal_and_the_occupation_back(yard: FlaskClient) -> None:
    chips = {each["aria-label"]: each["href"] for each in opened(yard, page="1", **GROW).all("a", class_="badge")}
    goal, own = chips["remove: Advance in my occupation"], chips["remove: I have: carpenter"]
    assert query_of(goal) == {"q": ["carpenter"], "from": ["carpenter"]}
    assert query_of(own) == {"q": ["carpenter"], "goal": ["grow"]}


def test_the_page_says_what_is_missing(yard: FlaskClient) -> None:
    page = opened(yard, q="carpenter", goal="pivot")
    (note,) = [each for each in page.all("p", class_="notice") if each["role"] == "status"]
    assert "say which one you have now" in note.text
    assert not [each for each in opened(yard, **GROW).all("p", class_="notice") if "role" in each.attributes]


def test_other_occupations_of_the_same_words_are_offered_as_links(yard: FlaskClient) -> None:
    asked: dict[str, Any] = {"q": "web design", "goal": "current", "from": "carpenter or librarian"}
    page = opened(yard, **asked)
    (link,) = [each for each in page.all("a") if each.text == "librarian"]
    assert query_of(link["href"]) == {"q": ["web design"], "goal": ["current"], "from": ["51100"]}


@pytest.mark.parametrize("given", ['"><script>alert(1)</script>', "' onfocus=alert(1) autofocus='", "{{ 7 * 7 }}"])
def test_what_is_given_as_an_occupation_stays_text(yard: FlaskClient, given: str) -> None:
    asked: dict[str, Any] = {"goal": "grow", "from": given}
    page = opened(yard, **asked)
    assert filters_of(page).one("input", name="from")["value"] == given
    assert not page.all("script")


def test_another_goal_is_refused_on_the_page_too(yard: FlaskClient) -> None:
    assert "goal" in opened(yard, status=400, goal="gorw").text
