"""Ten goals over the sample catalogue and the occupations that ship."""

import pytest
from flask.testing import FlaskClient

from mappings.knowledge import knowledge
from mappings.telling import telling, terms_of
from tests.search_api.asking import Json, ask, ids
from tests.search_api.goals.asking import goal_reasons, taught

TEN: tuple[Json, ...] = (
    {"goal": "grow", "q": "carpenter"},
    {"goal": "grow", "q": "préposée aux bénéficiaires", "lang": "fr"},
    {"goal": "grow", "q": "office clerk"},
    {"goal": "grow", "q": "Excel", "from": "accounting clerk"},
    {"goal": "pivot", "q": "web developer", "from": "retail salesperson"},
    {"goal": "pivot", "q": "data analyst", "from": "bookkeeper"},
    {"goal": "pivot", "q": "éducatrice de la petite enfance", "from": "serveuse", "lang": "fr"},
    {"goal": "current", "q": "bookkeeper"},
    {"goal": "current", "q": "graphic designer"},
    {"goal": "current", "q": "soudeuse", "lang": "fr"},
)
each = pytest.mark.parametrize("asked", TEN, ids=lambda asked: " ".join(asked.values()))
TELLING = telling(knowledge().occupations)
FIRST = 5


def plain(asked: Json) -> Json:
    return {name: value for name, value in asked.items() if name not in ("goal", "from")}


def needed(answer: Json) -> dict[str, float]:
    """What the answer's occupations need, worked out anew, with how telling each is."""
    goal, jobs = answer["query"]["goal"], knowledge().occupations
    own = jobs[goal["origin"]["code"]]
    others = [jobs[need["occupation"]["code"]] for need in goal["needs"]]
    beyond = frozenset[str]() if goal["id"] == "current" else terms_of(own)
    return {term: TELLING[term] for other in others for term in terms_of(other) - beyond}


def worth(answer: Json, needs: dict[str, float]) -> float:
    return sum(needs.get(term, 0.0) for hit in answer["hits"][:FIRST] for term in taught(hit))


@each
def test_the_first_page_teaches_more_of_what_is_needed_than_without_the_goal(
    sample_api: FlaskClient, asked: Json
) -> None:
    aimed, usual = ask(sample_api, **asked), ask(sample_api, **plain(asked))
    assert aimed["query"]["goal"]["active"]
    assert ids(aimed) != ids(usual)
    needs = needed(aimed)
    if asked["goal"] == "current":  # what is already for the occupation is put in another order: tools, short, soon
        assert worth(aimed, needs) > 0
    else:
        assert worth(aimed, needs) > worth(usual, needs)


@each
def test_every_reason_names_terms_the_listing_teaches_and_the_named_occupation_needs(
    sample_api: FlaskClient, asked: Json
) -> None:
    answer, jobs = ask(sample_api, per_page=100, **asked), knowledge().occupations
    told = [(hit, reason) for hit in answer["hits"] for reason in goal_reasons(hit)]
    assert any(reason["terms"] for _hit, reason in told)
    for hit, reason in told:
        own, other = (jobs[reason["occupations"][place]] for place in (0, -1))
        beyond = frozenset[str]() if reason["goal"] == "current" else terms_of(own)
        assert set(reason["terms"]) <= taught(hit) & (terms_of(other) - beyond)
        if reason["goal"] == "grow" and other is not own:
            assert other.code in own.related
            assert other.code[1] < own.code[1]


@each
def test_each_facet_count_is_the_total_that_choosing_the_value_gives(sample_api: FlaskClient, asked: Json) -> None:
    for facet in ask(sample_api, per_page=1, **asked)["facets"]:
        if facet["name"] in ("delivery", "level"):
            for value in facet["values"]:
                chosen = ask(sample_api, per_page=1, **asked, **{facet["parameter"]: value["value"]})
                assert chosen["total"] == value["count"], (facet["name"], value["value"])
