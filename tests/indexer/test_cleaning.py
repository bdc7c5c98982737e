"""Text as people wrote it."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.cleaning import key, line, prose, written


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
