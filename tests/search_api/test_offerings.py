"""A course that is offered several times is one hit with all its dates, counted once, found by what one offering is."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient
from opensearchpy import OpenSearch

from mappings.embedding import Encoder
from mappings.knowledge import Knowledge
from search_api.encoding import QueryEncoder
from search_api.settings import ReaderSettings
from tests.search_api.asking import Json, ask
from tests.search_api.catalogue import HYGIENIST, WELDER, WELDING, in_days, listing, loaded
from tests.search_api.conftest import reader
from tests.search_api.html_page import read_page

COURSE, SITE = "forge.WELD-A", "https://forge.example/weld-b"
TEXT = "Join steel plate with MIG and TIG torches in our welding shop."
WELDING_COURSE: dict[str, Any] = {
    "subject": "skilled-trades", "hours": 40, "language": "en", "skills": [WELDING], "course": COURSE,
    "occupations": [{"code": WELDER}],
}  # fmt: skip
DENTAL_COURSE: dict[str, Any] = {"course": "forge.DENT-A", "occupations": [{"code": HYGIENIST}]}
LISTINGS = (
    listing(
        COURSE, "Welding Basics – Evenings", TEXT, **WELDING_COURSE, starts=[in_days(40), in_days(200)],
        schedule=["evening"], delivery="in_person", cost=450, weeks=6, place={"city": "Sudbury"},
    ),
    listing(
        "forge.WELD-B", "Welding Basics (Online)", TEXT, **WELDING_COURSE, starts=[in_days(90)], url=SITE,
        schedule=["daytime"], delivery="online", cost=600, weeks=8,
    ),
    listing(
        "forge.WELD-C", "Welding Basics – Last Year", TEXT, **WELDING_COURSE, starts=[in_days(-300)],
        schedule=["weekend"], delivery="in_person", cost=300, weeks=6, place={"city": "Timmins"},
    ),
    listing("forge.DENT-A", "Dental Charting", "Chart teeth.", **DENTAL_COURSE),
    listing("forge.DENT-B", "Dental Charting", "Chart teeth.", **DENTAL_COURSE),
    *(
        listing(
            f"forge.SHOP-{number}", f"Welding Shop {number}", "Weld.", subject="skilled-trades", schedule=["evening"],
            delivery="in_person", cost=100 * number, starts=[in_days(10 * number)], occupations=[{"code": WELDER}],
        )
        for number in range(1, 6)
    ),
)  # fmt: skip
COURSES = 7


@pytest.fixture(scope="module")
def api(
    engine: OpenSearch,
    encoder: Encoder,
    town_settings: ReaderSettings,
    query_encoder: QueryEncoder,
    few_names: Knowledge,
) -> Iterator[FlaskClient]:
    with loaded(engine, "offerings", LISTINGS, encoder) as prefix:
        settings = town_settings.model_copy(update={"index_prefix": prefix})
        yield reader(settings, query_encoder, few_names)[0]


def hit_of(answer: Json) -> Json:
    """The welding course's hit."""
    found: list[Json] = [hit for hit in answer["hits"] if hit.get("course") == COURSE]
    assert len(found) == 1
    return found[0]


def fits(hit: Json) -> dict[str, bool]:
    return {offering["id"].removeprefix("forge.WELD-"): offering["fits"] for offering in hit["offerings"]}


def test_a_course_is_one_hit_with_the_dates_of_all_its_offerings(api: FlaskClient) -> None:
    hit = hit_of(ask(api, q="welding"))
    assert [(one["id"], one["starts"]) for one in hit["offerings"]] == [
        (COURSE, [in_days(40), in_days(200)]),
        ("forge.WELD-B", [in_days(90)]),
        ("forge.WELD-C", [in_days(-300)]),
    ]
    assert [one.get("next_start") for one in hit["offerings"]] == [in_days(40), in_days(90), None]


def test_an_offering_says_what_of_it_differs(api: FlaskClient) -> None:
    online = hit_of(ask(api, q="welding", lang="fr"))["offerings"][1]
    assert (online["delivery"]["label"], online["schedule"][0]["label"]) == ("En ligne", "Jour")
    assert (online["cost"], online["weeks"], online["link"]) == (600, 8, "/v1/credentials/forge.WELD-B")
    assert hit_of(ask(api, q="welding"))["offerings"][0]["place"] == {"city": "Sudbury"}


def test_the_hit_is_the_offering_that_starts_next(api: FlaskClient) -> None:
    assert hit_of(ask(api, q="welding"))["id"] == hit_of(ask(api, per_page=100))["id"] == COURSE


def test_a_filter_that_one_offering_meets_shows_that_one(api: FlaskClient) -> None:
    hit = hit_of(ask(api, q="welding", delivery="online"))
    assert (hit["id"], hit["title"], hit["cost"]) == ("forge.WELD-B", "Welding Basics (Online)", 600)
    assert fits(hit) == {"A": False, "B": True, "C": False}


@pytest.mark.parametrize(
    "filters",
    [
        {"delivery": "online", "schedule": "evening"},
        {"delivery": "online", "cost_max": "500"},
        {"cost_max": "400", "starts_after": in_days(0)},
        {"city": "Timmins", "schedule": "evening"},
    ],
    ids=["evening online", "cheap online", "cheap and to come", "evening in Timmins"],
)
def test_filters_that_only_several_offerings_meet_together_do_not_find_the_course(
    api: FlaskClient, filters: dict[str, str]
) -> None:
    assert all(hit.get("course") != COURSE for hit in ask(api, q="welding", **filters)["hits"])


def test_filters_that_one_offering_meets_together_find_the_course(api: FlaskClient) -> None:
    wanted = {"delivery": "in_person", "schedule": "evening", "cost_max": "500", "starts_before": in_days(100)}
    assert fits(hit_of(ask(api, q="welding", **wanted))) == {"A": True, "B": False, "C": False}


@pytest.mark.parametrize("text", ["", "welding"])
def test_the_total_counts_courses_and_pages_repeat_none(api: FlaskClient, text: str) -> None:
    answers = [ask(api, q=text, page=page, per_page=2) for page in range(1, 5)]
    seen = [hit.get("course", hit["id"]) for answer in answers for hit in answer["hits"]]
    assert len(seen) == len(set(seen)) == answers[0]["total"]
    assert (len(seen) == COURSES) if not text else (COURSE in seen)


@pytest.mark.parametrize("sort", ["cost", "-cost", "starts", "title", "hours"])
def test_every_order_has_each_course_once(api: FlaskClient, sort: str) -> None:
    pages = [ask(api, sort=sort, page=page, per_page=3)["hits"] for page in (1, 2, 3)]
    seen = [hit.get("course", hit["id"]) for hits in pages for hit in hits]
    assert len(seen) == len(set(seen)) == COURSES


def test_an_order_by_cost_shows_the_offering_that_has_that_cost(api: FlaskClient) -> None:
    dear = [hit.get("cost") for hit in ask(api, sort="-cost")["hits"]]
    cheap = [hit.get("cost") for hit in ask(api, sort="cost")["hits"]]
    assert dear == [600, 500, 400, 300, 200, 100, None]
    assert cheap == [100, 200, 300, 300, 400, 500, None]


@pytest.mark.parametrize("text", ["", "welding"])
def test_a_facet_counts_a_course_once_and_as_many_as_choosing_the_value_gives(api: FlaskClient, text: str) -> None:
    facets = ask(api, q=text)["facets"]
    chosen = {(facet["parameter"], value["value"]): value["count"] for facet in facets for value in facet["values"]}
    assert {choice: ask(api, q=text, **dict([choice]))["total"] for choice in chosen} == chosen
    assert chosen["delivery", "in_person"] == 6
    assert chosen["subject", "skilled-trades"] == 6


def test_a_facet_beside_a_filter_counts_offerings_that_meet_it(api: FlaskClient) -> None:
    facets = {facet["name"]: facet["values"] for facet in ask(api, delivery="online")["facets"]}
    assert [(value["value"], value["count"]) for value in facets["schedule"]] == [("daytime", 1)]


@pytest.mark.parametrize("identifier", [COURSE, "forge.WELD-B", "forge.WELD-C"])
def test_every_offering_is_found_by_its_own_id_with_all_the_others(api: FlaskClient, identifier: str) -> None:
    found = ask(api, f"/v1/credentials/{identifier}")
    assert (found["id"], found["course"]) == (identifier, COURSE)
    assert fits(found) == {"A": True, "B": True, "C": True}


def test_a_listing_that_stands_alone_speaks_of_no_course(api: FlaskClient) -> None:
    (alone,) = ask(api, q="Welding Shop 3", per_page=1)["hits"]
    assert not {"course", "offerings"} & alone.keys()
    assert not {"course", "offerings"} & ask(api, "/v1/credentials/forge.SHOP-3").keys()


def test_an_occupation_counts_a_course_once(api: FlaskClient) -> None:
    rows = {row["code"]: row["listings"] for row in ask(api, "/v1/occupations")["occupations"]}
    assert rows == {WELDER: 6, HYGIENIST: 1}
    found = ask(api, f"/v1/occupations/{HYGIENIST}")["listings"]
    assert (found["total"], len(found["best"])) == (1, 1)


def test_suggestions_count_a_course_once_and_name_it_once(api: FlaskClient) -> None:
    offered = ask(api, "/v1/suggest", q="welding")["suggestions"]
    assert {one["id"]: one["count"] for one in offered if one["type"] == "skill"} == {"welding": 1}
    titles = [one["text"] for one in offered if one["type"] == "credential" and "Basics" in one["text"]]
    assert titles == ["Welding Basics – Evenings"]
    assert [one["count"] for one in ask(api, "/v1/suggest", q="dental hygienist")["suggestions"]][:1] == [1]


def test_a_goal_puts_a_course_forward_once(api: FlaskClient) -> None:
    aimed: dict[str, Any] = {"goal": "current", "from": WELDER}
    answer = ask(api, q="welding", per_page=50, **aimed)
    seen = [hit.get("course", hit["id"]) for hit in answer["hits"]]
    assert len(seen) == len(set(seen)) == answer["total"]


@pytest.mark.parametrize(
    ("language", "said", "unfit"),
    [
        ("en", "This course is offered 3 times:", "does not meet your filters"),
        ("fr", "Ce cours est offert 3 fois", "ne répond pas à vos filtres"),
    ],
)
@pytest.mark.parametrize("path", ["/", "/credentials/forge.WELD-B"])
def test_pages_show_every_date_and_link_the_other_offerings(
    api: FlaskClient, path: str, language: str, said: str, unfit: str
) -> None:
    filters: dict[str, Any] = {"q": "welding", "delivery": "online"} if path == "/" else {}
    html = api.get(path, query_string={"lang": language, **filters}).get_data(as_text=True)
    (offered,) = read_page(html).all("ul", class_="offerings")
    assert said in html
    days = [time["datetime"] for time in offered.all("time")]
    assert days == [in_days(40), in_days(200), in_days(90)]
    assert [link["href"].partition("?")[0] for link in offered.all("a")] == [
        f"/credentials/{COURSE}",
        "/credentials/forge.WELD-C",
    ]
    assert html.count(unfit) == (2 if filters else 0)


def ranks_of_links(api: FlaskClient, path: str, **parameters: str) -> list[list[str]]:
    """The rank that each link to another offering carries on a page."""
    html = api.get(path, query_string=parameters).get_data(as_text=True)
    links = [link["href"] for offered in read_page(html).all("ul", class_="offerings") for link in offered.all("a")]
    return [parse_qs(urlsplit(link).query).get("rank", []) for link in links]


def test_the_rank_of_a_hit_goes_with_a_person_to_every_offering(api: FlaskClient) -> None:
    ids = [hit["id"] for hit in ask(api, sort="-cost", per_page=2, page=1)["hits"]]
    assert ids == ["forge.WELD-B", "forge.SHOP-5"]
    assert ranks_of_links(api, "/", sort="-cost", per_page="2") == [["1"], ["1"]]
    assert ranks_of_links(api, "/", sort="cost", per_page="2", page="2") == [["4"], ["4"]]
    assert ranks_of_links(api, "/credentials/forge.WELD-B", rank="7") == [["7"], ["7"]]
    assert ranks_of_links(api, "/credentials/forge.WELD-B") == [[], []]


def test_each_offering_with_a_page_has_a_way_out_by_the_rank_of_its_hit(api: FlaskClient) -> None:
    answer = ask(api, sort="cost", per_page=2, page=2)
    outs = {one["id"]: one["out"] for one in hit_of(answer)["offerings"] if "out" in one}
    assert list(outs) == ["forge.WELD-B"]
    assert "out" not in hit_of(answer)
    said = parse_qs(urlsplit(outs["forge.WELD-B"]).query)
    assert (said["listing"], said["rank"], said["to"]) == (["forge.WELD-B"], ["4"], [SITE])
    response = api.get(outs["forge.WELD-B"])
    assert (response.status_code, response.headers["Location"]) == (302, SITE)
    alone = {one["id"]: one.get("out", "") for one in ask(api, f"/v1/credentials/{COURSE}")["offerings"]}
    assert "rank=" not in alone["forge.WELD-B"]
    assert alone["forge.WELD-B"].startswith("/out?")
