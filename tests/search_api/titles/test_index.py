import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mappings.contract import Language
from mappings.knowledge import knowledge
from search_api.titles import Candidate, TitleIndex, is_ambiguous, known_titles
from search_api.titles.meaning import Likeness
from tests.search_api.titles.making import (
    AIDE,
    COOK,
    DRIVER,
    HOME,
    NURSE,
    PRACTICAL,
    PSYCHIATRIC,
    WELDER,
    codes,
    example,
    small_index,
)

INDEX = small_index()


@pytest.fixture(scope="module")
def shipped() -> TitleIndex:
    return TitleIndex(known_titles(knowledge()))


@pytest.mark.parametrize("text", ["Welder", "WELDER", " welder "])
def test_a_title_as_written_is_exact_in_any_case(text: str) -> None:
    first = INDEX.find(text, "en")[0]
    assert (first.code, first.basis, first.title, first.language) == (WELDER, "exact", "Welder", "en")


@pytest.mark.parametrize(
    ("text", "language", "code"),
    [
        ("infirmière", "fr", NURSE),
        ("Infirmier", "fr", NURSE),
        ("préposée aux bénéficiaires", "fr", AIDE),
        ("apprentie mécanicienne d’automobiles", "fr", "72410"),
        ("waitress", "en", "65200"),
        ("journeywoman cook", "en", COOK),
    ],
)
def test_one_gender_of_a_title_is_exact(text: str, language: Language, code: str) -> None:
    first = INDEX.find(text, language)[0]
    assert (first.code, first.basis) == (code, "exact")


@pytest.mark.parametrize(
    ("text", "language", "code"),
    [
        ("nurse, operating room", "en", NURSE),
        ("operating room nurses", "en", NURSE),
        ("infirmieres de salle d'operation", "fr", NURSE),
        ("salle d'opération, infirmier(ère) de", "fr", NURSE),
        ("préposé(e)s aux bénéficiaires", "fr", AIDE),
        ("soudeuses", "fr", WELDER),
        ("conductrices de camions", "fr", DRIVER),
        ("techniciennes en electronique", "fr", "22310"),
        ("nurse (registered)", "en", NURSE),
        ("truck driver (long haul)", "en", DRIVER),
        ("journeyperson cook", "en", COOK),
    ],
)
def test_accents_number_gender_order_and_brackets_are_normalised(text: str, language: Language, code: str) -> None:
    first = INDEX.find(text, language)[0]
    assert (first.code, first.basis) == (code, "normalised")


def test_brackets_of_a_title_may_be_dropped() -> None:
    first = INDEX.find("registered nurse", "en")[0]
    assert (first.code, first.title) == (NURSE, "Registered nurse (R.N.)")


@pytest.mark.parametrize(("text", "code"), [("rpn", PRACTICAL), ("R.P.N.", PRACTICAL), ("RN", NURSE), ("R.N.", NURSE)])
def test_an_abbreviation_is_an_alias(text: str, code: str) -> None:
    first = INDEX.find(text, "en")[0]
    assert (first.code, first.basis) == (code, "alias")


@pytest.mark.parametrize("text", ["PWS", "RPM", "PSWX", "RPQ"])
def test_abbreviations_are_never_guessed_at(text: str) -> None:
    assert not [one for one in INDEX.find(text, "en") if one.basis in {"alias", "typo"}]


@pytest.mark.parametrize("text", ["weldr", "wedler", "welderr", "wellder"])
def test_a_misspelt_title_is_a_typo(text: str) -> None:
    first = INDEX.find(text, "en")[0]
    assert (first.code, first.basis, first.title) == (WELDER, "typo", "Welder")


def test_a_misspelt_title_in_french_is_a_typo_in_either_gender() -> None:
    first = INDEX.find("conductirce de camion", "fr")[0]
    assert (first.code, first.basis) == (DRIVER, "typo")


@pytest.mark.parametrize("text", ["cok", "nurs", "cooc", "CADD"])
def test_short_words_are_never_typos(text: str) -> None:
    assert not [one for one in INDEX.find(text, "en") if one.basis == "typo"]


def test_the_words_that_matter_are_met_where_no_title_is() -> None:
    first = INDEX.find("truck driving for companies", "en")[0]
    assert (first.code, first.basis) == (DRIVER, "words")


def test_the_nearer_the_title_is_met_the_surer() -> None:
    exact, normalised, typo = (INDEX.find(text, "en")[0] for text in ("truck driver", "driver, truck", "truck drivre"))
    assert exact.confidence > normalised.confidence > typo.confidence


def test_a_title_of_the_other_language_is_understood_and_says_so() -> None:
    first = INDEX.find("soudeuse", "en")[0]
    assert (first.code, first.basis, first.language) == (WELDER, "exact", "fr")


def test_an_abbreviation_of_two_occupations_offers_both() -> None:
    found = INDEX.find("PSW", "en")
    assert set(codes(found)[:2]) == {AIDE, HOME}
    assert is_ambiguous(found)


def test_a_title_that_only_others_qualify_is_clear_and_still_shows_them() -> None:
    found = INDEX.find("personal support worker", "en")
    assert codes(found)[:2] == [AIDE, HOME]
    assert not is_ambiguous(found)


def test_a_word_that_stands_in_titles_of_many_is_ambiguous() -> None:
    found = INDEX.find("analyst", "en")
    assert set(codes(found)) == {"21222", "21223", "11101", "41402"}
    assert is_ambiguous(found)


@pytest.mark.parametrize("text", ["welder", "spot welder", "truck driver", "data analyst"])
def test_a_clear_title_is_not_ambiguous(text: str) -> None:
    assert not is_ambiguous(INDEX.find(text, "en"))


def test_no_candidates_are_not_ambiguous() -> None:
    assert not is_ambiguous(())
    assert not is_ambiguous((Candidate(WELDER, "Welder", "en", "words", 0.1),))


@pytest.mark.parametrize("text", ["", "   ", "()", "/", "zzzzqqq", "🙂", "日本"])
def test_a_text_without_a_title_in_it_finds_nothing(text: str) -> None:
    assert INDEX.find(text, "en") == ()


def test_no_more_are_found_than_asked_for() -> None:
    assert len(INDEX.find("analyst", "en", most=2)) == 2


def test_equally_sure_candidates_come_by_code() -> None:
    index = TitleIndex([example("31301", "en", "Charge nurse"), example("31300", "en", "Charge nurse")])
    assert codes(index.find("charge nurse", "en")) == [PSYCHIATRIC, NURSE]
    assert is_ambiguous(index.find("charge nurse", "en"))


def like(**cosines: float) -> Likeness:
    """Cosines by occupation: `like(NURSE=0.6)` knows of no other."""
    codes = {"NURSE": NURSE, "WELDER": WELDER, "COOK": COOK, "nobody": "99999"}
    known = sorted((codes[name], cosine) for name, cosine in cosines.items())
    return Likeness(np.array([code for code, _ in known]), np.array([cosine for _, cosine in known], np.float32))


def test_meaning_tells_where_no_title_does() -> None:
    first = INDEX.find("zzz", "en", likeness=like(NURSE=0.6, WELDER=0.1))[0]
    assert (first.code, first.title, first.basis) == (NURSE, "Nurse", "meaning")
    assert first.confidence > 0.8
    assert INDEX.find("zzz", "en") == ()


def test_meaning_shows_a_title_of_the_language_asked_in() -> None:
    first = INDEX.find("zzz", "fr", likeness=like(NURSE=0.6))[0]
    assert (first.title, first.language) == ("Infirmier/infirmière", "fr")


def test_an_occupation_without_titles_in_the_language_is_not_shown() -> None:
    found = INDEX.find("zzz", "fr", likeness=like(COOK=0.9, NURSE=0.4, nobody=0.9))
    assert {COOK, "99999"}.isdisjoint(codes(found))


def test_meaning_does_not_overrule_an_exact_title() -> None:
    first = INDEX.find("welder", "en", likeness=like(NURSE=0.9, WELDER=0.1))[0]
    assert (first.code, first.basis) == (WELDER, "exact")


def test_titles_alike_and_meaning_agree_on_one_that_is_surer_than_by_words() -> None:
    text = "welder of pipes and spots"
    words, both = INDEX.find(text, "en")[0], INDEX.find(text, "en", likeness=like(WELDER=0.5, NURSE=0.1))[0]
    assert (words.code, both.code, both.basis) == (WELDER, WELDER, "words")
    assert both.confidence > words.confidence


def test_meaning_overrules_words_that_titles_share_by_chance() -> None:
    text = "operating a big room full of drivers"
    assert INDEX.find(text, "en")[0].code != COOK
    first = INDEX.find(text, "en", likeness=like(COOK=0.7, NURSE=0.1, WELDER=0.1))[0]
    assert (first.code, first.basis) == (COOK, "meaning")


def test_an_occupation_without_a_vector_is_met_by_its_titles() -> None:
    found = INDEX.find("driving trucks for companies", "en", likeness=like(NURSE=0.2, WELDER=0.1))
    assert found[0].code == DRIVER


def test_occupations_that_nothing_speaks_for_take_nothing_from_the_others() -> None:
    few = INDEX.find("zzz", "en", likeness=like(NURSE=0.4))[0]
    many = TitleIndex(
        [example(NURSE, "en", "Nurse"), *(example(f"{number:05}", "en", f"Title {number}") for number in range(400))]
    )
    assert many.find("zzz", "en", likeness=like(NURSE=0.4))[0].confidence == pytest.approx(few.confidence, abs=0.01)


def test_what_is_like_no_occupation_stays_unlikely() -> None:
    found = INDEX.find("zzz", "en", likeness=like(NURSE=0.08, WELDER=0.05, COOK=0.02))
    assert all(one.confidence < 0.5 for one in found)


def test_an_index_of_no_titles_finds_nothing() -> None:
    assert TitleIndex(()).find("welder", "en") == ()


def test_every_name_that_ships_is_understood(shipped: TitleIndex) -> None:
    for code, occupation in knowledge().occupations.items():
        for language in ("en", "fr"):
            for name in occupation.names.in_language(language):
                assert code in codes(shipped.find(name, "fr" if language == "fr" else "en")), name


@given(st.text(max_size=200), st.sampled_from(["en", "fr"]))
@settings(max_examples=300, deadline=None)
def test_any_text_is_answered_in_good_order(shipped: TitleIndex, text: str, language: Language) -> None:
    found = shipped.find(text, language)
    assert list(found) == sorted(found, key=lambda one: (-one.confidence, one.code))
    assert len(set(codes(found))) == len(found) <= 5
    assert all(0 < one.confidence <= 1 for one in found)
    assert sum(one.confidence for one in found if one.basis != "words") <= 1.01
