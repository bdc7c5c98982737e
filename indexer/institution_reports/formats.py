"""Numbers, days and numbers of things as each language writes them."""

import datetime as dt

from babel import Locale
from babel.dates import format_datetime
from babel.numbers import format_decimal

from mappings.locales import LOCALES, with_ordinal

FORMS = {"one": "one", "other": "other", "many": "other"}  # French has a form for millions that needs no other words


def number(amount: float, language: str) -> str:
    """A number with at most one decimal."""
    shown: str = format_decimal(amount, "#,##0.#", locale=LOCALES[language])
    return shown


def moment(time: dt.datetime, language: str) -> str:
    """A day and the time of day, as UTC."""
    shown: str = format_datetime(time.astimezone(dt.UTC), "long", tzinfo=dt.UTC, locale=LOCALES[language])
    return with_ordinal(shown, language)


def plural(count: float, language: str) -> str:
    """The form words take beside a number: one or other."""
    return FORMS[Locale.parse(LOCALES[language]).plural_form(count)]
