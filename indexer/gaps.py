"""What an institution leaves out, and what each gap costs its listings: the one place for these facts."""

from collections.abc import Iterator
from functools import cache

from indexer.reading import INFERRED_IN
from mappings.contract import Contract, Field, Label
from mappings.listing import Listing

GAPS: dict[str, Label] = {
    "description": Label("found by its title only", "trouvée par son titre seulement"),
    "url": Label("learners cannot go on to apply", "impossible de poursuivre vers l'inscription"),
    "cost": Label(
        "never shown to learners who set a budget", "jamais montrée aux personnes qui fixent un budget"
    ),
    "hours": Label(
        "OSAP eligibility cannot be worked out; left out when learners limit the hours",
        "l'admissibilité au RAFEO ne peut être déduite; omise si l'on limite les heures",
    ),
    "weeks": Label(
        "OSAP eligibility cannot be worked out; left out when learners limit the weeks",
        "l'admissibilité au RAFEO ne peut être déduite; omise si l'on limite les semaines",
    ),
    "delivery": Label(
        "left out when learners choose online or in person", "omise si l'on choisit en ligne ou en présentiel"
    ),
    "subject": Label("left out when learners choose a subject", "omise si l'on choisit un domaine"),
    "starts": Label("left out when learners say when they can start", "omise si l'on précise une date de début"),
    "occupations": Label(
        "occupations are inferred from the text, with less certainty",
        "les professions sont déduites du texte, avec moins de certitude",
    ),
}  # fmt: skip
NO_START_NEEDED = "self_paced"
# A blank says something in these: worked out from the length, dollars, nobody takes part, nothing is used.
BLANK_IS_SAID = frozenset({"osap", "currency", "partner", "tools"})
# Fields that a listing with that value of another field has no use for.
NO_USE: dict[str, tuple[str, str]] = {
    "starts": ("pace", NO_START_NEEDED),
    "schedule": ("pace", NO_START_NEEDED),
    "place.city": ("delivery", "online"),
}
# What a field is worth to a learner who looks for a listing, by its roles; for `match`, its weight in the contract.
POINTS = {"filter": 2.0, "sort": 1.0, "suggest": 1.0}
NAMED_POINTS = 1.0  # for a field whose gap has a cost of its own in GAPS
READ_OUT = 0.5  # of a field that is read out of the text where it is blank, for part of it is found all the same
INFERRED = "inferred"
# The cost of a gap by the first role the field has, INFERRED for what is read out of the text; {field} is its label.
COSTS: dict[str, dict[str, Label]] = {
    INFERRED: {
        "one": Label(
            "{count} listing is found by “{field}” only where its text tells, because that is blank",
            "{count} offre n'est trouvée par « {field} » que si son texte le dit, car ce champ est vide",
        ),
        "other": Label(
            "{count} listings are found by “{field}” only where their texts tell, because that is blank",
            "{count} offres ne sont trouvées par « {field} » que si leur texte le dit, car ce champ est vide",
        ),
    },
    "filter": {
        "one": Label(
            "{count} listing can't be found by “{field}” because it is blank",
            "{count} offre ne peut être trouvée par « {field} », car ce champ est vide",
        ),
        "other": Label(
            "{count} listings can't be found by “{field}” because it is blank",
            "{count} offres ne peuvent être trouvées par « {field} », car ce champ est vide",
        ),
    },
    "match": {
        "one": Label(
            "{count} listing is found by fewer words because “{field}” is blank",
            "{count} offre est trouvée par moins de mots, car « {field} » est vide",
        ),
        "other": Label(
            "{count} listings are found by fewer words because “{field}” is blank",
            "{count} offres sont trouvées par moins de mots, car « {field} » est vide",
        ),
    },
    "sort": {
        "one": Label(
            "{count} listing stands last in the order by “{field}” because it is blank",
            "{count} offre vient en dernier dans l'ordre par « {field} », car ce champ est vide",
        ),
        "other": Label(
            "{count} listings stand last in the order by “{field}” because it is blank",
            "{count} offres viennent en dernier dans l'ordre par « {field} », car ce champ est vide",
        ),
    },
    "return": {
        "one": Label(
            "{count} listing does not show “{field}” because it is blank",
            "{count} offre n'affiche pas « {field} », car ce champ est vide",
        ),
        "other": Label(
            "{count} listings do not show “{field}” because it is blank",
            "{count} offres n'affichent pas « {field} », car ce champ est vide",
        ),
    },
}


def _has_description(listing: Listing) -> bool:
    return any(text and text.description for text in (listing.en, listing.fr))


def gaps_of(listing: Listing) -> tuple[str, ...]:
    """The fields of GAPS a listing leaves out."""
    missing = {name for name in GAPS if name != "description" and getattr(listing, name) in (None, ())}
    if listing.pace == NO_START_NEEDED:
        missing.discard("starts")
    if not _has_description(listing):
        missing.add("description")
    return tuple(name for name in GAPS if name in missing)


def points(item: Field) -> float:
    """What a field counts for completeness: from its roles, its weight, and whether GAPS names a cost for it."""
    found = sum(worth for role, worth in POINTS.items() if item.has(role))
    named = NAMED_POINTS if item.name in GAPS else 0.0
    whole = found + named + (item.weight if item.has("match") else 0.0)
    return whole * READ_OUT if item.name in INFERRED_IN else whole


@cache
def counted(contract: Contract) -> dict[str, tuple[Field, float]]:
    """The fields that count for completeness, with their points: columns a feed may leave blank but had better not."""
    columns = (item for item in contract.columns() if not item.required and item.name not in BLANK_IS_SAID)
    return {item.name: (item, points(item)) for item in columns if points(item)}


def _value(listing: Listing, item: Field) -> object:
    """What a listing says; prose in any language, for one is enough to be found."""
    if item.is_prose:
        texts = (getattr(text, item.name) for text in (listing.en, listing.fr) if text)
        return next(filter(None, texts), None)
    outer, _, inner = item.name.partition(".")
    value: object = getattr(listing, outer)
    return getattr(value, inner) if inner and value is not None else value


def useful(listing: Listing, contract: Contract) -> Iterator[tuple[str, float, bool]]:
    """Of each counted field that listing has a use for: its name, its points, whether it is blank."""
    for name, (item, worth) in counted(contract).items():
        other, needless = NO_USE.get(name, ("", ""))
        if not (other and getattr(listing, other) == needless):
            yield name, worth, _value(listing, item) in (None, ())


def cost(item: Field, plural: str, language: str) -> str:
    """What it costs that a field is blank, with `{count}` and `{field}` to fill in. `plural`: one or other."""
    role = INFERRED if item.name in INFERRED_IN else next(role for role in COSTS if item.has(role))
    return COSTS[role]["one" if plural == "one" else "other"].in_language(language)
