"""Languages as feeds write them: a tag, a name in English or French; and currencies by their names."""

import re
from functools import cache

from babel import Locale

from indexer.cleaning import key, line
from mappings.contract import Language

TAG = re.compile(r"([A-Za-z]{2,3})(?:[-_][A-Za-z0-9]{1,8})*")
OURS: dict[str, Language] = {"en": "en", "eng": "en", "fr": "fr", "fre": "fr", "fra": "fr"}
NAMED_IN = ("en", "fr")


@cache
def _names() -> dict[str, str]:
    """Folded name of a language -> its code."""
    named = (Locale(locale).languages for locale in NAMED_IN)
    return {key(name): code for names in named for code, name in names.items()}


@cache
def _currencies() -> dict[str, str]:
    """Folded name of a currency -> its code; "US Dollar" and "dollar des États-Unis" are both USD."""
    named = (Locale(locale).currencies for locale in NAMED_IN)
    return {key(name): code for names in named for code, name in names.items()}


def instruction_language(text: str) -> str:
    """`en`, `fr` or `other` of a tag or a name; words that name no known language stay as they are."""
    said = line(text)
    code = _names().get(key(said)) or (said.lower() if TAG.fullmatch(said) else "")
    head = re.split("[-_]", code)[0].lower()
    known = len(head) == 2 or head in OURS or code in _names().values()
    return OURS.get(head, "other") if head and known else said


def text_language(tag: str) -> Language | None:
    """`en` or `fr` of a language tag such as `en-US`; None for another language."""
    return OURS.get(re.split("[-_]", tag)[0].lower())


def currency_code(text: str) -> str:
    """Three letters of a currency's code or name; other words stay as they are."""
    said = line(text)
    return _currencies().get(key(said), said.upper() if len(said) == 3 else said)
