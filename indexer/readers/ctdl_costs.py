"""What a learner pays, out of CTDL's cost profiles."""

from dataclasses import dataclass
from typing import Any

from indexer.language_names import currency_code
from indexer.numbers import number
from indexer.readers.ctdl_graph import Graph, Resource, first_texts, plain_text
from indexer.rules import UnreadableError
from mappings.currency import HOME_CURRENCY

# The whole cost before tuition alone, tuition before a price of unsaid kind. Any other kind (application, renewal,
# books, meals, housing, ...) is no price of what is taught.
KINDS = {"aggregatecost": 0, "tuition": 1}
UNSAID = 2
NO_PRICE = ("renew", "recertif", "renouvel", "applicat", "demande", "housing", "résidence", "room", "deposit", "dépôt")
HOME = frozenset({"instate", "incounty", "indistrict", "domestic", "resident"})
LETTERS = 3


@dataclass(frozen=True)
class Price:
    """An amount as the feed writes it, and its currency where one is said."""

    amount: Any
    currency: str | None


def _rank(profile: Resource, graph: Graph) -> int | None:
    """How well a profile's kind says what is paid in all; None where it does not."""
    kinds = graph.concepts(graph.term(profile, "directCostType"))
    if kinds:
        return min((KINDS[kind] for kind in kinds if kind in KINDS), default=None)
    words = " ".join([*first_texts(graph.term(profile, "name")).values()]).lower()
    return None if any(word in words for word in NO_PRICE) else UNSAID


def _is_over(profile: Resource, graph: Graph) -> bool:
    end = graph.term(profile, "endDate")
    return isinstance(end, str) and end[:10] < graph.today.isoformat()


def _is_for_others(profile: Resource, graph: Graph) -> bool:
    """Whether only people from elsewhere pay it."""
    residency = graph.concepts(graph.term(profile, "residencyType"))
    return bool(residency) and not HOME & set(residency)


def _currency(profile: Resource, graph: Graph) -> str | None:
    said = plain_text(graph.term(profile, "currency"))
    return currency_code(said) if said else None


def _size(amount: Any) -> float:
    try:
        return number(amount)
    except UnreadableError:
        return 0.0


def price(profiles: list[Resource], graph: Graph) -> Price | None:
    """The public price: of the best kind, in Canadian dollars before others, for everybody before some, the highest.

    Raises UnreadableError when its currency is not known: the amount alone would be taken for dollars.
    """
    found = []
    for profile in profiles:
        amount, rank = graph.scalar(profile, "price"), _rank(profile, graph)
        if amount is not None and rank is not None and not (_is_over(profile, graph) or _is_for_others(profile, graph)):
            currency, some = _currency(profile, graph), graph.term(profile, "audienceType") is not None
            found.append(((rank, currency not in (None, HOME_CURRENCY), some, -_size(amount)), Price(amount, currency)))
    best = min(found, key=lambda one: one[0], default=(None, None))[1]
    if best and best.currency and not (len(best.currency) == LETTERS and best.currency.isalpha()):
        raise UnreadableError("not_a_currency")
    return best
