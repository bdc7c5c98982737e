"""Text as people wrote it."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.cleaning import key, line, prose, short, written


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("<p>Weld <b>steel</b>.</p><p>Then grind.</p>", "Weld steel.\nThen grind."),
        ("one<br/>two<BR>three", "one\ntwo\nthree"),
        ("Caf&eacute; &amp; cuisine", "Café & cuisine"),
        ("&lt;p&gt;escaped once too often&lt;/p&gt;", "escaped once too often"),
        ("<script>alert(1)</script>Safe<style>p{}</style>", "Safe"),
        ("lift < 20 kg & more", "lift < 20 kg & more"),
        ("5 < 6 and <b>7</b> > 3", "5 < 6 and 7 > 3"),
        ("a\u00a0b\u2009c\u202fd", "a b c d"),
        ("first\u2028second\r\nthird\rfourth", "first\nsecond\nthird\nfourth"),
        ("zero\u200bwidth soft\u00adhyphen \ufeffmark", "zerowidth softhyphen mark"),
        ("bell\x07 and\x00 null", "bell and null"),
        ("<!-- hidden -->shown", "shown"),
        ("e\u0301te\u0301", "été"),
        ("abc\u202egnidlew\u202c \u2066x\u2069\u061c", "abcgnidlew x"),
        ("tag\U000e0041ged \x00nul\x00", "tagged nul"),
        ("half \ud800 of one", "half \ufffd of one"),
        ("CollÃ¨ge BorÃ©al, lâ€™Ã©tÃ©", "Collège Boréal, l’été"),
        ("Ã\u00a0 distance", "à distance"),
        ("CHÂTEAU, Âge d'or, Ångström", "CHÂTEAU, Âge d'or, Ångström"),
    ],
)
def test_markup_entities_and_odd_characters_are_taken_out(raw: str, clean: str) -> None:
    assert prose(raw) == clean


def test_a_line_has_no_breaks() -> None:
    assert line("  one\n\n two\t three ") == "one two three"


def test_whole_numbers_are_written_without_a_point() -> None:
    assert [written(value) for value in (101.0, 1.5, "x", None, 3)] == ["101", "1.5", "x", "", "3"]


def test_headers_compare_without_case_accents_or_marks() -> None:
    assert key("  Résultats d’apprentissage (FRANÇAIS)* ") == key("resultats d'apprentissage francais")


@given(st.text())
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    once = line(text)
    assert line(once) == once or "<" in once or "&" in once


@given(st.text())
def test_clean_text_is_composed_and_has_no_control_characters(text: str) -> None:
    clean = prose(text)
    assert unicodedata.is_normalized("NFC", clean)
    assert not [mark for mark in clean if unicodedata.category(mark) == "Cc" and mark != "\n"]


@given(st.text(alphabet=st.characters(min_codepoint=0xA0, max_codepoint=0x17F, categories=["L"]), min_size=1))
def test_text_in_latin_letters_is_left_as_it_is(text: str) -> None:
    composed = unicodedata.normalize("NFC", text)
    assert prose(composed) == composed


WORDS = ["Collège", "à", "été", "Noël", "où", "ça", "l’été", "«", "métiers", "»", "Hélène", "Boréal", "déjà"]


@given(st.lists(st.sampled_from(WORDS), min_size=2))
def test_french_misread_once_is_repaired_and_read_right_stays(words: list[str]) -> None:
    text = " ".join(words)
    assert prose(text) == text
    assert prose(_misread(text)) == text


def _misread(text: str) -> str:
    """As by a program that takes UTF-8 for Windows-1252, with the five bytes that stand for nothing there kept."""
    return "".join(bytes([byte]).decode("cp1252", errors="ignore") or chr(byte) for byte in text.encode())


def test_a_value_of_few_words_is_no_story() -> None:
    assert (short(" <b>6</b> weeks", 10), short("x" * 11, 10), short("<b></b>" * 1000, 10)) == ("6 weeks", "", "")
