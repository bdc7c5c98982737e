"""One value, read as its field's type says."""

import datetime as dt
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.fields import feed_fields
from indexer.rules import UnreadableError
from indexer.values import Context, read_value, slug
from mappings.contract import LANGUAGES, Contract


def read(contract: Contract, field: str, value: Any) -> Any:
    return read_value(value, contract.named(field), Context(contract, "en"))


def refusal(contract: Contract, field: str, value: Any) -> str:
    with pytest.raises(UnreadableError) as refused:
        read(contract, field, value)
    return refused.value.problem.kind


@pytest.mark.parametrize(
    "value",
    ["2027-01-18", dt.date(2027, 1, 18), dt.datetime(2027, 1, 18, 9, 30), " 2027-01-18 "],  # noqa: DTZ001 - as a sheet gives it
)
def test_a_date_is_year_month_day_or_a_spreadsheets_own(contract: Contract, value: Any) -> None:
    assert read(contract, "starts", value) == dt.date(2027, 1, 18)


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ("03/04/2027", "date_ambiguous"), ("3-4-27", "date_ambiguous"), ("January 2027", "date_of_month"),
        ("TBD", "not_a_date"), (True, "not_a_date"), ([], "wrong_shape"), ("2027-02-30", "date_impossible"),
        ("0207-01-18", "date_impossible"), (dt.date(1900, 1, 1), "date_impossible"), ("２０２７-01-18", "not_a_date"),
    ],
)  # fmt: skip
def test_any_other_date_is_refused_with_its_reason(contract: Contract, value: Any, kind: str) -> None:
    assert refusal(contract, "starts", value) == kind


@given(st.dates(min_value=dt.date(1990, 1, 1), max_value=dt.date(2100, 12, 31)))
def test_every_written_day_is_read_back(contract: Contract, day: dt.date) -> None:
    assert read(contract, "updated", day.isoformat()) == day


@pytest.mark.parametrize("yes", ["Yes", "OUI", "true", True, 1, "1", 1.0, "vrai", "y"])
def test_yes_is_said_in_both_languages(contract: Contract, yes: Any) -> None:
    assert read(contract, "osap", yes) is True


@pytest.mark.parametrize("no", ["No", "non", "FALSE", False, 0, "0", "faux", "n"])
def test_no_is_said_in_both_languages(contract: Contract, no: Any) -> None:
    assert read(contract, "osap", no) is False


def test_a_flag_that_is_neither_is_refused(contract: Contract) -> None:
    assert refusal(contract, "osap", "maybe") == "not_a_flag"


@pytest.mark.parametrize(
    ("field", "value", "read_as"),
    [
        ("delivery", "EN PRÉSENTIEL", "in_person"), ("delivery", "en presentiel", "in_person"),
        ("delivery", "On-Campus", "in_person"), ("pace", "self-paced", "self_paced"),
        ("level", "débutant", "introductory"),
        ("subject", "Health Care", "health-care"), ("subject", "health-care", "health-care"),
        ("subject", "Données et intelligence artificielle", "data-ai"), ("language", "Français", "fr"),
    ],
)  # fmt: skip
def test_closed_lists_are_read_by_id_label_or_word_in_any_case(
    contract: Contract, field: str, value: str, read_as: str
) -> None:
    assert read(contract, field, value) == read_as


def test_every_spelling_of_every_closed_list_is_read(contract: Contract) -> None:
    for item in contract.fields:
        for choice in contract.choices_of(item):
            for word in (choice.id, choice.label.en, choice.label.fr, *choice.words):
                assert read(contract, item.name, word.upper()) == choice.id


def test_a_value_near_a_listed_one_is_refused_with_a_suggestion_in_both_languages(contract: Contract) -> None:
    with pytest.raises(UnreadableError) as refused:
        read(contract, "delivery", "Onlin")
    assert "“Online”" in refused.value.problem.in_language("en")
    assert "« En ligne »" in refused.value.problem.in_language("fr")


def test_a_value_like_none_of_the_list_gets_no_suggestion(contract: Contract) -> None:
    assert refusal(contract, "delivery", "carrier pigeon") == "choice_unknown"


@pytest.mark.parametrize("value", ["https://a.example/x?y=1", "http://a.example"])
def test_web_addresses_are_kept(contract: Contract, value: str) -> None:
    assert read(contract, "url", value) == value


@pytest.mark.parametrize(
    "value",
    ["www.a.example", "javascript:alert(1)", "ftp://a.example", "https://", "https://a b.example", "http://[x",
     "https://a.example:99999/", "https://a.example:abc/", "http://a..b.example/", f"https://{'x' * 64}.example/"],
)  # fmt: skip
def test_other_addresses_are_refused(contract: Contract, value: str) -> None:
    assert refusal(contract, "url", value) == "not_a_web_address"


def test_a_cip_code_survives_a_spreadsheet_that_took_it_for_a_number(contract: Contract) -> None:
    assert [read(contract, "cip", value) for value in (51.0601, 1.06, "51.06", "51")] == [
        "51.0601",
        "01.0600",
        "51.06",
        "51",
    ]
    assert refusal(contract, "cip", "nursing") == "not_a_cip_code"


def test_a_currency_is_three_letters(contract: Contract) -> None:
    assert read(contract, "currency", "usd") == "USD"
    assert refusal(contract, "currency", "$") == "not_a_currency"


@pytest.mark.parametrize("value", ["Free", "gratuit", 0, "0", "0,00 $"])
def test_free_is_a_cost_of_zero(contract: Contract, value: Any) -> None:
    assert read(contract, "cost", value) == 0


def test_a_noc_code_has_five_digits(contract: Contract) -> None:
    assert read(contract, "occupations", 33102.0).code == "33102"
    assert read(contract, "occupations", {"code": "00010"}).code == "00010"
    assert refusal(contract, "occupations", "3310") == "not_a_noc_code"
    assert refusal(contract, "occupations", {"title": "nurse"}) == "not_a_noc_code"


def test_a_skill_is_a_name_or_a_name_per_language(contract: Contract) -> None:
    plain, both = read(contract, "skills", "Risk register"), read(contract, "skills", {"en": "Paint", "fr": "Peinture"})
    assert (plain.id, plain.en, plain.fr) == ("risk-register", "Risk register", None)
    assert (both.id, both.fr) == ("paint", "Peinture")
    assert refusal(contract, "skills", {"name": "x"}) == "wrong_shape"
    assert refusal(contract, "skills", "—") == "wrong_shape"


def test_a_position_is_longitude_then_latitude(contract: Contract) -> None:
    assert read(contract, "place.location", [-79.4, 43.7]) == (-79.4, 43.7)
    assert read(contract, "place.location", {"lat": "43.7", "lon": -79.4}) == (-79.4, 43.7)
    for wrong in ([43.7], [-79.4, 143.7], "here", {"lat": 1}, ["x", "y"]):
        assert refusal(contract, "place.location", wrong) == "not_a_position"


def test_text_that_was_damaged_or_has_no_end_is_refused(contract: Contract) -> None:
    assert refusal(contract, "title", "Pr\ufffdpos\ufffd") == "text_damaged"
    assert refusal(contract, "description", "x" * 20_001) == "too_long"
    assert refusal(contract, "partner", "x" * 501) == "too_long"
    assert refusal(contract, "title", {"en": "x"}) == "wrong_shape"


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("# Weld\n\nJoin **steel** and *tin*.", "Weld\nJoin steel and tin."),
        ("* weld\n* grind", "weld\ngrind"), ("See [the page](https://a.example/x) first", "See the page first"),
        ("**Safe**<script>alert(1)</script>", "**Safe**"), ("**Safe** [x](javascript:alert) text", "Safe x text"),
        ("5 * 3 * 2 = 30 and snake_case_names", "5 * 3 * 2 = 30 and snake_case_names"),
        ("Use __init__ and C# well", "Use __init__ and C# well"), ("- one dash", "- one dash"),
        ("**5 < 6** & more", "5 < 6 & more"), ("    **kept** as words", "kept as words"),
    ],
)  # fmt: skip
def test_markdown_is_taken_out_and_its_words_stay(contract: Contract, raw: str, clean: str) -> None:
    assert read(contract, "description", raw) == clean


@given(st.lists(st.from_regex(r"[a-zà-ÿ]{1,9}", fullmatch=True), min_size=2, max_size=9))
def test_every_word_of_a_markdown_list_stays(contract: Contract, words: list[str]) -> None:
    marked = "\n".join(f"- **{word}**" for word in words)
    assert read(contract, "description", marked).split("\n") == words


@pytest.mark.parametrize("mark", ["[", "**a", "> ", "[a](", "<b>", "&amp;", "Ã©", "- a\n", "`"])
def test_a_text_of_ten_megabytes_is_refused_before_it_is_read(contract: Contract, mark: str) -> None:
    assert refusal(contract, "description", mark * (10_000_000 // len(mark))) == "too_long"


def test_an_id_keeps_the_letters_of_both_languages() -> None:
    assert slug("Évaluation des risques (C++)") == "evaluation-des-risques-c++"


@given(st.text())
def test_a_slug_is_made_of_plain_letters_and_digits(text: str) -> None:
    assert set(slug(text)) <= set("abcdefghijklmnopqrstuvwxyz0123456789+#-")


@given(
    value=st.one_of(
        st.text(), st.integers(), st.floats(), st.booleans(), st.lists(st.text()), st.dictionaries(st.text(), st.text())
    )
)
def test_any_value_is_read_or_refused_never_a_crash(contract: Contract, value: Any) -> None:
    for item in feed_fields(contract):
        for language in LANGUAGES:
            with suppress(UnreadableError):
                read_value(value, item, Context(contract, language))
