"""Prices as institutions write them."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.money import money
from indexer.rules import UnreadableError
from indexer.sources import Source
from indexer.validation import judge
from mappings.contract import Contract
from tests.indexer.conftest import reasons, source_entry
from tests.indexer.test_validation import row

MAPLE = Source.model_validate(source_entry("maple", "a.csv"))
WORDS = [
    "member",
    "non-member",
    "from",
    "to",
    "free",
    "$",
    "US$",
    "€",
    "-",
    "/",
    "+",
    "HST",
    "per hour",
    "à",
    "ou",
    "(",
]


def refusal(text: str) -> str:
    with pytest.raises(UnreadableError) as refused:
        money(text)
    return refused.value.problem.kind


def read_or_reason(text: str) -> float | str:
    try:
        return money(text).amount
    except UnreadableError as error:
        return error.problem.kind


@pytest.mark.parametrize(
    ("text", "amount", "currency"),
    [
        ("$1,299.00 + HST", 1299, None), ("1 299,00 $", 1299, None), ("1\u202f299,00\u00a0$ + taxes", 1299, None),
        ("CAD 450", 450, "CAD"), ("$450.00 CAD", 450, "CAD"), ("CA$ 450", 450, "CAD"), ("450 $ CA", 450, "CAD"),
        ("US$100", 100, "USD"), ("100 $ US", 100, "USD"), ("100 dollars US", 100, "USD"), ("300 USD", 300, "USD"),
        ("€450", 450, "EUR"), ("450 euros", 450, "EUR"), ("AU$5", 5, "AUD"), ("CHF 900", 900, "CHF"),
        ("$1,299 (taxes included)", 1299, None),
        ("$300 per participant", 300, None), ("$500 per student", 500, None), ("Tuition: $ 500", 500, None),
    ],
)  # fmt: skip
def test_a_price_is_read_without_its_tax_and_with_its_currency(text: str, amount: float, currency: str | None) -> None:
    assert money(text) == (amount, currency)


@pytest.mark.parametrize("text", ["free", "Free!", "No charge", "gratuit", "Sans frais", "Free of charge"])
def test_free_is_said_in_both_languages(text: str) -> None:
    assert money(text).amount == 0


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("$200–$300", 300), ("$200-300", 300), ("from $200 to $300", 300), ("de 200 $ à 300 $", 300),
        ("entre 200 $ et 300 $", 300), ("up to $500", 500), ("jusqu'à 500 $", 500),
    ],
)  # fmt: skip
def test_of_a_range_the_most_a_learner_pays_is_taken(text: str, amount: float) -> None:
    assert money(text).amount == amount


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("Members $100 / Non-members $150", 150), ("$100 members $150 non-members", 150),
        ("$100 members, $150 non-members", 150), ("$150 ($100 for members)", 150),
        ("Membres : 100 $; non-membres : 150 $", 150), ("Free for members, $50 non-members", 50),
        ("$200 early bird, $250 after", 250), ("Domestic: $500; International: $1,500", 500),
        ("Grand public 80 $ / étudiants 40 $", 80), ("$500 or $50 per month", 500), ("40 hours, $500", 500),
    ],
)  # fmt: skip
def test_of_prices_by_kind_of_customer_the_publics_is_taken(text: str, amount: float) -> None:
    assert money(text).amount == amount


def test_of_two_currencies_the_canadian_price_is_taken() -> None:
    assert money("US$100 / CAD 130") == (130, "CAD")
    assert refusal("US$100 / €90") == "not_a_price"


@pytest.mark.parametrize("text", ["From $99", "$99+", "starting at $99", "à partir de 99 $", "dès 99 $", "$99 and up"])
def test_a_lower_bound_is_no_price(text: str) -> None:
    assert refusal(text) == "price_lower_bound"


@pytest.mark.parametrize("text", ["$50/hour", "99 $ par mois", "$100 per credit", "12 payments of $50", "50 $ l'heure"])
def test_the_price_of_a_part_is_no_price(text: str) -> None:
    assert refusal(text) == "price_of_a_part"


@pytest.mark.parametrize("text", ["Members: $100", "Étudiants : 20 $", "International students $9,000"])
def test_a_price_for_others_is_none_for_the_public(text: str) -> None:
    assert refusal(text) == "price_not_public"


@pytest.mark.parametrize(
    "text",
    ["ask us", "TBD", "", "$", "Deposit $50", "renewal fee $50", "$500 + $50 materials", "$500 / $600", "1.5e9",
     "$1.299.00", "1,2,3", "USD 100 - CAD 200", "١٢", "$" * 5000, "1 " * 140, "<b>" * 90_000],
)  # fmt: skip
def test_nonsense_sums_and_other_fees_are_refused(text: str) -> None:
    assert refusal(text) == "not_a_price"


def test_a_price_below_zero_holds_the_row_back(contract: Contract) -> None:
    for text in ("-$50", "$-50", "-50 $ US"):
        assert reasons(judge(row(id="A", title="Weld", cost=text), MAPLE, contract)) == ["out_of_bounds"]


def test_a_price_sets_the_currency_no_column_gives(contract: Contract) -> None:
    listing = judge(row(id="A", title="Weld", cost="US$100"), MAPLE, contract).listing
    assert listing is not None
    assert (listing.cost, listing.currency) == (100, "USD")


def test_a_price_in_another_currency_than_its_column_is_left_out(contract: Contract) -> None:
    judged = judge(row(id="A", title="Weld", cost="US$100", currency="CAD"), MAPLE, contract)
    assert judged.listing is not None
    assert (judged.listing.cost, reasons(judged)) == (None, ["currency_disagrees"])
    assert not judge(row(id="A", title="Weld", cost="CAD 100", currency="CAD"), MAPLE, contract).issues


@given(st.integers(0, 99_999), st.integers(0, 99))
def test_amounts_are_read_alike_however_the_currency_is_marked(dollars: int, cents: int) -> None:
    english = f"{dollars:,}.{cents:02}"
    french = english.replace(",", "\u00a0").replace(".", ",")
    shapes = [f"US${english}", f"USD {english}", f"{french} $ US", f"{french}\u00a0USD"]
    assert {money(shape) for shape in shapes} == {(dollars + cents / 100, "USD")}


@given(st.integers(1, 9_999), st.integers(1, 9_999))
def test_the_order_of_prices_does_not_count(members: int, public: int) -> None:
    parts = [f"members ${members}", f"non-members ${public}"]
    assert money(" / ".join(parts)).amount == money(" / ".join(reversed(parts))).amount == public


@given(st.lists(st.one_of(st.sampled_from(WORDS), st.integers(0, 10**6).map(str)), max_size=12).map(" ".join))
def test_any_words_about_amounts_are_a_price_said_or_a_refusal(text: str) -> None:
    found = read_or_reason(text)
    if isinstance(found, str):
        assert found in {"not_a_price", "price_lower_bound", "price_of_a_part", "price_not_public"}
    else:
        assert found == 0 or f"{abs(found):.0f}" in re.sub(r"[^0-9]", "", text)
