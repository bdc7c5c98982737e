"""Readings of words the catalogue has not."""

from search_api.spelling import Respelt, Spelling, spelling_body, spelling_of


def entry(word: str, *options: str) -> dict[str, object]:
    return {"text": word, "options": [{"text": option} for option in options]}


def test_words_without_readings_stay_as_they_are() -> None:
    found = spelling_of({"suggest": {"spelling": [entry("plumer", "plumber", "plume"), entry("course")]}})
    assert found == Spelling((Respelt("plumer", ("plumber", "plume")), Respelt("course", ("course",))))
    assert found.changed == (Respelt("plumer", ("plumber", "plume")),)


def test_each_text_takes_the_next_reading_of_every_word_or_its_last() -> None:
    found = Spelling((Respelt("plumer", ("plumber", "plume")), Respelt("corse", ("course",))))
    assert found.texts() == ["plumber course", "plume course"]


def test_nothing_is_read_into_words_the_engine_knows() -> None:
    assert spelling_of({"suggest": {"spelling": [entry("welding")]}}) is None
    assert spelling_of({}) is None


def test_a_word_nobody_writes_is_not_looked_up() -> None:
    assert spelling_body("a " * 90) is not None
    assert spelling_body("weld" * 20) is None
