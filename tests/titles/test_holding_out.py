from rapidfuzz.distance import OSA

from mappings.reference import ExampleTitle
from tests.titles.holding_out import held_out, keys, without
from tests.titles.misspelling import misspelt


def title(text: str, code: str = "31301") -> ExampleTitle:
    return ExampleTitle(code=code, language="en", title=text)


TITLES = tuple(title(f"{word} {number} nurse") for word in ("surgical", "night", "school") for number in range(100))


def test_about_the_share_asked_for_is_held_out() -> None:
    assert 40 < len(held_out(TITLES, (), 0.2).asked) < 80


def test_a_title_and_its_inverted_twin_go_together() -> None:
    twins = tuple(title(f"nurse, {one.title.removesuffix(' nurse')}") for one in TITLES)
    split = held_out((*TITLES, *twins), (), 0.2)
    assert {keys(one.title, "en") for one in split.asked}.isdisjoint(keys(one.title, "en") for one in split.loaded)


def test_no_other_list_loads_an_asked_title_in_any_form() -> None:
    split = held_out(TITLES, [title(f"{one.title}s (R.N.)".upper()) for one in TITLES], 0.2)
    assert len(split.loaded) == 2 * (len(TITLES) - len(split.asked))


def test_a_title_is_gone_in_both_genders() -> None:
    asked = [ExampleTitle(code="31301", language="fr", title="Infirmier/infirmière")]
    loaded = [ExampleTitle(code="31301", language="fr", title=form) for form in ("infirmières", "sage-femme")]
    assert [one.title for one in without(loaded, asked)] == ["sage-femme"]


def test_a_slip_is_one_edit_in_a_long_word_and_always_the_same() -> None:
    for one in TITLES:
        wrong = misspelt(one.title)
        assert OSA.distance(one.title, wrong) <= 1
        assert wrong == misspelt(one.title)
    assert sum(misspelt(one.title) != one.title for one in TITLES) > 0.95 * len(TITLES)


def test_short_words_are_never_misspelt() -> None:
    assert misspelt("gas cook PSW") == "gas cook PSW"
