import pytest

from mappings.contract import Language
from mappings.title_genders import gender_forms


@pytest.mark.parametrize(
    ("title", "masculine", "feminine"),
    [
        ("Préposé/préposée aux bénéficiaires", "Préposé aux bénéficiaires", "préposée aux bénéficiaires"),
        (
            "Apprenti mécanicien/apprentie mécanicienne de moteurs marins",
            "Apprenti mécanicien de moteurs marins",
            "apprentie mécanicienne de moteurs marins",
        ),
        (
            "Compagnon mécanicien industriel/compagne mécanicienne industrielle",
            "Compagnon mécanicien industriel",
            "compagne mécanicienne industrielle",
        ),
        ("Technicien/technicienne en santé", "Technicien en santé", "technicienne en santé"),
        ("Techniciens/techniciennes", "Techniciens", "techniciennes"),
        ("Homme/femme de ménage", "Homme de ménage", "femme de ménage"),
        (
            "Agent/agente de sécurité et enquêteur/enquêteuse",
            "Agent de sécurité et enquêteur",
            "agente de sécurité et enquêteuse",
        ),
        (
            "Directeur administratif/directrice administrative d'une association d'infirmiers/infirmières",
            "Directeur administratif d'une association d'infirmiers",
            "directrice administrative d'une association d'infirmières",
        ),
        ("Soudeur/soudeuse - chantier naval", "Soudeur - chantier naval", "soudeuse - chantier naval"),
        ("Expert/experte (sauf ingénieur/ingénieure)", "Expert (sauf ingénieur)", "experte (sauf ingénieure)"),
    ],
)
def test_twins_beside_a_slash_are_two_whole_titles(title: str, masculine: str, feminine: str) -> None:
    assert gender_forms(title, "fr") == (masculine, feminine)


@pytest.mark.parametrize(
    ("title", "feminine"),
    [
        ("infirmier(ère)", "infirmière"),
        ("infirmier(-ère)", "infirmière"),
        ("infirmier/ère", "infirmière"),
        ("préposé(e)s aux bénéficiaires", "préposées aux bénéficiaires"),
        ("technicien(ne)", "technicienne"),
        ("technicien·ne en génie", "technicienne en génie"),
        ("étudiant·e·s", "étudiantes"),
        ("vendeur(se)", "vendeuse"),
        ("coiffeur(euse)", "coiffeuse"),
        ("directeur(trice) adjoint(e)", "directrice adjointe"),
        ("conducteur/trice d'autobus", "conductrice d'autobus"),
    ],
)
def test_an_abridged_feminine_is_written_out(title: str, feminine: str) -> None:
    assert gender_forms(title, "fr")[1] == feminine


def test_an_abridged_title_keeps_its_plural_in_the_masculine() -> None:
    assert gender_forms("préposé(e)s aux bénéficiaires", "fr")[0] == "préposés aux bénéficiaires"


@pytest.mark.parametrize(
    ("title", "forms"),
    [
        ("Journeyman/woman cook", ("Journeyman cook", "Journeywoman cook")),
        ("Landlord/landlady", ("Landlord", "landlady")),
        ("Host/hostess - food service", ("Host - food service", "hostess - food service")),
        ("Waiter/waitress", ("Waiter", "waitress")),
    ],
)
def test_english_titles_name_women_too(title: str, forms: tuple[str, str]) -> None:
    assert gender_forms(title, "en") == forms


@pytest.mark.parametrize(
    ("title", "language"),
    [
        ("Dental CAD/CAM technician", "en"),
        ("Sales and/or service representative", "en"),
        ("Programmeuse (MMC/CNC)", "fr"),
        ("Notaire (Québec)", "fr"),
        ("Steamfitter/pipefitter", "en"),
        ("//", "fr"),
        ("a/", "en"),
        ("", "fr"),
    ],
)
def test_a_slash_or_bracket_between_other_things_stays(title: str, language: Language) -> None:
    assert gender_forms(title, language) == (title,)
