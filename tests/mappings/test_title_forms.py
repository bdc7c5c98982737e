import pytest

from mappings.contract import Language
from mappings.title_forms import in_prose, spoken_forms


@pytest.mark.parametrize(
    ("title", "language", "said"),
    [
        ("nurse, operating room", "en", {"nurse, operating room", "operating room nurse"}),
        ("Director - community college", "en", {"Director - community college", "community college Director"}),
        ("Registered nurse (R.N.)", "en", {"Registered nurse (R.N.)", "Registered nurse"}),
        ("Welder", "en", {"Welder"}),
        (
            "Techniciens/techniciennes en pharmacie",
            "fr",
            {"Techniciens/techniciennes en pharmacie", "Techniciens en pharmacie", "techniciennes en pharmacie"},
        ),
    ],
)
def test_a_title_is_said_in_either_gender_without_brackets_and_in_prose_order(
    title: str, language: Language, said: set[str]
) -> None:
    assert set(spoken_forms(title, language)) == said


def test_an_inverted_french_title_is_joined_by_the_words_people_join_it_with() -> None:
    forms = spoken_forms("infirmier(ère), bloc opératoire", "fr")
    assert {"infirmière de bloc opératoire", "infirmier en bloc opératoire", "infirmière bloc opératoire"} <= set(forms)


def test_a_title_with_several_commas_or_none_is_not_turned_round() -> None:
    for title in ("Heating, ventilating, and cooling mechanic", "Operating room nurse", ""):
        assert in_prose(title, "en") == ()


def test_each_form_comes_once_the_title_itself_first() -> None:
    forms = spoken_forms(" Soudeur/soudeuse (sauf machines) ", "fr")
    assert forms[0] == "Soudeur/soudeuse (sauf machines)"
    assert len(forms) == len(set(forms))
