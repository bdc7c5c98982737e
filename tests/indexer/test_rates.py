"""Prices in other currencies: what an operator's rates make of them."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer import run
from indexer.failures import IndexerError
from indexer.rates import NO_RATES, in_dollars, read_rates, with_dollars
from mappings.listing import Listing, Names, Rate
from tests.indexer.conftest import Catalogue, quiet
from tests.indexer.test_commands import Command, command

__all__ = ["command"]

TODAY = dt.date(2026, 11, 30)
# Made up, like all that follows.
RATES = """\
USD: {dollars: 1.5, date: 2026-11-27, source: {en: Bank of Maple, fr: Banque de l'Érable}}
EUR:
  dollars: 1.625
  date: 2026-11-26
  source: {en: Bank of Maple}
"""


def rates_file(folder: Path, text: str) -> Path:
    path = folder / "rates.yml"
    path.write_text(text, encoding="utf-8")
    return path


def priced(**fields: Any) -> Listing:
    institution = {"id": "maple", "name": {"en": "Maple"}}
    return Listing.model_validate({"id": "A-1", "institution": institution, "en": {"title": "Welding"}, **fields})


def test_rates_are_read_with_their_day_and_their_source(tmp_path: Path) -> None:
    found = read_rates(rates_file(tmp_path, RATES), TODAY)
    assert found["USD"] == Rate(
        dollars=1.5, date=dt.date(2026, 11, 27), source=Names(en="Bank of Maple", fr="Banque de l'Érable")
    )
    assert set(found) == {"USD", "EUR"}


def test_without_a_file_there_are_no_rates() -> None:
    assert read_rates(None, TODAY) == {}


WRONG_AMOUNTS = (
    "0",
    "-1.5",
    ".inf",
    ".nan",
    "x",
    "1e9",
    "yes",
    "1:30",
    "0x10",
    "1_5",
    "'1,5'",
    "[1.5]",
    "~",
    "''",
    "٣",
)
WRONG_DAYS = ("0", "20261127", "2026-11-27 10:00:00", "2026-11-31", "[2026-11-27]", "yes", "~")
GOOD = "dollars: 1.5, date: 2026-11-27, source: {en: Bank}"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f"USD: {{{GOOD}}}\nusd: {{{GOOD}}}", "line 2: usd: a currency is three capital letters"),
        (f"USD: {{{GOOD}}}\n\nUSD: {{{GOOD}}}", "line 3: USD: this currency stands twice"),
        (f"CAD: {{{GOOD}}}", "line 1: CAD: CAD is what the others"),
        (f"$: {{{GOOD}}}", "line 1: $: a currency"),
        (f"1: {{{GOOD}}}", "line 1: 1: a currency"),
        ("USD: 1.5", "line 1: USD: give dollars, date and source"),
        ("USD:", "line 1: USD: give dollars, date and source"),
        ("USD: {dollars: 1.5, source: {en: Bank}}", "line 1: USD: date"),
        ("USD: {dollars: 1.5, date: 2026-11-27}", "line 1: USD: source"),
        ("USD: {dollars: 1.5, date: 2026-11-27, source: {}}", "say who published the rate"),
        ("USD: {dollars: 1.5, date: 2026-11-27, source: {en: ' '}}", "line 1: USD: source.en"),
        ("USD: {dollars: 1.5, date: 2026-12-01, source: {en: Bank}}", "2026-12-01 is yet to come"),
        ("USD: {dollars: 1.5, date: soon, source: {en: Bank}}", "line 1: USD: date"),
        *((f"USD: {{{GOOD.replace('1.5', wrong)}}}", "USD: dollars") for wrong in WRONG_AMOUNTS),
        *((f"USD: {{{GOOD.replace('2026-11-27', wrong)}}}", "line 1: ") for wrong in WRONG_DAYS),
        (f"EUR: &e {{{GOOD}}}\nUSD: {{<<: *e, dollars: yes}}", "line 2: USD: dollars: write a number"),
        (f"USD: {{{GOOD}, pounds: 2}}", "USD: pounds"),
        ("- USD", "line 1: write a currency"),
        ("", "line 1: write a currency"),
        ("USD: {dollars", "line 1: "),
        ("USD: !!python/object/apply:os.system [true]", "line 1: USD: "),
        ("? [USD, EUR]\n: 1.5", "line 1: "),
        ("[" * 5_000, "rates.yml"),
    ],
)  # fmt: skip
def test_a_wrong_file_is_refused_with_its_line(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(IndexerError) as refused:
        read_rates(rates_file(tmp_path, text), TODAY)
    assert said in str(refused.value)
    assert str(refused.value).startswith("rates.yml")


@pytest.mark.parametrize("content", [None, b"USD: \xff\xfe"])
def test_a_file_that_is_absent_or_no_text_is_refused(tmp_path: Path, content: bytes | None) -> None:
    if content:
        (tmp_path / "rates.yml").write_bytes(content)
    with pytest.raises(IndexerError, match=r"the rates rates\.yml cannot be read"):
        read_rates(tmp_path / "rates.yml", TODAY)


def test_a_price_in_another_currency_gets_what_it_is_in_dollars(tmp_path: Path) -> None:
    rates = read_rates(rates_file(tmp_path, RATES), TODAY)
    found = with_dollars(priced(cost=99.99, currency="USD"), rates)
    assert (found.cost, found.currency, found.cost_cad, found.rate) == (99.99, "USD", 149.99, rates["USD"])


@pytest.mark.parametrize(
    "fields",
    [{}, {"cost": 100, "currency": "GBP"}, {"currency": "USD"}],
)
def test_a_price_without_a_rate_gets_none(tmp_path: Path, fields: dict[str, Any]) -> None:
    found = with_dollars(priced(**fields), read_rates(rates_file(tmp_path, RATES), TODAY))
    assert (found.cost_cad, found.rate, found.cost) == (None, None, fields.get("cost"))


@pytest.mark.parametrize("fields", [{"cost": 100}, {"cost": 100, "currency": "CAD"}])
def test_a_price_in_dollars_is_what_it_is(fields: dict[str, Any]) -> None:
    found = with_dollars(priced(**fields), NO_RATES)
    assert (found.cost_cad, found.rate, found.cost) == (100, None, 100)


def test_free_is_free_in_any_currency() -> None:
    found = with_dollars(priced(cost=0, currency="GBP"), NO_RATES)
    assert (found.cost_cad, found.rate) == (0, None)


def test_a_listing_carried_over_gets_the_rates_of_today(tmp_path: Path) -> None:
    rates = read_rates(rates_file(tmp_path, RATES), TODAY)
    before = with_dollars(priced(cost=100, currency="USD"), rates)
    assert with_dollars(before, NO_RATES) == priced(cost=100, currency="USD")


@given(st.floats(0, 100_000), st.floats(0.0001, 1_000))
def test_an_amount_in_dollars_is_to_the_cent_and_never_below_zero(amount: float, dollars: float) -> None:
    rate = Rate(dollars=dollars, date=TODAY, source=Names(en="Bank"))
    found = in_dollars(amount, rate)
    assert found >= 0
    assert found > 0 or amount == 0
    assert abs(found - amount * dollars) <= 0.005 + 1e-9 * amount * dollars or found == 0.01
    assert round(found, 2) == found


def test_a_load_writes_them_beside_the_price_and_a_change_of_rates_is_no_change_of_the_feed(
    catalogue: Catalogue, tmp_path: Path
) -> None:
    catalogue.feed("maple.csv", [("A-1", "Welding", "US$200"), ("A-2", "Baking", "300")], ("ID", "Title", "Cost"))
    dated = RATES.replace("2026-11-27", "2020-11-27").replace("2026-11-26", "2020-11-26")
    settings = catalogue.settings.model_copy(update={"rates": rates_file(tmp_path, dated)})
    run.index(settings, quiet())
    found = catalogue.documents()
    assert found["maple.A-1"]["cost_cad"] == 300.0
    assert found["maple.A-1"]["rate"]["source"] == {"en": "Bank of Maple", "fr": "Banque de l'Érable"}
    assert (found["maple.A-2"]["cost_cad"], "rate" in found["maple.A-2"]) == (300.0, False)
    report, _ = run.dry_run(catalogue.settings, quiet(), golden=False)
    assert [(one.added, one.changed, one.removed) for one in report.sources] == [(0, 0, 0), (0, 0, 0)]


@pytest.mark.parametrize("amount", [0.001, 0.01, 1])
def test_what_is_to_be_paid_is_never_free(amount: float) -> None:
    tiny = Rate(dollars=0.0001, date=TODAY, source=Names(en="Bank"))
    assert with_dollars(priced(cost=amount, currency="USD"), {"USD": tiny}).cost_cad == 0.01


def test_rates_that_are_gone_are_told_of_even_where_nothing_else_changed(
    command: Command, catalogue: Catalogue, tmp_path: Path
) -> None:
    catalogue.feed("maple.csv", [("A-1", "Welding", "300")], ("ID", "Title", "Cost"))
    catalogue.load()
    assert "is up to date" in command("index", "--if-needed", RATES="")[1]
    code, _, err = command("index", "--if-needed", RATES=str(tmp_path / "absent.yml"))
    assert (code, "the rates absent.yml cannot be read" in err) == (3, True)


def test_a_load_with_wrong_rates_ends_before_any_feed_is_read(catalogue: Catalogue, tmp_path: Path) -> None:
    settings = catalogue.settings.model_copy(update={"rates": rates_file(tmp_path, "USD: 1.5")})
    with pytest.raises(IndexerError, match=r"rates\.yml, line 1"):
        run.dry_run(settings, quiet(), golden=False)
    assert not (catalogue.settings.state / "reports").exists()
