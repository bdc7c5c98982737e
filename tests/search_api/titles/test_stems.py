import pytest

from mappings.phrases import words_of
from search_api.titles.stems import PARTICLES, folded_words, key_of, stem, stems


def key(text: str, language: str) -> str:
    return key_of(stems(folded_words(text), "fr" if language == "fr" else "en"))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("infirmier", "infirmières"),
        ("préposé", "préposées"),
        ("vendeur", "vendeuses"),
        ("directeur", "directrices"),
        ("technicien", "techniciennes"),
        ("apprenti", "apprentie"),
        ("patron", "patronnes"),
        ("sportif", "sportive"),
        ("journal", "journaux"),
        ("hôte", "hôtesse"),
    ],
)
def test_french_genders_and_numbers_share_one_stem(one: str, other: str) -> None:
    assert key(one, "fr") == key(other, "fr")


@pytest.mark.parametrize(
    ("one", "other"),
    [("waiter", "waitresses"), ("foreman", "forewoman"), ("salesperson", "saleswoman"), ("nurses", "nurse")],
)
def test_english_genders_and_numbers_share_one_stem(one: str, other: str) -> None:
    assert key(one, "en") == key(other, "en")


@pytest.mark.parametrize(("one", "other"), [("nurse", "nursery"), ("welder", "welding"), ("human", "hun")])
def test_other_words_keep_their_own(one: str, other: str) -> None:
    assert key(one, "en") != key(other, "en")


def test_a_short_word_keeps_its_ending() -> None:
    assert stem("vie", "fr") == "vie"
    assert stem("woman", "en") == "woman"


def test_order_and_particles_do_not_count() -> None:
    assert key("Nurse, operating room", "en") == key("operating room nurse", "en")
    assert key("agent d'entretien", "fr") == key("agent pour l'entretien", "fr")


def test_a_text_of_particles_alone_keeps_them() -> None:
    assert folded_words("of the") == ("of", "the")


@pytest.mark.parametrize(
    "text", ["C# and .NET developer", "l'infirmière d'État", "driver’s helper", "Préposées (4 °C)"]
)
def test_words_are_folded_as_everywhere_else(text: str) -> None:
    assert folded_words(text) == tuple(word.folded for word in words_of(text) if word.folded not in PARTICLES)
