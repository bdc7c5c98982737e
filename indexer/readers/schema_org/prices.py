"""What the public pays in all, among the offers of a course."""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from indexer.cleaning import key
from indexer.money import money
from indexer.readers.schema_org.days import day_of
from indexer.readers.schema_org.graphs import Graph
from indexer.readers.schema_org.nodes import Node
from indexer.readers.schema_org.texts import first_text, labels
from indexer.rules import Problem, UnreadableError, problem

# Where an offer says what it is for and who pays it.
SAYS_WHAT = ("category", "name", "priceType")
SAYS_WHO = ("eligibleCustomerType", "audience")
# Folded words: what is paid beside the course or in place of it.
NO_TUITION = re.compile(
    r"\b(?:room|board|housing|residence|accommodation|lodging|meals?|parking|insurance|books?|textbooks?|materials?|"
    r"deposit|application fee|renewal|recertification|late fee|shipping|tax|taxes|wages?|salary|"
    r"hebergement|logement|repas|stationnement|assurance|manuels?|materiel|depot|"
    r"frais de dossier|frais d admission|renouvellement|salaire)\b"
)
# Unless it is the course with them: “Tuition and materials”.
TUITION = re.compile(r"\b(?:tuition|course fee|scolarite|frais de cours)\b")
FOR_SOME = re.compile(
    r"\b(?:academics?|students?|alumni|members?|staff|employees?|corporate|compan(?:y|ies)|industr(?:y|ial)|business|"
    r"international|non ?residents?|out of (?:province|state)|seniors?|early bird|groups?|profit|non profit|foreign|"
    r"etudiante?s?|diplomee?s?|membres?|personnel|entreprises?|industrie|internationa(?:l|le|ux|les)|ainee?s?|"
    r"groupes?|prix hatif|non residente?s?|hors province|etrang(?:er|ere|ers|eres))\b"
)
FOR_ALL = re.compile(
    r"\b(?:public|general|regular|standard|domestic|canadians?|residents?|list|grand public|ordinaire|courant|"
    r"canadien(?:ne)?s?|residente?s?)\b"
)
# A price for a month, an hour or a seat is not what the course costs.
PER_UNIT = ("billingDuration", "billingIncrement", "referenceQuantity", "unitText", "unitCode")
ENDS = ("validThrough", "priceValidUntil", "availabilityEnds")
SPECIFICATIONS = ("priceSpecification", "offers")
DEEPEST = 4


@dataclass(frozen=True)
class Price:
    """An amount as it is written, its currency where said, and what the offer says of itself (folded)."""

    amount: str
    currency: str
    about: str
    per_unit: bool = False
    ended: bool = False

    @property
    def shown(self) -> str:
        return " ".join(part for part in (self.amount, self.currency, f"({self.about})" if self.about else "") if part)

    @property
    def is_tuition(self) -> bool:
        aside = NO_TUITION.search(self.about) and not TUITION.search(self.about)
        return not (self.per_unit or self.ended or aside)

    @property
    def rank(self) -> int:
        """0 for everybody's, 1 where nothing says whose, 2 for some people's."""
        if FOR_SOME.search(self.about):
            return 2
        return 0 if FOR_ALL.search(self.about) else 1

    @property
    def worth(self) -> float:
        """The amount as a number; less than nothing where it is none."""
        try:
            return money(self.amount).amount
        except UnreadableError:
            return -1.0


NOTHING = Price("", "", "")


@dataclass(frozen=True)
class Chosen:
    """The price taken, if any, and what is to be said about the others."""

    price: Price | None = None
    notes: list[tuple[str, Problem]] = field(default_factory=list)


def _amounts(node: Node, graph: Graph) -> list[str]:
    """The price; of a range the higher end, so that nobody is promised too little."""
    for name in ("price", "highPrice", "maxPrice", "lowPrice", "minPrice"):
        if found := labels(node, graph, name):
            return found
    return []


def _about(node: Node, graph: Graph) -> str:
    return key(" ".join(labels(node, graph, *SAYS_WHAT, *SAYS_WHO)))


def _ended(node: Node, graph: Graph, today: dt.date) -> bool:
    days = [day_of(text) for text in labels(node, graph, *ENDS)]
    return any(day is not None and day < today for day in days)


class _Collector:
    """Collects the prices of offers. Each thing is looked at once, however often offers point to it."""

    def __init__(self, graph: Graph, today: dt.date) -> None:
        self.graph, self.today = graph, today
        self.seen: set[Node] = set()

    def _said(self, node: Node, outer: Price) -> Price:
        """What an offer says of all prices within, beside what the one around it says."""
        about = " ".join(filter(None, (outer.about, _about(node, self.graph))))
        currency = first_text(node, self.graph, "priceCurrency") or outer.currency
        per_unit = outer.per_unit or any(name in node.values for name in PER_UNIT)
        return Price("", currency, about, per_unit, outer.ended or _ended(node, self.graph, self.today))

    def prices(self, node: Node, outer: Price = NOTHING, depth: int = 0) -> Iterator[Price]:
        """The prices of an offer and of what specifies it."""
        if node in self.seen or depth > DEEPEST:
            return
        self.seen.add(node)
        said = self._said(node, outer)
        amounts = _amounts(node, self.graph)
        yield from (replace(said, amount=amount) for amount in amounts)
        for part in self.graph.parts(node, *SPECIFICATIONS) if not amounts else ():
            yield from self.prices(part, said, depth + 1)


def prices_of(node: Node, graph: Graph, today: dt.date) -> list[Price]:
    """Every price a thing's offers name, in order, each once."""
    collector = _Collector(graph, today)
    found = (price for offer in graph.parts(node, "offers") for price in collector.prices(offer))
    return list(dict.fromkeys(found))


def public_price(prices: list[Price]) -> Chosen:
    """The price for everybody; among several alike the highest, which is then said."""
    notes = [(price.shown, problem("price_no_tuition")) for price in prices if not price.is_tuition]
    tuition = [price for price in prices if price.is_tuition]
    if not tuition:
        return Chosen(None, notes)
    first = min(price.rank for price in tuition)
    candidates = [price for price in tuition if price.rank == first]
    taken = max(candidates, key=lambda price: price.worth)
    others = [price.shown for price in tuition if (price.amount, price.currency) != (taken.amount, taken.currency)]
    if others:
        notes.append(("|".join(price.shown for price in tuition), problem("price_chosen", price=taken.shown)))
    return Chosen(taken, notes)
