"""What an institution leaves out, and what each gap costs its listings."""

from mappings.contract import Label
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
