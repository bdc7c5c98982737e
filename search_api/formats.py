"""Amounts, numbers and dates as people write them in each language."""

import datetime as dt

from babel.dates import format_date
from babel.numbers import format_currency, format_decimal

from mappings.currency import HOME_CURRENCY
from mappings.locales import LOCALES, with_ordinal

SIGN = "¤\u00a0"
PATTERNS = {"en": "¤#,##0.00", "fr": "#,##0.00\u00a0¤"}


def money(amount: float, currency: str | None, language: str) -> str:
    """Dollars without cents where there are none; an amount in another currency has its code for a sign."""
    pattern = PATTERNS[language].replace(".00", "") if amount == int(amount) else PATTERNS[language]
    if currency not in (None, HOME_CURRENCY):
        return f"{format_decimal(amount, pattern.strip(SIGN), locale=LOCALES[language])}\u00a0{currency}"
    shown: str = format_currency(amount, HOME_CURRENCY, pattern, locale=LOCALES[language], currency_digits=False)
    return shown


def number(amount: float, language: str) -> str:
    shown: str = format_decimal(amount, "#,##0.##", locale=LOCALES[language])
    return shown


def day(iso: str, language: str) -> str:
    """A day in words."""
    shown: str = format_date(dt.date.fromisoformat(iso), "long", locale=LOCALES[language])
    return with_ordinal(shown, language)
