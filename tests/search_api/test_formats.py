import pytest

from search_api.formats import day, money, number


@pytest.mark.parametrize(
    ("amount", "currency", "english", "french"),
    [
        (1250.0, "CAD", "$1,250", "1\u00a0250\u00a0$"),
        (1250.5, None, "$1,250.50", "1\u00a0250,50\u00a0$"),
        (199.99, "CAD", "$199.99", "199,99\u00a0$"),
        (100.0, "USD", "100\u00a0USD", "100\u00a0USD"),
        (90.5, "EUR", "90.50\u00a0EUR", "90,50\u00a0EUR"),
    ],
)
def test_amounts_are_written_as_each_language_does_and_only_canadian_ones_with_a_dollar_sign(
    amount: float, currency: str | None, english: str, french: str
) -> None:
    assert money(amount, currency, "en") == english
    assert money(amount, currency, "fr").replace("\u202f", "\u00a0") == french


def test_numbers_have_their_languages_marks_and_no_needless_decimals() -> None:
    assert number(1250, "en") == "1,250"
    assert number(2.5, "fr") == "2,5"
    assert number(40.0, "en") == "40"


def test_days_are_written_out() -> None:
    assert day("2027-01-18", "en") == "January 18, 2027"
    assert day("2027-01-18", "fr") == "18 janvier 2027"
    assert (day("2027-02-01", "fr"), day("2027-02-01", "en")) == ("1er février 2027", "February 1, 2027")
