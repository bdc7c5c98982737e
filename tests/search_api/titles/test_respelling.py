import pytest

from search_api.titles.respelling import Respeller

RESPELLER = Respeller(["welder", "welder", "welter", "electrician", "nurse", "cook", "technologist", "data", "psw"])


@pytest.mark.parametrize("word", ["weldr", "wellder", "wedler", "welber", "xelder", "elder", "wwelder", "ewlder"])
def test_one_slip_is_read(word: str) -> None:
    assert RESPELLER.readings(word)[0] == "welder"


def test_two_slips_are_read_in_long_words_only() -> None:
    assert RESPELLER.readings("elektrisian") == ("electrician",)
    assert RESPELLER.readings("wledre") == ("wledre",)


@pytest.mark.parametrize("word", ["cok", "dta", "pws", "cooc", "nurs"])
def test_short_words_are_never_read_as_others(word: str) -> None:
    assert RESPELLER.readings(word) == (word,)


def test_a_word_that_a_title_holds_is_left_alone() -> None:
    assert RESPELLER.readings("welter") == ("welter",)


def test_equally_near_words_come_the_more_frequent_first() -> None:
    assert RESPELLER.readings("weller") == ("welder", "welter")


def test_no_text_comes_back_where_nothing_is_misspelt() -> None:
    assert RESPELLER.texts(["welder", "cook"]) == []


def test_texts_go_through_the_readings_of_every_word() -> None:
    assert RESPELLER.texts(["weller", "nurze"]) == [["welder", "nurse"], ["welter", "nurse"]]


@pytest.mark.parametrize("word", ["a1b2c3", "x" * 100, "c++++", "日本語の言葉です"])
def test_what_is_no_word_is_left_alone(word: str) -> None:
    assert RESPELLER.readings(word) == (word,)
