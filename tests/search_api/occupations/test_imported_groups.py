"""Groups without skills and tools here, once their official files were imported."""

from dataclasses import replace

import pytest

from mappings.contract import Language, listing_contract
from mappings.knowledge import DATA_FOLDER, Knowledge, knowledge
from mappings.reference import ONTARIO
from mappings.reference_store import Reference, read_reference
from search_api.labels import Labels
from search_api.occupations.careers import MOST_SIBLINGS, neighbours, siblings
from search_api.occupations.figures import Asked, View
from search_api.occupations.occupation_view import MOST_NAMES, occupation_view
from tests.indexer.reference.files import ELEMENTS, SKILLS, csv_file
from tests.search_api.occupations.conftest import imported_into
from tests.search_api.occupations.test_figures import TODAY

LEGISLATOR, WELDER = "00010", "72106"
TITLES = (("code", "lang", "title"), [
    *((LEGISLATOR, "en", f"Councillor {number}") for number in range(MOST_NAMES + 5)),
    (LEGISLATOR, "fr", "Député/députée"),
    (WELDER, "en", "Space station welder"),
])  # fmt: skip
ROWS = [
    ("5", LEGISLATOR, "Legislators", "Main duties", "Make laws."),
    ("5", LEGISLATOR, "Legislators", "Employment requirements", "Election is required."),
    ("5", LEGISLATOR, "Legislators", "Employment requirements", "No degree is asked for."),
]
PROFILES = [("00010.01", "A", "4", "3", "0", "1"), ("00010.02", "B", "5", "3", "0", "1")]


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> Reference:
    folder = tmp_path_factory.mktemp("groups")
    files = (("t.csv", *TITLES), ("e.csv", ELEMENTS, ROWS), ("s.csv", SKILLS, PROFILES))
    paths = [csv_file(folder / name, header, rows) for name, header, rows in files]
    return read_reference(DATA_FOLDER, imported_into(folder, *paths, until="2099-12-31"))


def labels_of(reference: Reference, language: Language, known: Knowledge | None = None) -> Labels:
    return Labels(listing_contract(), known or knowledge(), {}, language, reference.titles)


def view_of(reference: Reference, code: str, language: Language, known: Knowledge) -> View:
    asked = Asked(reference, reference.regions(language), ONTARIO, language, TODAY)
    return occupation_view(code, labels_of(reference, language, known), asked, {}, {})


def shown(reference: Reference, code: str, language: Language) -> View:
    """As where nobody wrote of the other groups."""
    return view_of(reference, code, language, replace(knowledge(), groups={}))


def test_an_imported_group_has_the_first_of_its_titles_in_the_asked_language(reference: Reference) -> None:
    names = shown(reference, LEGISLATOR, "en")["names"]
    assert (len(names), names[0]) == (MOST_NAMES, "Councillor 0")
    assert shown(reference, LEGISLATOR, "fr")["names"] == ["Député/députée"]


def test_imported_titles_are_not_mixed_with_those_written_here(reference: Reference) -> None:
    assert "Space station welder" not in shown(reference, WELDER, "en")["names"]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_duties_and_requirements_name_their_row_and_the_language_they_are_in(
    reference: Reference, language: Language
) -> None:
    view = shown(reference, LEGISLATOR, language)
    assert (view["duties"]["items"], view["duties"]["source"]["row"]) == (["Make laws."], 2)
    assert view["requirements"]["items"] == ["Election is required.", "No degree is asked for."]
    assert view["requirements"]["source"]["row"] == 3
    assert view["duties"]["text_language"] == view["requirements"]["text_language"] == "en"
    assert "summary" not in view


@pytest.mark.parametrize("code", [WELDER, LEGISLATOR])
def test_what_was_written_here_is_in_the_asked_language(reference: Reference, code: str) -> None:
    view = view_of(reference, code, "fr", knowledge())
    assert (view["summary"]["text_language"], view["duties"]["text_language"]) == ("fr", "fr")
    assert view["summary"]["basis"] == view["duties"]["basis"] == "curated"


def test_names_and_duties_written_here_stand_before_imported_ones_and_requirements_beside(reference: Reference) -> None:
    view = view_of(reference, LEGISLATOR, "en", knowledge())
    assert "mayor" in view["names"]
    assert "Councillor 0" not in view["names"]
    assert "Make laws." not in view["duties"]["items"]
    assert view["requirements"]["items"][0] == "Election is required."


def test_a_rating_says_over_how_many_profiles_it_is_the_mean(reference: Reference) -> None:
    first = shown(reference, LEGISLATOR, "fr")["rated_skills"][0]
    assert (first["name"], first["rating"], first["profiles"], first["text_language"]) == (
        "Reading Comprehension", 4.5, 2, "en",
    )  # fmt: skip


def test_siblings_are_of_the_smallest_group_that_has_others(reference: Reference) -> None:
    titles = reference.titles
    assert siblings("00010", ("00010", "00011", "00099", "01000")) == ("00011",)
    assert siblings("00010", ("00010", "00099", "01000")) == ("00099",)
    assert siblings("00010", ("00010", "99999")) == ()
    for code in titles:
        found = siblings(code, titles)
        assert 0 < len(found) <= MOST_SIBLINGS
        assert code not in found
        assert set(found) <= set(titles)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_group_has_related_ones_and_each_has_a_name(reference: Reference, language: Language) -> None:
    labels = labels_of(reference, language)
    for code in reference.titles:
        related = neighbours([code], labels)
        assert related, code
        assert all(not labels.occupation(other).isdigit() for other in related)
