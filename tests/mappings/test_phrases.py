"""Known phrases are found in free text whatever their case, accents, number or apostrophe."""

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mappings.abridged import ENDINGS
from mappings.phrases import WORD, Found, PhraseIndex, fold, key_of, singular, words_of
from mappings.twins import without_twins

TITLES = PhraseIndex(
    [
        ("infirmier", "nurse"),
        ("infirmière", "nurse"),
        ("registered nurse", "nurse"),
        ("nurse", "nurse"),
        ("web developer", "developer"),
        ("developer", "coder"),
        ("gestion de projet", "projects"),
        ("C++", "cpp"),
        ("C#", "csharp"),
        (".NET", "dotnet"),
        ("Node.js", "node"),
        ("technologie", "technology"),
    ],
    cased=[("R", "r"), ("Go", "go"), ("IT", "it")],
)
LETTERS = st.text(alphabet="aàbceéèêiîlnoœprstuvçCNR'’ -‑.·•⋅()+#/,\n", max_size=60)
ANY = st.text(max_size=60)
HUNG = (
    "{}·{}",
    "{}({})",
    "{}s({}s)",
    "{}·{}·s",
    "{}.{}.s",
    "{}-{}",
    "{}-{}s",
    "{}({})s",
    "{}({})(s)",
    "{}/{}",
    "{}/{}/s",
)
# The letters and marks people type in English and French: Latin, punctuation, currency.
WRITTEN = st.text(alphabet=st.characters(max_codepoint=0x17F, exclude_categories=["C"]), max_size=60)


def targets(text: str) -> list[tuple[str, ...]]:
    return [found.targets for found in TITLES.find(text)]


@pytest.mark.parametrize("text", ["l'infirmière", "L’INFIRMIÈRE", "infirmiers", "Infirmieres", "d’infirmier"])
def test_a_french_title_is_met_with_article_number_case_and_without_accents(text: str) -> None:
    assert targets(text) == [("nurse",)]


@pytest.mark.parametrize(
    "written", ["infirmier·ère", "infirmier(ère)s", "infirmiers(-ères)", "infirmier.ère.s", "infirmier/ère",
                "INFIRMIER·ÈRE·S", "infirmier-ère", "infirmier•ière", "INFIRMIER(ERE)", "infirmier (ère)",
                "infirmier(ère)(s)", "infirmier/ère/s", "infirmier-ères", "infirmier‑ère", "infirmier⋅ère",
                "infirmier/infirmière", "infirmière / infirmier", "infirmiers et infirmières", "infirmier (infirmière)",
                "l’infirmier ou l’infirmière", "infirmier ou une infirmière"],
)  # fmt: skip
def test_a_title_with_its_feminine_ending_hung_on_is_met_and_stands_where_it_is_written(written: str) -> None:
    text = f"Devenir {written} ou technologie"
    found = TITLES.find(text)
    assert [one.targets for one in found] == [("nurse",), ("technology",)]
    assert text[found[0].start : found[0].end].casefold() in {"infirmier", "infirmiers"}


@pytest.mark.parametrize(
    "written",
    ["gestion·ne de projet", "gestion de projet(e)s", "gestion/gestionne de projet", "gestionne ou gestion de projet"],
)
def test_such_endings_do_not_part_the_words_of_a_phrase(written: str) -> None:
    (found,) = TITLES.find(written)
    assert (found.targets, written[found.start :].startswith("gestion")) == (("projects",), True)


@given(st.sampled_from(sorted(ENDINGS)), st.sampled_from(HUNG), st.text("bcdfgmptz", min_size=3, max_size=5))
def test_every_ending_is_met_in_every_way_of_hanging_it_on(ending: str, way: str, stem: str) -> None:
    masculine = stem + (ENDINGS[ending] or ending[:-1])
    text = f"Un {way.format(masculine, ending)} ici"
    assert [text[word.start : word.end].rstrip("s") for word in words_of(text)] == ["Un", masculine, "ici"]


ALIKE = (
    "e.g.", "welders", "CI/CD", "C/C++", "and/or", "M.B.A.", "male/female", "dites-le", "est-elle", "Node.js", "TCP/IP",
    "HVAC/R", "A/B", "type-e", "web/e-commerce", "Formation.E-learning", "follow-up", "host/hostess", "pale-ale",
    "(d) cut and (e) paint", "savoirs et savoir-faire", "ASP.NET", "basmati-rice", "cours et courses", "4 (e)",
)  # fmt: skip


@given(st.lists(st.sampled_from(ALIKE)))
def test_what_only_looks_like_such_an_ending_is_words_as_ever(parts: list[str]) -> None:
    text = ", ".join(parts)
    assert [word.written for word in words_of(text)] == [hit.group() for hit in WORD.finditer(text)]


@given(st.one_of(ANY, LETTERS, WRITTEN))
def test_leaving_out_a_twin_moves_no_other_letter(text: str) -> None:
    bare = without_twins(text)
    assert len(bare) == len(text)
    assert all(mark in {" ", was} for mark, was in zip(bare, text, strict=True))


def test_the_longest_phrase_wins_over_the_words_in_it() -> None:
    assert targets("Registered nurses, web developers") == [("nurse",), ("developer",)]
    assert targets("a developer on the web") == [("coder",)]


def test_a_possessive_does_not_hide_a_phrase() -> None:
    assert targets("the nurse's aide") == targets("the nurse’s aide") == [("nurse",)]


def test_programming_names_are_not_taken_for_each_other() -> None:
    assert targets("C++ and C# on .NET with Node.js") == [("cpp",), ("csharp",), ("dotnet",), ("node",)]
    assert targets("C and internet") == []


def test_a_cased_phrase_is_met_in_running_text_only_as_written() -> None:
    assert targets("statistics in R, then Go") == [("r",), ("go",)]
    assert targets("r u ready to go? make it so") == []


@pytest.mark.parametrize("text", ["R. typhi infections", "Level R", "vitamin R", "le niveau R", "Annexe R", "permis R"])
def test_a_letter_that_numbers_or_begins_a_name_is_no_name_of_its_own(text: str) -> None:
    assert targets(text) == []


@pytest.mark.parametrize("text", ["Learn R. The course", "Statistics in R.", "R, SAS", "with R", "Excel et R"])
def test_a_letter_that_is_a_name_is_met_wherever_it_stands(text: str) -> None:
    assert targets(text) == [("r",)]


def test_a_cased_phrase_typed_alone_is_met_in_any_case() -> None:
    assert TITLES.exact("r") == TITLES.exact("R") == ("r",)
    assert TITLES.exact("it") == ("it",)


def test_only_the_whole_text_is_exact() -> None:
    assert TITLES.exact("Gestion  de projets") == ("projects",)
    assert TITLES.exact("gestion de projet agile") == ()


def test_one_phrase_may_stand_for_several_things_and_names_each_once() -> None:
    index = PhraseIndex([("cook", 1), ("Cooks", 2), ("cook", 1)])
    assert index.exact("cook") == (1, 2)


def test_a_phrase_without_a_word_is_never_found() -> None:
    index = PhraseIndex([("", "nothing"), ("- / -", "marks")])
    assert index.exact("") == ()
    assert index.find("- / -") == []


@pytest.mark.parametrize(
    ("word", "one"),
    [("nurses", "nurse"), ("bus", "bus"), ("gas", "gas"), ("class", "class"), ("technologies", "technology"),
     ("technologie", "technology"), ("technology", "technology"), ("analysis", "analysis"), ("c++", "c++")],
)  # fmt: skip
def test_the_plural_s_is_cut_and_nothing_else(word: str, one: str) -> None:
    assert singular(word) == one


def test_ligatures_and_sharp_s_are_spelled_out() -> None:
    assert fold("Œuvre d’Ægir, Straße") == "oeuvre d’aegir, strasse"


def test_offsets_point_past_articles_into_the_text_as_it_was_written() -> None:
    text = "Voici l’infirmière."
    found = TITLES.find(text)[0]
    assert text[found.start : found.end] == "infirmière"


@given(WRITTEN)
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(WRITTEN)
def test_the_same_text_composed_or_not_folds_to_the_same(text: str) -> None:
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))


def test_letters_of_a_decorative_font_fold_like_plain_ones() -> None:
    assert fold("𝐍𝐮𝐫𝐬𝐞") == "nurse"


def test_a_decomposed_text_has_the_words_of_the_composed_one() -> None:
    assert key_of("infirmie\u0300res") == key_of("infirmières")


@given(st.one_of(ANY, LETTERS))
def test_every_word_stands_in_the_text_where_it_says(text: str) -> None:
    for word in words_of(text):
        assert text[word.start : word.end] == word.written


@given(st.one_of(ANY, LETTERS))
def test_words_are_in_order_and_never_overlap(text: str) -> None:
    words = words_of(text)
    assert all(before.end <= after.start for before, after in pairwise(words))


def assert_in_order_within(found: list[Found[str]], length: int) -> None:
    edges = [edge for hit in found for edge in (hit.start, hit.end)]
    assert edges == sorted(edges)
    assert all(hit.start < hit.end for hit in found)
    assert not edges or edges[-1] <= length


@given(st.lists(st.sampled_from(["registered", "nurse", "l’infirmière", "web", "developer", "R", "C++", "x", "/"])))
def test_found_phrases_never_overlap(words: list[str]) -> None:
    text = " ".join(words)
    assert_in_order_within(TITLES.find(text), len(text))


@given(ANY)
def test_found_phrases_never_leave_any_text(text: str) -> None:
    assert_in_order_within(TITLES.find(text), len(text))


@given(LETTERS.filter(lambda text: bool(key_of(text))), LETTERS)
def test_a_known_phrase_is_found_whole_and_in_front_of_other_words(phrase: str, rest: str) -> None:
    index = PhraseIndex([(phrase, "it")])
    assert index.exact(phrase) == ("it",)
    assert index.find(f"{phrase} | {rest}")[0].targets == ("it",)
