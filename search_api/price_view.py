"""A price in another currency, as answers tell it."""

from collections.abc import Mapping
from typing import Any

from pydantic import Field as Described

from mappings.contract import Language
from mappings.currency import HOME_CURRENCY
from mappings.record import Record
from search_api.formats import day, money
from search_api.words import say


class RateView(Record):
    """What a unit of the currency was worth in Canadian dollars, when, and who published it."""

    dollars: float
    date: str
    source: str


PRICE_IN_WORDS: dict[str, Any] = {
    "cost_note": (
        str | None,
        Described(
            default=None,
            description="Of a price in another currency: about what it is in Canadian dollars, by which rate, or that "
            "no rate is known, so that filters leave it out. In the answer's language.",
        ),
    )
}


def cost_note(view: Mapping[str, Any], language: Language) -> dict[str, str]:
    """What people are told of a price in another currency; nothing of one in dollars, or of what is free."""
    if not view.get("cost") or view.get("currency", HOME_CURRENCY) == HOME_CURRENCY:
        return {}
    if "rate" not in view:
        return {"cost_note": say("prices/unknown", language)}
    rate, amount = view["rate"], money(round(view["cost_cad"]), None, language)
    told = say("prices/about", language, amount=amount, date=day(rate["date"], language), source=rate["source"])
    return {"cost_note": told}
