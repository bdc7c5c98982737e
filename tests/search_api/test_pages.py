"""The plain pages, read as a browser without scripts would."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient

from search_api.routes.pages import FACETS, LIMITS
from tests.search_api.asking import ask, hit_of
from tests.search_api.catalogue import HOSTILE_TITLE, LISTINGS, in_days
from tests.search_api.html_page import Element, read_page

BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
HOSTILE = ('"><script>alert(1)</script>', "' onfocus=alert(1) autofocus='", "<img src=x onerror=alert(1)>",
           "</title><h1>x", "{{ 7 * 7 }}", "&lt;b&gt; &amp; &quot;")  # fmt: skip


def opened(api: FlaskClient, path: str = "/", status: int = 200, **parameters: Any) -> Element:
    response = api.get(path, query_string=parameters, headers=BROWSER)
    assert response.status_code == status, response.text
    assert response.content_type == "text/html; charset=utf-8"
    return read_page(response.text)


def query_of(address: str) -> dict[str, list[str]]:
    return parse_qs(urlsplit(address).query)


def submitted(form: Element) -> list[tuple[str, str]]:
    """What a browser sends when the form is sent as it stands."""
    sent = []
    for control in form.walk():
        if control.tag == "input":
            ticked = control.attributes.get("type") not in ("checkbox", "radio") or "checked" in control.attributes
            if ticked:
                sent.append((control["name"], control.attributes.get("value", "")))
        if control.tag == "select":
            (chosen,) = [option["value"] for option in control.all("option") if "selected" in option.attributes] or [""]
            sent.append((control["name"], chosen))
    return sent


VIEWS: dict[str, tuple[str, int, dict[str, Any]]] = {
    "home": ("/", 200, {}),
    "results": ("/", 200, {"q": "welding", "cost_max": "1000"}),
    "browsing": ("/", 200, {"sort": "cost"}),
    "no results": ("/", 200, {"q": "zzzzqqqq", "institution": "nobody"}),
    "listing": ("/credentials/forge.WELD-1", 200, {}),
    "hostile listing": ("/credentials/forge.HOST-7", 200, {}),
    "listing in the other language": ("/credentials/atelier.SOUD-2", 200, {}),
    "bare listing": ("/credentials/forge.NONE-11", 200, {}),
    "wrong parameters": ("/", 400, {"page": "0", "cots_max": "1"}),
    "nothing there": ("/nowhere", 404, {}),
    "no such listing": ("/credentials/none", 404, {}),
}
each_view = pytest.mark.parametrize(("path", "status", "parameters"), VIEWS.values(), ids=list(VIEWS))
each_language = pytest.mark.parametrize("lang", ["en", "fr"])


@each_language
@each_view
def test_every_page_can_be_used_by_keyboard_and_screen_reader(
    town: FlaskClient, path: str, status: int, parameters: dict[str, Any], lang: str
) -> None:
    page = opened(town, path, status, lang=lang, **parameters)
    assert page.one("html")["lang"] == f"{lang}-CA"
    assert page.one("title").text
    assert len(page.all("h1")) == 1
    skip = page.all("a")[0]
    assert (skip["class"], skip["href"]) == ("skip", "#main")
    assert page.one("main")["id"] == "main"
    assert page.all("meta", name="viewport")
    identifiers = [each["id"] for each in page.walk() if "id" in each.attributes]
    assert len(set(identifiers)) == len(identifiers)
    assert all(link.text and link["href"] for link in page.all("a"))
    assert all(button.text for button in page.all("button"))
    assert not page.all("script")
    assert not [each for each in page.walk() if any(name.startswith("on") for name in each.attributes)]


@each_view
def test_every_control_has_a_label(town: FlaskClient, path: str, status: int, parameters: dict[str, Any]) -> None:
    page = opened(town, path, status, **parameters)
    named = {label["for"] for label in page.all("label") if "for" in label.attributes}
    wrapped = [id(control) for label in page.all("label") for control in label.all("input") if label.text]
    controls = [each for each in (*page.all("input"), *page.all("select")) if each.attributes.get("type") != "hidden"]
    assert controls or path != "/"
    for control in controls:
        assert control.attributes.get("id") in named or id(control) in wrapped, control.attributes
    assert all(group.one("legend").text for group in page.all("fieldset"))


@each_view
def test_the_other_language_shows_the_same_page_with_the_same_parameters(
    town: FlaskClient, path: str, status: int, parameters: dict[str, Any]
) -> None:
    page = opened(town, path, status, **parameters)
    (switch,) = page.one("header").all("a", hreflang="fr")
    assert switch.text == "Français"
    address = urlsplit(switch["href"])
    assert address.path == path
    assert query_of(switch["href"]) == {"lang": ["fr"], **{name: [value] for name, value in parameters.items()}}
    other = opened(town, path, status, lang="fr", **parameters)
    assert other.one("header").all("a", hreflang="en")[0].text == "English"


def test_the_home_page_has_the_box_examples_and_how_many_there_are(town: FlaskClient) -> None:
    page = opened(town)
    form = page.one("form", role="search")
    assert (form["action"], form["method"]) == ("/", "get")
    box = form.one("input", name="q")
    assert (box["maxlength"], box["value"]) == ("200", "")
    assert f"{len(LISTINGS)} credentials" in page.text
    examples = page.all("a", class_="example")
    assert len(examples) == 3
    for example in examples:
        assert query_of(example["href"])["q"] == [example.text]


def test_every_example_of_the_home_page_finds_something_in_the_sample(sample_api: FlaskClient) -> None:
    for lang in ("en", "fr"):
        for example in opened(sample_api, lang=lang).all("a", class_="example"):
            assert ask(sample_api, q=example.text, lang=lang)["total"] > 0, example.text


def test_a_wrong_language_is_refused_on_the_home_page_too(town: FlaskClient) -> None:
    assert "lang" in opened(town, status=400, lang="de").text


@each_language
def test_results_show_each_hit_with_its_facts_and_reasons(town: FlaskClient, lang: str) -> None:
    page = opened(town, q="welding", lang=lang)
    answer = ask(town, q="welding", lang=lang)
    shown = page.one("ol", class_="hits").all("h2")
    assert [each.text for each in shown] == [hit["title"] for hit in answer["hits"]]
    assert [each.one("a")["href"] for each in shown] == [
        f"/credentials/{hit['id']}?lang={lang}&rank={rank}" for rank, hit in enumerate(answer["hits"], 1)
    ]
    for listed, hit in zip(page.all("ul", class_="reasons"), answer["hits"], strict=True):
        assert len([each for each in listed.children if isinstance(each, Element)]) == len(hit["reasons"])
        assert all(reason["text"] in listed.text for reason in hit["reasons"])
    assert page.one("input", id="q")["value"] == "welding"
    assert page.all("mark")


def test_facts_are_written_in_the_pages_language_and_what_is_missing_is_said(town: FlaskClient) -> None:
    english, french = opened(town, q="welding", lang="en").text, opened(town, q="welding", lang="fr").text
    assert "$450" in english
    assert "450\u00a0$".replace("\u00a0", " ") in french
    assert "40 hours, 6 weeks" in english
    assert "not stated" in english
    assert "non indiqué" in french
    assert "free" in opened(town, q="dental hygienist", lang="en").text.lower()
    assert "any time (self-paced)" in opened(town, q="dental hygienist", lang="en").text
    assert "100 USD" in opened(town, q="solar", lang="en").text


def test_text_in_the_other_language_is_marked_for_people_and_screen_readers(town: FlaskClient) -> None:
    page = opened(town, q="soudage", lang="en")
    (title,) = [each for each in page.all("h2") if each.text == "Soudage avancé"]
    assert title["lang"] == "fr"
    assert "Description in French only" in page.text


def test_one_result_is_said_in_the_singular_and_many_as_a_number(town: FlaskClient) -> None:
    assert opened(town, skill="bookkeeping").one("h1").text.startswith("1 credential")
    assert opened(town, skill="bookkeeping").one("h1").text.count("credentials") == 0
    assert opened(town, sort="cost", lang="fr").one("h1").text.startswith(f"{len(LISTINGS)} titres")


def test_samples_are_announced_where_there_are_any(town: FlaskClient) -> None:
    notice = "these institutions and courses are fictional"
    assert notice in opened(town, q="ledgers").text
    assert notice in opened(town, "/credentials/forge.BOOK-9").text
    assert notice not in opened(town, tool="autocad").text


def test_an_empty_result_says_what_to_try(town: FlaskClient) -> None:
    page = opened(town, q="zzzzqqqq", institution="nobody")
    assert "No credential matches." in page.one("h1").text
    assert "Check the spelling" in page.text
    assert "Vérifiez l'orthographe" in opened(town, q="zzzzqqqq", institution="nobody", lang="fr").text


def test_what_was_understood_is_shown(town: FlaskClient) -> None:
    assert "Understood as: welder" in opened(town, q="welder").text


def test_facets_can_be_ticked_with_their_counts_and_the_chosen_ones_are(town: FlaskClient) -> None:
    page = opened(town, sort="cost", delivery="online")
    boxes = page.all("input", name="delivery")
    assert [box["value"] for box in boxes if "checked" in box.attributes] == ["online"]
    answer = ask(town, sort="cost", delivery="online")
    shown = {facet["parameter"] for facet in answer["facets"] if facet["name"] in FACETS and facet["values"]}
    ticked = {each["name"] for each in page.all("input") if each.attributes.get("type") in ("checkbox", "radio")}
    assert ticked == shown
    assert page.all("fieldset")[0].one("legend").text == "Subject"


def test_sending_the_form_as_it_stands_keeps_everything_that_was_chosen(town: FlaskClient) -> None:
    chosen: dict[str, Any] = {
        "q": "welding", "delivery": "in_person", "osap": "true", "cost_max": "1000", "sort": "cost", "lang": "fr",
        "occupation": "72106", "city": "Thunder Bay", "per_page": "5", "weeks_min": "2",
    }  # fmt: skip
    (form,) = [each for each in opened(town, **chosen).all("form") if each.attributes.get("role") != "search"]
    sent = {name: value for name, value in submitted(form) if value}
    assert sent == chosen


def test_empty_boxes_of_the_form_are_no_mistake(town: FlaskClient) -> None:
    empty: dict[str, Any] = dict.fromkeys(LIMITS, "")
    page = opened(town, q="welding", **empty)
    assert "Welding Basics" in page.text
    assert "hits" in str(opened(town, delivery=["", "online"]).all("ol")[0].attributes)
    assert "tagline" not in opened(town, q=" ").text


def test_filters_of_an_address_narrow_the_page_as_they_do_the_api(town: FlaskClient) -> None:
    narrowed: dict[str, Any] = {"cost_max": "500", "starts_before": in_days(30)}
    titles = [each.text for each in opened(town, **narrowed).one("ol", class_="hits").all("h2")]
    assert titles == [hit["title"] for hit in ask(town, **narrowed)["hits"]]
    assert titles


def test_an_address_with_a_page_opens_that_page_and_links_its_neighbours(town: FlaskClient) -> None:
    page = opened(town, sort="title", per_page="5", page="2")
    pages = page.one("nav", class_="pages")
    assert pages["aria-label"]
    before, after = pages.one("a", rel="prev"), pages.one("a", rel="next")
    assert query_of(before["href"]) == {"sort": ["title"], "per_page": ["5"], "page": ["1"]}
    assert query_of(after["href"])["page"] == ["3"]
    (current,) = [each for each in pages.all("a") if each.attributes.get("aria-current") == "page"]
    assert current.text == "2"
    assert page.one("ol", class_="hits")["start"] == "6"
    seen = [
        each.text
        for number in (1, 2, 3)
        for each in opened(town, sort="title", per_page="5", page=str(number)).all("h2")
    ]
    assert len(seen) == len(LISTINGS)
    last = opened(town, sort="title", per_page="5", page="3").one("nav", class_="pages")
    assert not last.all("a", rel="next")


def test_a_page_after_the_last_does_not_say_that_nothing_matches(town: FlaskClient) -> None:
    page = opened(town, sort="title", page="9")
    assert "Check the spelling" not in page.text


def test_wrong_parameters_are_named_on_a_page_in_the_callers_language(town: FlaskClient) -> None:
    page = opened(town, status=400, page="0", cots_max="<b>1</b>", lang="fr")
    named = [
        each.one("code").text if len(each.all("code")) == 1 else each.all("code")[0].text
        for each in page.one("ul").all("li")
    ]
    assert set(named) == {"page", "cots_max"}
    assert "Vouliez-vous dire cost_max?" in page.text
    assert page.all("form", role="search")


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_query_is_text_and_nothing_else(town: FlaskClient, text: str) -> None:
    page = opened(town, q=text)
    assert page.one("input", id="q")["value"] == " ".join(text.split())
    assert text in page.one("h1").text
    assert text in page.one("title").text
    assert query_of(page.one("header").all("a", hreflang="fr")[0]["href"])["q"] == [text]
    assert not page.all("script")
    assert not page.all("img")


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_values_of_other_parameters_are_text_and_nothing_else(town: FlaskClient, text: str) -> None:
    for name, status in (("institution", 200), ("city", 200), ("skill", 200), ("cost_max", 400), (text, 400)):
        page = opened(town, status=status, **{name: text})
        assert not page.all("script")
        assert not page.all("img")
        assert not [each for each in page.walk() if any(name.startswith("on") for name in each.attributes)]


def test_hostile_text_of_a_listing_is_text_and_nothing_else(town: FlaskClient) -> None:
    for page in (opened(town, q="pastry"), opened(town, "/credentials/forge.HOST-7")):
        assert HOSTILE_TITLE in page.text
        assert not page.all("script")
        assert not page.all("img")
    results = opened(town, q="pastry")
    assert {each.text for each in results.all("mark")} == {"Pastry", "pastry"}
    assert "<img src=x onerror=alert(1)>" in results.one("ol", class_="hits").text


def test_only_web_addresses_are_linked(town: FlaskClient) -> None:
    assert not opened(town, "/credentials/forge.HOST-7").all("a", rel="external nofollow")
    link = opened(town, "/credentials/forge.CAD-10").one("a", rel="external nofollow")
    assert query_of(link["href"])["to"] == ["https://forge.example/cad"]
    assert "javascript:" not in town.get("/credentials/forge.HOST-7").text


@each_language
def test_a_listings_page_shows_all_that_is_known(town: FlaskClient, lang: str) -> None:
    page = opened(town, "/credentials/forge.WELD-1", lang=lang)
    hit = hit_of(ask(town, lang=lang), "forge.WELD-1")
    assert page.one("h1").text == "Welding Basics"
    for shown in (hit["institution"]["name"], hit["description"], hit["subject"]["label"], hit["delivery"]["label"],
                  hit["level"]["label"], hit["schedule"][0]["label"], "Thunder Bay", hit["osap_basis"]["label"],
                  hit["skills"][0]["label"], hit["occupations"][0]["label"]):  # fmt: skip
        assert shown in page.text
    (career,) = [each for each in page.all("a") if each.text == hit["occupations"][0]["label"]]
    assert query_of(career["href"]) == {"q": [career.text], "lang": [lang]}


def test_a_listing_carried_over_and_an_inferred_skill_are_marked(town: FlaskClient) -> None:
    text = opened(town, "/credentials/forge.BOOK-9").text
    assert "Carried over from an earlier feed" in text
    assert "(inferred)" in text


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", "Data from before November 12, 2026; the institution's latest update could not be used."),
        (
            "fr",
            "Données d'avant le 12 novembre 2026; la dernière mise à jour de l'établissement n'a pas pu être utilisée.",
        ),
    ],
)
def test_the_day_since_which_a_listing_is_not_confirmed_stands_with_it_and_is_printed(
    town: FlaskClient, lang: str, said: str
) -> None:
    pages = opened(town, lang=lang, q="Orchard Pruning"), opened(town, "/credentials/forge.PAST-6", lang=lang)
    for page in pages:
        (badge,) = [each for each in page.all("span", class_="badge") if each.text == said]
        assert badge["lang"] == lang
    assert ".badge" not in town.get("/static/page.css", buffered=True).text.partition("@media print")[2]


def test_an_unknown_listing_is_a_page_with_the_box(town: FlaskClient) -> None:
    page = opened(town, "/credentials/none", 404)
    assert "No credential has the id none" in page.text
    assert page.all("form", role="search")


def test_a_listings_page_refuses_parameters_it_does_not_know(town: FlaskClient) -> None:
    assert "q" in opened(town, "/credentials/forge.WELD-1", 400, q="x").one("ul").text


def test_what_only_helps_on_screen_is_left_out_in_print_and_focus_is_visible(town: FlaskClient) -> None:
    style = town.get("/static/page.css", buffered=True).text
    assert "@media print" in style
    assert ".filters" in style.partition("@media print")[2]
    assert ":focus-visible" in style
    assert ".skip:focus" in style
