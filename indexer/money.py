"""Prices as institutions write them: what a member of the public pays in all, before tax, and in which currency.

Of a range the upper end; of prices by kind of customer that of the public. A lower bound, a price of a part (an hour, a
month) and a price for others only (members, students) are no price, each refused with its own reason.
"""

import re
from functools import lru_cache
from typing import Any, Literal, NamedTuple

from indexer.cleaning import flat, key, short
from indexer.numbers import number
from indexer.rules import UnreadableError
from mappings.currency import HOME_CURRENCY

MARKS = {
    "USD": r"us ?\$|u\.s\. ?\$|usd|\$ ?us(?:d|a)?(?!\w)|dollars? (?:us|americains?)",
    HOME_CURRENCY: r"ca?n? ?\$|cad ?\$?|\$ ?ca(?:d|n)?(?!\w)|dollars? canadiens?|canadian dollars?",
    "AUD": r"au?d? ?\$|aud",
    "EUR": r"€|eur(?:os?)?",
    "GBP": r"£|gbp",
    "INR": r"₹|inr",
    **{code: code.lower() for code in ("CHF", "JPY", "CNY", "MXN", "NZD")},
    "": r"\$|dollars?",
}
MARK = "|".join(MARKS.values())
AMOUNT = r"(?<![\w.,])(?P<amount>[0-9]{1,9}(?:[ .,][0-9]{1,9}){0,4})(?!\w)"
PRICE = re.compile(
    rf"(?:(?<!\w)(?P<before>(?:(?:{MARK}) ?){{1,2}}))?{AMOUNT}"
    rf"(?: ?(?P<behind>(?:(?:{MARK})(?!\w) ?){{1,2}}))?"
    r"|(?<!\w)(?P<free>free(?: of charge)?|gratuit(?:e|ement)?|no (?:cost|charge|fee)|sans frais|aucun frais)(?!\w)"
)
NEGATIVE = re.compile(rf"(?:(?:{MARK}) ?)?-(?:(?:{MARK}) ?)?(?=[0-9])")
RANGE = re.compile(r" ?(?:-|–|—|to|a|jusqu'a|et|and) ?")
INSTALMENTS = re.compile(r"(?<!\w)(?:(?:re)?payments?|instal?lments?|versements?|paiements?)(?!\w)")
SPANNING = frozenset({"between", "entre"})
CUTS = re.compile(r"[/;|,()\n]|(?<!\w)(?:or|and|ou|et|then|puis)(?!\w)")
LONGEST = 300  # characters; a longer cell is a story

Role = Literal["part", "least", "public", "others", "plain"]
TAX = (
    r"(?:\+|plus)? ?(?:applicable )?(?:hst|gst|pst|tvh|tps|tvq|tax(?:es)?)"
    r"(?: (?:included|inclus(?:es?)?|extra|en sus|applicables?))?"
)
# In order: "per student" is no price for students, "non-members" are no members.
ROLES: tuple[tuple[Role, re.Pattern[str]], ...] = (
    ("plain", re.compile(rf"(?<!\w){TAX}(?!\w)")),
    ("plain", re.compile(
        r"\b(?:per|each|par|chaque) (?:person|participants?|learner|student|course|personne|etudiante?|cours)\b"
    )),
    ("public", re.compile(
        r"\b(?:non ?-?members?|non ?-?membres?|(?:general |grand )?public|general|regular|standard|domestic|canadians?|"
        r"full price|adults?|regulier|ordinaire|normal|adultes?|(?:ontario )?residents?)\b"
    )),
    ("part", re.compile(
        r"\b(?:hours?|hourly|hr|days?|daily|weeks?|weekly|months?|monthly|year|yearly|credits?|sessions?|class(?:es)?|"
        r"modules?|units?|heures?|jours?|semaines?|mois|mensuel|an|annee|seances?|unites?)\b"
    )),
    ("least", re.compile(
        r"\b(?:from|starting(?: at| from)?|starts at|at least|minimum|min|and up|a partir de|des|au moins)\b|\+"
    )),
    ("others", re.compile(
        r"\b(?:members?|students?|seniors?|alumni|early bird|early|international|staff|faculty|groups?|youth|"
        r"membres?|etudiante?s?|aine?e?s?|hative?|internationale?s?|internationaux|employee?s?|groupes?|diplome?e?s?|"
        r"jeunes?|inscription)\b"
    )),
    ("plain", re.compile(
        r"\b(?:price|cost|fees?|tuition|total|course|person|participants?|learner|only|per|for|after|up to|maximum|max|"
        r"prix|cout|frais|droits|scolarite|tarif|cours|personne|pour|apres|seulement|par|le|la|les|the|de|d|is|est|of|"
        r"l|between|entre|to|all|jusqu a|due|au|aux)\b"
    )),
)  # fmt: skip
STRONGEST: tuple[Role, ...] = ("part", "least", "public", "others", "plain")


class Money(NamedTuple):
    """An amount; the currency where the text names one."""

    amount: float
    currency: str | None


class _Price(NamedTuple):
    money: Money
    label: str


def _currency(mark: str) -> str | None:
    """The currency of the marks about an amount; a bare dollar names none."""
    named = {code for code, words in MARKS.items() if code and re.search(rf"(?<!\w)(?:{words})", mark)}
    if len(named) > 1:
        raise UnreadableError("not_a_price")
    return named.pop() if named else None


def _money(found: re.Match[str]) -> Money:
    if found["free"]:
        return Money(0.0, None)
    try:
        amount = number(found["amount"])
    except UnreadableError as error:
        raise UnreadableError("not_a_price") from error
    return Money(amount, _currency(f"{found['before'] or ''} {found['behind'] or ''}"))


def _role(label: str) -> Role:
    """What the words about a price say of it. Raises UnreadableError for words that say something else."""
    words, roles = key(label), set[Role]()
    for role, pattern in ROLES:
        if pattern.search(words):
            roles.add(role)
            words = pattern.sub(" ", words)
    if words.strip():
        raise UnreadableError("not_a_price")
    return next((role for role in STRONGEST if role in roles), "plain")


def _upper(first: Money, second: Money) -> Money:
    """The upper end of a range, in the currency that either end names."""
    if first.currency and second.currency and first.currency != second.currency:
        raise UnreadableError("not_a_price")
    return Money(max(first.amount, second.amount), second.currency or first.currency)


def _without_ranges(moneys: list[Money], gaps: list[str]) -> tuple[list[Money], list[str]]:
    """Amounts and the words between them (one gap more than amounts), each range as its upper end."""
    merged, kept = [moneys[0]], [gaps[0]]
    for money, gap in zip(moneys[1:], gaps[1:-1], strict=True):
        if RANGE.fullmatch(gap) and (gap.strip() not in ("et", "and") or key(kept[-1]) in SPANNING):
            merged[-1] = _upper(merged[-1], money)
            kept[-1] = re.sub(r"(?<!\w)(?:from|de|des)(?!\w)", " ", kept[-1])  # "from $200 to $300" is no lower bound
        else:
            merged.append(money)
            kept.append(gap)
    return merged, [*kept, gaps[-1]]


def _shared_out(gap: str, *, label_first: bool) -> tuple[str, str]:
    """What of the words between two prices belongs to the one before and to the one behind."""
    if _without_tax(gap).strip()[:1] == "+" or re.search(r"(?<!\w)plus(?!\w)", _without_tax(gap)):
        raise UnreadableError("not_a_price")  # a sum; what is added may be optional
    parts = CUTS.split(gap)
    if len(parts) > 1:
        return parts[0], " ".join(parts[1:])
    return ("", gap) if label_first else (gap, "")


def _without_tax(text: str) -> str:
    return re.sub(TAX, " ", text)


def _labelled(moneys: list[Money], gaps: list[str]) -> list[_Price]:
    label_first = bool(key(gaps[0]))
    before, behind = [gaps[0]], []
    for gap in gaps[1:-1]:
        own, following = _shared_out(gap, label_first=label_first)
        behind.append(own)
        before.append(following)
    behind.append(gaps[-1])
    return [_Price(money, f"{x} {y}") for money, x, y in zip(moneys, before, behind, strict=True)]


def _chosen(prices: list[tuple[Role, Money]]) -> Money:
    """The price of the public: the one so labelled, else the one without a label."""
    roles = {role for role, _ in prices}
    wanted: Role | None = next((role for role in ("public", "plain") if role in roles), None)
    if wanted is None:
        reasons = {"least": "price_lower_bound", "part": "price_of_a_part", "others": "price_not_public"}
        raise UnreadableError(next(kind for role, kind in reasons.items() if role in roles))
    candidates = {money for role, money in prices if role == wanted}
    here = {money for money in candidates if money.currency in (None, HOME_CURRENCY)} or candidates
    if len(here) > 1:
        raise UnreadableError("not_a_price")
    return here.pop()


def _matches(text: str) -> list[re.Match[str]]:
    found = list(PRICE.finditer(text))
    if found and INSTALMENTS.search(text):
        raise UnreadableError("price_of_a_part")
    if not found:
        raise UnreadableError("not_a_price")
    return found


def money(value: Any) -> Money:
    """The price for a member of the public. Raises UnreadableError."""
    return _text_money(short(value, LONGEST))


@lru_cache(1024)
def _text_money(clean: str) -> Money:
    text = flat(clean.replace("−", "-"))
    sign = NEGATIVE.match(text)
    found = _matches(f"{sign[0].replace('-', '')}{text[sign.end() :]}" if sign else text)
    text = found[0].string
    edges = [0, *(end for one in found for end in one.span()), len(text)]
    gaps = [text[start:end] for start, end in zip(edges[::2], edges[1::2], strict=True)]
    moneys, gaps = _without_ranges([_money(one) for one in found], gaps)
    chosen = _chosen([(_role(price.label), price.money) for price in _labelled(moneys, gaps)])
    return Money(-chosen.amount, chosen.currency) if sign else chosen
