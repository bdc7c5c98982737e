"""Goals over listings made for them: how each changes the order, what its reasons say, and what is missing."""

import pytest
from flask.testing import FlaskClient

from mappings.contract import Language
from mappings.knowledge import Knowledge
from mappings.telling import terms_of
from search_api.legs import MOST_WORDS
from tests.search_api.asking import Json, ask, hit_of, ids, problem_of, walk
from tests.search_api.goals.asking import goal_reasons, taught, without_goal
from tests.search_api.goals.making import CARPENTER, DESIGNER, DEVELOPER, LIBRARIAN, LISTINGS, MANAGER

# A goal with all it needs, in both languages.
PURSUED: tuple[Json, ...] = (
    {"goal": "grow", "q": "carpenter"},
    {"goal": "grow", "q": "charpentière", "lang": "fr"},
    {"goal": "grow", "from": "carpenter"},
    {"goal": "grow", "q": "Procore", "from": "carpenter"},
    {"goal": "pivot", "q": "web developer", "from": "graphic designer"},
    {"goal": "pivot", "q": "développeuse Web", "from": "graphiste", "lang": "fr"},
    {"goal": "pivot", "occupation": DEVELOPER, "from": DESIGNER},
    {"goal": "current", "q": "carpenter"},
    {"goal": "current", "from": CARPENTER, "lang": "fr"},
    {"goal": "grow", "q": "librarian"},
)
each_pursuit = pytest.mark.parametrize("asked", PURSUED, ids=lambda asked: " ".join(asked.values()))


def goal_of(answer: Json) -> Json:
    found: Json = answer["query"]["goal"]
    return found


def said(hit: Json) -> list[str]:
    return [reason["text"] for reason in goal_reasons(hit)]


def before(answer: Json, first: str, second: str) -> bool:
    order = ids(answer)
    return order.index(f"forge.{first}") < order.index(f"forge.{second}")


def test_growing_puts_what_the_next_occupation_needs_before_what_ones_own_does(yard: FlaskClient) -> None:
    plain, grown = ask(yard, q="carpenter"), ask(yard, q="carpenter", goal="grow")
    assert ids(plain)[0] in {"forge.FRAME", "forge.ROOF", "forge.SAW"}
    assert ids(grown)[0] == "forge.SITE"
    reason = goal_reasons(grown["hits"][0])[0]
    assert reason["text"] == "To advance: teaches Procore, Scheduling, which “site manager” needs beyond “carpenter”"
    assert reason["goal"] == "grow"
    assert (reason["occupations"], reason["terms"]) == ([CARPENTER, MANAGER], ["procore", "scheduling"])


def test_growing_puts_a_level_above_introductory_before_the_same_at_the_start(yard: FlaskClient) -> None:
    assert before(ask(yard, q="librarian", goal="grow"), "BOOKS", "CARDS")
    grown = ask(yard, q="carpenter", goal="grow")
    assert before(grown, "ROOF", "FRAME")
    assert said(hit_of(grown, "forge.ROOF")) == ["To advance from “carpenter”: level Advanced, above Introductory"]
    assert said(hit_of(grown, "forge.FRAME")) == []


def test_growing_points_out_training_for_an_occupation_one_advances_to(yard: FlaskClient) -> None:
    grown = ask(yard, goal="grow", **{"from": "construction labourer"})
    hit = hit_of(grown, "forge.ROOF")
    assert "To advance: trains for “carpenter”, a step up from “construction labourer”" in said(hit)


def test_growing_adds_listings_that_teach_two_telling_needs_and_none_that_teach_one(yard: FlaskClient) -> None:
    legs = {"legs": "links"}
    plain, grown = ask(yard, q="carpenter", **legs), ask(yard, q="carpenter", goal="grow", **legs)
    assert set(ids(grown)) - set(ids(plain)) == {"forge.SITE", "forge.PLAN"}
    assert (grown["total"], plain["total"]) == (len(ids(grown)), len(ids(plain)))


def test_what_was_only_found_in_the_text_is_marked_in_the_reason(yard: FlaskClient) -> None:
    hit = hit_of(ask(yard, q="carpenter", goal="grow"), "forge.PLAN")
    assert said(hit) == [
        "To advance: teaches Budgeting (inferred), Scheduling, which “site manager” needs beyond “carpenter”"
    ]


def test_moving_puts_what_is_new_before_what_both_share(yard: FlaskClient) -> None:
    plain = ask(yard, q="web developer")
    moved = ask(yard, q="web developer", goal="pivot", **{"from": "graphic designer"})
    assert before(plain, "LOOKS", "PAGES")
    assert before(moved, "PAGES", "LOOKS")
    assert ids(moved)[0] == "forge.WHOLE"
    assert said(hit_of(moved, "forge.PAGES")) == [
        "To change jobs: teaches Git, HTML, which “web developer” needs beyond “graphic designer”"
    ]
    assert said(hit_of(moved, "forge.LOOKS")) == []


def test_staying_current_puts_a_short_course_in_a_tool_that_starts_soon_first(yard: FlaskClient) -> None:
    kept = ask(yard, q="carpenter", goal="current")
    assert ids(kept)[0] == "forge.SAW"
    assert ids(ask(yard, q="carpenter"))[0] != "forge.SAW"
    assert before(kept, "SAW", "FRAME")
    teaches, prefers = said(kept["hits"][0])
    assert teaches == "To stay current as “carpenter”: teaches Table saw"
    assert prefers.startswith("To stay current as “carpenter”: short, starts on ")
    assert prefers.endswith("level Intermediate, above Introductory")


@pytest.mark.parametrize(
    ("asked", "texts"),
    [
        ({"goal": "grow", "q": "charpentière"},
         [("Pour progresser : enseigne Procore, Ordonnancement, que demande le métier « gérante de chantier »"
          " en plus de « charpentière »"),
          "Pour progresser (« charpentière ») : niveau Intermédiaire, au-dessus de Débutant"]),
        ({"goal": "pivot", "q": "développeuse Web", "from": "graphiste"},
         [("Pour changer de métier : enseigne Git, HTML, que demande le métier « développeuse Web »"
          " en plus de « graphiste »")]),
        ({"goal": "current", "q": "développeuse Web"},
         ["Pour rester à jour (« développeuse Web ») : enseigne Git, HTML, Conception Web",
          "Pour rester à jour (« développeuse Web ») : niveau Intermédiaire, au-dessus de Débutant"]),
    ],
)  # fmt: skip
def test_reasons_are_said_in_french_too(yard: FlaskClient, asked: Json, texts: list[str]) -> None:
    assert said(ask(yard, lang="fr", **asked)["hits"][0]) == texts


@each_pursuit
def test_every_reason_names_what_the_listing_teaches_and_the_occupation_needs(
    yard: FlaskClient, trades: Knowledge, asked: Json
) -> None:
    answer = ask(yard, per_page=100, **asked)
    told = [(hit, reason) for hit in answer["hits"] for reason in goal_reasons(hit)]
    assert told
    assert goal_of(answer)["active"]
    for hit, reason in told:
        own, other = (trades.occupations[reason["occupations"][place]] for place in (0, -1))
        needed = terms_of(other) if reason["goal"] == "current" else terms_of(other) - terms_of(own)
        assert set(reason["terms"]) <= taught(hit) & needed


@each_pursuit
def test_total_and_pages_are_of_the_same_listings(yard: FlaskClient, asked: Json) -> None:
    total = ask(yard, **asked)["total"]
    small, big = walk(yard, 2, **asked), walk(yard, 100, **asked)
    assert small == big
    assert len(set(small)) == len(small) == total


@each_pursuit
@pytest.mark.parametrize("name", ["level", "occupations", "tools"])
def test_each_facet_count_is_the_total_that_choosing_the_value_gives(yard: FlaskClient, asked: Json, name: str) -> None:
    (facet,) = [facet for facet in ask(yard, **asked)["facets"] if facet["name"] == name]
    if facet["parameter"] not in asked:
        for value in facet["values"]:
            assert ask(yard, **{**asked, facet["parameter"]: value["value"]})["total"] == value["count"], value


@each_pursuit
def test_every_hit_of_a_search_with_a_goal_has_a_reason(yard: FlaskClient, asked: Json) -> None:
    for hit in ask(yard, **asked)["hits"]:
        assert hit["reasons"] or "q" not in asked, hit["id"]


@each_pursuit
def test_a_goal_never_takes_a_listing_away(yard: FlaskClient, asked: Json) -> None:
    plain = ask(yard, per_page=100, **{name: value for name, value in asked.items() if name not in ("goal", "from")})
    assert set(ids(plain)) <= set(ids(ask(yard, per_page=100, **asked)))


def test_browsing_with_a_goal_shows_all_listings_with_what_serves_it_first(yard: FlaskClient) -> None:
    plain, grown = ask(yard), ask(yard, goal="grow", **{"from": "carpenter"})
    assert grown["total"] == plain["total"] == len(LISTINGS)
    assert ids(grown)[0] == "forge.SITE"
    rest = [hit["id"] for hit in grown["hits"] if not goal_reasons(hit)]
    assert rest == [identifier for identifier in ids(plain) if identifier in rest]
    assert all(goal_reasons(hit) for hit in grown["hits"][: len(LISTINGS) - len(rest)])


def test_an_order_by_a_field_stays_that_order_and_still_says_why(yard: FlaskClient) -> None:
    asked = {"q": "carpenter", "sort": "hours"}
    plain, grown = ask(yard, **asked), ask(yard, goal="grow", **asked)
    assert [one for one in ids(grown) if one in ids(plain)] == ids(plain)
    assert goal_reasons(hit_of(grown, "forge.SITE"))


def test_without_a_goal_the_occupation_one_has_changes_nothing(yard: FlaskClient) -> None:
    for query in ("carpenter", ""):
        plain, given = ask(yard, q=query), ask(yard, q=query, **{"from": "librarian"})
        assert given | {"took_ms": 0} == plain | {"took_ms": 0}
        assert "goal" not in given["query"]


MISSING: tuple[tuple[Json, Language, str], ...] = (
    ({"goal": "grow"}, "en", "This goal needs an occupation"),
    ({"goal": "current", "q": "cataloguing"}, "fr", "Cet objectif demande un métier"),
    ({"goal": "pivot", "q": "carpenter"}, "en", "say which one you have now"),
    ({"goal": "pivot", "q": "carpenter"}, "fr", "indiquez celui que vous avez maintenant"),
    ({"goal": "pivot", "from": "carpenter"}, "en", "To move from “carpenter” to another occupation, name"),
    ({"goal": "pivot", "from": "carpenter", "q": "carpenter"}, "fr", "« charpentière » est à la fois"),
    ({"goal": "grow", "from": "zzzqqq", "q": "carpenter"}, "en", "No occupation is known by the name “zzzqqq”"),
    ({"goal": "grow", "from": "99999", "q": "carpenter"}, "en", "No occupation is known by the name “99999”"),
    ({"goal": "grow", "from": "00010", "q": "carpenter"}, "en", "The skills and tools of “Legislators” are not known"),
)


@pytest.mark.parametrize(("asked", "lang", "note"), MISSING)
def test_what_is_missing_is_said_and_results_are_as_without_the_goal(
    yard: FlaskClient, asked: Json, lang: str, note: str
) -> None:
    answer = ask(yard, lang=lang, **asked)
    assert goal_of(answer)["active"] is False
    assert note in goal_of(answer)["note"]
    assert without_goal(answer) == without_goal(ask(yard, lang=lang, q=asked.get("q", "")))


def test_nothing_is_made_up_where_no_occupation_is_a_step_up(yard: FlaskClient) -> None:
    plain, grown = ask(yard, q="librarian"), ask(yard, q="librarian", goal="grow")
    assert goal_of(grown)["needs"] == []
    assert "No occupation is known that one advances to from “librarian”" in goal_of(grown)["note"]
    assert set(ids(grown)) == set(ids(plain))
    for reason in (reason for hit in grown["hits"] for reason in goal_reasons(hit)):
        assert (reason["occupations"], reason["terms"]) == ([LIBRARIAN], [])


def test_the_answer_says_which_occupations_and_needs_it_took(yard: FlaskClient) -> None:
    found = goal_of(ask(yard, q="web developer", goal="pivot", lang="fr", **{"from": "graphic designer"}))
    assert (found["id"], found["label"], found["active"]) == ("pivot", "Changer de métier", True)
    assert found["origin"] == {"code": DESIGNER, "label": "graphiste", "link": f"/v1/occupations/{DESIGNER}"}
    assert found["target"]["code"] == DEVELOPER
    (need,) = found["needs"]
    assert [term["label"] for term in need["terms"]] == ["Git", "HTML"]
    assert "note" not in found


def test_other_occupations_the_same_words_name_are_offered(yard: FlaskClient) -> None:
    found = goal_of(ask(yard, q="web design", goal="current", **{"from": "carpenter or librarian"}))
    assert found["origin"]["code"] == CARPENTER
    assert [other["code"] for other in found["others"]] == [LIBRARIAN]


@pytest.mark.parametrize(
    ("lang", "reason"),
    [
        ("en", "Use one of: grow, pivot, current."),
        ("fr", "Utilisez l'une de ces valeurs : grow, pivot, current."),
    ],
)
def test_another_goal_is_refused_by_name(yard: FlaskClient, lang: str, reason: str) -> None:
    (error,) = problem_of(yard, 400, query=f"goal=gorw&lang={lang}")["errors"]
    assert (error["parameter"], error["value"], error["suggestion"]) == ("goal", "gorw", "grow")
    assert error["reason"].startswith(reason)


@pytest.mark.parametrize("query", ["from=" + "a" * 201, "from=a&from=b", "goal=grow&goal=pivot"])
def test_parameters_of_a_goal_are_held_to_the_limits_of_the_others(yard: FlaskClient, query: str) -> None:
    (error,) = problem_of(yard, 400, query=query)["errors"]
    assert error["parameter"] == query.partition("=")[0]


def test_the_longest_query_with_a_goal_is_one_the_engine_takes(sample_api: FlaskClient) -> None:
    words = "food and beverage server " + "zqx " * (MOST_WORDS - 4)
    filters: Json = {"level": ["introductory", "advanced"], "delivery": "online", "subject": ["data-ai", "languages"]}
    for goal in ("grow", "current"):
        answer = ask(sample_api, q=words.strip(), goal=goal, **filters)
        assert answer["query"]["goal"]["active"]
