from typing import Any

import pytest
from flask.testing import FlaskClient

from mappings.knowledge import DATA_FOLDER
from mappings.reference_tables import shipped_titles
from search_api.occupations.counting import BEST
from tests.search_api.asking import SEARCH, Json, ask, ids, problem_of

OCCUPATIONS = "/v1/occupations"
WELDER, LEGISLATOR = "72106", "00010"


def one(api: FlaskClient, code: str, **parameters: Any) -> Json:
    return ask(api, f"{OCCUPATIONS}/{code}", **parameters)


def test_an_occupation_says_what_it_is_what_it_takes_and_which_listings_train_for_it(sample_api: FlaskClient) -> None:
    found = one(sample_api, WELDER)
    assert (found["title"], found["label"]) == ("Welders and related machine operators", "welder")
    assert (found["summary"]["basis"], found["duties"]["basis"]) == ("curated", "curated")
    assert {"id": "welding", "label": "Welding"} in found["skills"]
    assert all(len(found[name]) > 1 for name in ("names", "tools", "related"))
    assert found["rated_skills"] == []
    assert found["outlook"]["national"]["source"]["row"] > 1
    assert found["region"] == {"code": "3500", "name": "Ontario"}


def test_an_occupation_is_told_in_the_asked_language(sample_api: FlaskClient) -> None:
    found = one(sample_api, WELDER, lang="fr")
    assert found["title"].startswith("Soudeurs")
    assert found["outlook"]["national"]["region"]["name"] == "Canada"
    assert "Licence du gouvernement ouvert" in found["outlook"]["national"]["source"]["licence"]
    assert one(sample_api, WELDER, lang="en")["summary"] != found["summary"]


def test_the_listings_of_an_occupation_are_those_the_search_finds_for_its_code(sample_api: FlaskClient) -> None:
    found = one(sample_api, WELDER)["listings"]
    searched = ask(sample_api, occupation=WELDER, per_page=100)
    assert found["total"] == searched["total"] > 0
    assert sample_api.get(found["link"]).get_json()["total"] == found["total"]
    best = [each["id"] for each in found["best"]]
    assert set(best) <= set(ids(searched))
    assert len(set(best)) == min(BEST, found["total"])
    assert [each["title"] for each in found["best"]] == [
        ask(sample_api, each["link"])["title"] for each in found["best"]
    ]


def test_the_best_listings_are_ranked_as_for_one_who_typed_the_title(sample_api: FlaskClient) -> None:
    best = one(sample_api, WELDER)["listings"]["best"]
    assert [each["id"] for each in best] == ids(ask(sample_api, q="welder", occupation=WELDER))[:BEST]


def test_a_group_without_skills_and_tools_has_its_official_title_and_what_is_held(sample_api: FlaskClient) -> None:
    found = one(sample_api, LEGISLATOR)
    assert (found["title"], found["label"]) == ("Legislators", "Legislators")
    assert found["outlook"]["national"]["employment"] == 4700
    assert (found["skills"], found["listings"]) == (
        [], {"total": 0, "best": [], "link": "/v1/credentials?occupation=00010&lang=en"},
    )  # fmt: skip
    assert (found["wages"]["regional"], found["wages"]["national"]) == (None, None)
    assert "note" in found["wages"]


@pytest.mark.parametrize(("lang", "name"), [("en", "mayor"), ("fr", "mairesse")])
def test_a_group_without_skills_and_tools_is_told_in_our_words_in_the_asked_language(
    sample_api: FlaskClient, lang: str, name: str
) -> None:
    found = one(sample_api, LEGISLATOR, lang=lang)
    assert name in found["names"]
    for part in (found["summary"], found["duties"]):
        assert (part["basis"], part["text_language"]) == ("curated", lang)
    assert len(found["duties"]["items"]) >= 4


def test_a_group_without_skills_and_tools_is_related_to_those_next_to_it_in_the_classification(
    sample_api: FlaskClient,
) -> None:
    related = {each["code"] for each in one(sample_api, LEGISLATOR)["related"]}
    assert related == {"00011", "00012", "00013", "00014", "00015"}


def test_without_a_title_every_occupation_with_listings_is_listed_by_label_with_counts_that_hold(
    sample_api: FlaskClient,
) -> None:
    first = ask(sample_api, OCCUPATIONS, per_page=100)
    rows = [*first["occupations"]]
    for page in range(2, first["pages"] + 1):
        rows += ask(sample_api, OCCUPATIONS, per_page=100, page=page)["occupations"]
    assert len(rows) == first["total"] == len({row["code"] for row in rows})
    assert rows[0]["label"] < rows[-1]["label"]
    for row in rows:
        assert row["listings"] == ask(sample_api, occupation=row["code"], per_page=1)["total"] > 0


def test_labels_are_in_order_whatever_their_accents(sample_api: FlaskClient) -> None:
    rows = ask(sample_api, OCCUPATIONS, lang="fr", per_page=100)["occupations"]
    labels = [row["label"] for row in rows]
    accented = next(label for label in labels if label.startswith("é"))
    assert labels.index(accented) < labels.index(next(label for label in labels if label > "i" and label[0].isascii()))


@pytest.mark.parametrize(
    ("title", "basis"), [("welder", "exact"), ("soudeuse", "exact"), ("weldder", "typo"), (WELDER, "exact")]
)
def test_a_title_names_its_occupation_and_says_how(sample_api: FlaskClient, title: str, basis: str) -> None:
    row, *others = ask(sample_api, OCCUPATIONS, q=title)["occupations"]
    assert (row["code"], row["basis"], row["listings"] > 0) == (WELDER, basis, True)
    # Underwater welders and welders' helpers are of other groups.
    assert all(10 * other["confidence"] < row["confidence"] for other in others)


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_every_unit_group_is_found_by_its_official_title(sample_api: FlaskClient, lang: str) -> None:
    for code, title in shipped_titles(DATA_FOLDER).items():
        found = ask(sample_api, OCCUPATIONS, q=title.in_language(lang)[:200], lang=lang)["occupations"]
        assert code in {row["code"] for row in found}, title


@pytest.mark.parametrize(("title", "lang"), [("mayor", "en"), ("mairesse", "fr"), ("maire", "fr"), ("maire", "en")])
def test_an_everyday_name_finds_its_group_under_the_official_title(
    sample_api: FlaskClient, title: str, lang: str
) -> None:
    (row,) = ask(sample_api, OCCUPATIONS, q=title, lang=lang)["occupations"]
    official = "Legislators" if lang == "en" else "Membres des corps législatifs"
    assert (row["code"], row["basis"], row["label"]) == (LEGISLATOR, "exact", official)


def test_a_code_may_be_called_one(sample_api: FlaskClient) -> None:
    for title in ("NOC 72106", "CNP 72106", " 72106 "):
        (row,) = ask(sample_api, OCCUPATIONS, q=title)["occupations"]
        assert (row["code"], row["basis"]) == (WELDER, "exact")


def test_an_official_title_is_found_in_one_gender_and_in_the_other_language(sample_api: FlaskClient) -> None:
    for title in ("Opticiennes d'ordonnances", "opticiens d’ordonnances", "Opticians"):
        (row,) = ask(sample_api, OCCUPATIONS, q=title, lang="en")["occupations"]
        assert (row["code"], row["basis"], row["label"]) == ("32100", "exact", "Opticians")


def test_a_title_that_names_nothing_has_no_occupations(sample_api: FlaskClient) -> None:
    for title in ("zzqqzzqq", "99999", "NOC 99999"):
        found = ask(sample_api, OCCUPATIONS, q=title)
        assert (found["total"], found["pages"], found["occupations"]) == (0, 0, [])


def test_a_page_beyond_the_last_is_empty(sample_api: FlaskClient) -> None:
    found = ask(sample_api, OCCUPATIONS, page=900)
    assert found["occupations"] == []
    assert found["total"] > 0


@pytest.mark.parametrize("code", ["99999", "72", "nothing", "%22"])
def test_a_code_there_is_none_of_is_a_404(sample_api: FlaskClient, code: str) -> None:
    for lang in ("en", "fr"):
        found = problem_of(sample_api, 404, f"{OCCUPATIONS}/{code}", f"lang={lang}")
        assert found["type"].endswith("occupation-not-found")


@pytest.mark.parametrize("path", [OCCUPATIONS, f"{OCCUPATIONS}/{WELDER}", SEARCH, f"{SEARCH}/any"])
def test_a_region_there_is_none_of_is_refused_with_those_there_are(sample_api: FlaskClient, path: str) -> None:
    (error,) = problem_of(sample_api, 400, path, "region=9999&lang=fr")["errors"]
    assert error["parameter"] == "region"
    assert all(part in error["reason"] for part in ("3500 (Ontario)", "3590 (Nord-est)"))
    assert "0000" not in error["reason"]


@pytest.mark.parametrize("path", [OCCUPATIONS, f"{OCCUPATIONS}/{WELDER}"])
def test_unknown_and_repeated_parameters_are_refused_all_at_once(sample_api: FlaskClient, path: str) -> None:
    errors = problem_of(sample_api, 400, path, "regoin=3500&region=3500&region=3510&lang=de")["errors"]
    assert {error["parameter"] for error in errors} == {"regoin", "region", "lang"}
    assert "region" in next(error["suggestion"] for error in errors if error["parameter"] == "regoin")


def test_answers_may_be_kept_for_a_minute_in_their_language(sample_api: FlaskClient) -> None:
    for path in (OCCUPATIONS, f"{OCCUPATIONS}/{WELDER}"):
        response = sample_api.get(path, query_string={"lang": "fr"})
        assert "max-age=60" in response.headers["Cache-Control"]
        assert response.headers["Content-Language"] == "fr"


def test_an_imported_region_is_shown_everywhere_it_is_asked_for(imported_api: FlaskClient) -> None:
    for region, rating, median in (("3500", "good", 28.5), ("3590", "very_good", 31.0)):
        found = one(imported_api, WELDER, region=region)
        assert found["outlook"]["regional"]["rating"]["id"] == rating
        assert found["wages"]["regional"]["median"] == median
        hit = ask(imported_api, occupation=WELDER, region=region)["hits"][0]
        assert (hit["outlook"]["scope"], hit["outlook"]["region"]["code"]) == ("regional", region)
        shown = ask(imported_api, hit["link"], region=region)
        assert shown["outlook"]["regional"]["rating"]["id"] == rating
        assert shown["wages"]["regional"]["median"] == median
        page = imported_api.get(f"/credentials/{hit['id']}?region={region}", headers={"Accept": "text/html"}).text
        assert shown["outlook"]["regional"]["rating"]["label"] in page
    assert one(imported_api, WELDER, region="2400")["outlook"]["regional"] is None


def test_without_the_engine_an_occupation_is_not_told_by_half(fragile: FlaskClient, proxy: Any) -> None:
    proxy.refuse()
    assert problem_of(fragile, 503, f"{OCCUPATIONS}/{WELDER}")["type"].endswith("engine-unavailable")
