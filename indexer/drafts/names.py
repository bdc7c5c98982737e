"""What institutions' systems call the contract's fields, and what names say that a value is about a person."""

import re
from functools import cache, lru_cache

from indexer.cleaning import key
from indexer.fields import feed_fields, header_label, slots_of
from mappings.contract import LANGUAGES, Contract, Language

HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
# Beside the contract's own labels and names, the most telling first; written as `indexer.cleaning.key` folds them.
SYNONYMS: dict[str, tuple[str, ...]] = {
    "id": (
        "readable id", "course id", "program id", "offering id", "id", "identifier", "uuid", "guid", "sku",
        "custom section number",
        "course code",
        "program code", "course number", "code", "course key", "ctid", "slug", "numero", "code du cours",
        "identifiant",
        "sigle", "ref", "reference", "key",
    ),
    "title": (
        "title", "course title", "program title", "course name", "program name", "official name", "display name",
        "full name", "name", "headline", "titre", "titre du cours", "nom du cours", "intitule", "libelle", "nom",
    ),
    "description": (
        "description", "course description", "program description", "long description", "full description", "summary",
        "about", "overview", "abstract", "short description", "body", "text", "content", "details", "resume",
        "contenu",
        "objectif", "presentation", "apercu", "encoded",
    ),
    "outcomes": (
        "learning outcomes", "learning outcome", "outcomes", "objectives", "learning objectives",
        "what you will learn", "competencies",
        "teaches", "resultats attendus", "resultats d apprentissage", "objectifs", "acquis",
    ),
    "prerequisites": (
        "prerequisites", "prerequisite", "requirements", "admission requirements", "entry requirements",
        "conditions specifiques", "prealables",
        "prerequis", "conditions d admission",
    ),
    "assessment": ("assessment", "evaluation", "grading", "assessment method", "mode d evaluation"),
    "stackable_into": ("stackable into", "stacks into", "pathway", "leads to", "part of program", "passerelle"),
    "url": (
        "url", "course url", "page url", "web address", "link", "website", "web page", "webpage", "landing page",
        "permalink", "public url", "subject webpage", "href", "registration url", "urlweb", "section url",
        "lien", "adresse web", "site web",
    ),
    "language": (
        "language", "language of instruction", "in language", "instruction language", "lang", "langue",
        "langue d enseignement",
    ),
    "credential_type": (
        "credential type", "credential", "award type", "course type", "program type", "type de titre", "type",
    ),
    "subject": (
        "subject", "topics", "topic", "category", "categories", "subject area", "field of study",
        "discipline", "theme",
        "area", "department", "domaine", "categorie", "sujet", "thematique",
    ),
    "cip": ("cip", "cip code", "cpe", "code cpe"),
    "delivery": (
        "delivery", "delivery mode", "delivery method", "delivery type", "attendance mode",
        "instruction method", "course mode",
        "mode", "format", "modality",
        "instruction mode", "instructional method", "learning method", "mode de prestation", "modalite",
        "mode de livraison",
    ),
    "pace": ("pace", "pacing", "availability", "pacing type", "rythme", "course format", "pace type", "format"),
    "schedule": (
        "schedule", "time of day", "attendance pattern", "days and times", "meeting times", "horaire",
        "meeting pattern", "times",
    ),
    "hours": (
        "total hours", "hours", "course hours", "contact hours", "instructional hours", "total clock hours",
        "clock hours",
        "hours total", "nombre d heures", "heures", "heures totales", "duree en heures",
    ),
    "weeks": (
        "weeks", "duration", "length", "number of weeks", "duration weeks", "course length", "total weeks",
        "duree", "semaines", "nombre de semaines", "duree en semaines",
    ),
    "hours_per_week": (
        "hours per week", "weekly hours", "time commitment", "effort", "student effort", "hours week", "workload",
        "heures par semaine", "charge de travail",
    ),
    "cost": (
        "cost", "price", "total cost", "tuition", "fee", "current price", "course fee", "tuition fee", "total price",
        "fees",
        "amount", "list price", "prix", "cout", "cout total", "frais", "frais de scolarite", "tarif", "montant",
    ),
    "currency": ("currency", "price currency", "currency code", "devise", "monnaie"),
    "osap": ("osap", "osap eligible", "rafeo", "admissible au rafeo"),
    "starts": (
        "start date", "start dates", "starts", "start", "starts on", "begin date", "begins", "from", "date debut",
        "date de debut", "debut", "course start", "first class", "session start", "next start",
    ),
    "application_opens": (
        "application opens", "apply from", "enrollment start", "enrolment start", "registration opens",
        "registration start",
        "enrollment opens", "registration open date", "ouverture des inscriptions", "ouverture des demandes",
    ),
    "application_closes": (
        "application closes", "apply until", "application deadline", "enrollment end", "enrolment end",
        "registration closes",
        "registration end", "registration deadline", "enrollment deadline", "date limite d inscription",
        "cloture des inscriptions", "cloture des demandes", "date limite",
    ),
    "place.city": (
        "city", "town", "municipality", "address locality", "locality", "campus", "campus city", "ville",
        "municipalite",
        "location", "lieu",
    ),
    "place.region": ("region", "county", "address region", "comte"),
    "level": ("level", "difficulty", "audience level", "course level", "educational level", "niveau", "difficulte"),
    "partner": ("partner", "employer partner", "industry partner", "partenaire"),
    "skills": ("skills", "skill", "skills taught", "competences", "keywords", "tags", "mots cles"),
    "tools": ("tools", "software", "tools used", "outils", "logiciels"),
    "occupations": ("noc", "noc codes", "noc code", "occupations", "cnp", "codes cnp", "code cnp"),
    "updated": (
        "updated", "last updated", "updated at", "last modified", "date modified", "modified", "modified date",
        "last modified date", "modification date", "changed", "pub date", "datemaj", "date maj",
        "timemodified", "mis a jour", "derniere modification",
        "date de modification",
    ),
}  # fmt: skip
# Names of what lies beside a listing: pictures, files, the end of a run. None of it is what a field asks for.
ASIDE = frozenset((
    "image", "img", "thumbnail", "logo", "picture", "photo", "icon", "video", "brochure", "banner", "src", "form",
    "hubspot", "next", "previous", "expiration", "credit", "credits", "sub", "alt", "seo", "meta", "expected",
    "product",
    "financial",
))  # fmt: skip
# What a listing belongs to, or leads to, has a name, a link and a number of its own.
OWNER = frozenset((
    "provider", "institution", "organization", "organisation", "school", "college", "university", "department",
    "departments", "publisher", "author", "sponsor", "program", "programs", "programme", "etablissement", "organisme",
    "fournisseur", "ecole", "regulator",
))  # fmt: skip
PREMISES = frozenset(("venue", "lieu", "teachingplace"))  # a place that somebody provides is still where one goes
PERSON = frozenset((
    "instructor", "instructors", "teacher", "teachers", "faculty", "professor", "professors", "trainer", "trainers",
    "lecturer", "lecturers", "tutor", "tutors", "speaker", "speakers", "contact", "contacts", "coordinator", "staff",
    "person", "persons", "people", "author", "authors", "contributor", "contributors", "owner", "creator",
    "email", "emails", "mail", "phone", "telephone", "tel", "fax", "mobile", "firstname", "lastname", "surname",
    "username", "enseignant", "enseignants", "enseignante", "formateur", "formateurs", "formatrice", "professeur",
    "professeurs", "responsable", "personne", "personnes", "courriel", "courriels", "prenom", "telecopieur", "auteur",
    "auteurs", "animateur", "animatrice", "coordonnateur", "coordonnatrice",
))  # fmt: skip
# A name that holds one of these is of another field: hours a week are no total.
NOT_OF: dict[str, frozenset[str]] = {
    "hours": frozenset(("week", "weekly", "semaine", "day", "jour")),
    "weeks": frozenset(("hours", "heures", "day", "days", "jours", "video")),
    "cost": frozenset(("min", "max", "code", "note", "notes")),
    "title": frozenset(("sub", "short", "job")),
    "starts": frozenset(("application", "registration", "enrollment", "enrolment", "inscription", "flag", "discount")),
    "url": frozenset(("self", "edit", "enclosure")),
    "place.city": frozenset(("uid", "ref", "code")),
}
HOURS = frozenset(("hours", "heures"))  # "contact hours" are spent in class, and reach nobody
PERSON_IN = (
    "instructor",
    "contactname",
    "contactphone",
    "contactemail",
    "email",
    "courriel",
    "phone",
    "firstname",
    "lastname",
)
BARE_NAMES = frozenset((
    "name", "label", "value", "title", "nom", "libelle", "text", "amount", "montant", "date", "dtf",
    "day", "interval", "identifier",
))  # fmt: skip
LANGUAGE_WORDS: dict[str, Language] = {
    "en": "en", "eng": "en", "english": "en", "anglais": "en", "fr": "fr", "fra": "fr", "fre": "fr", "french": "fr",
    "francais": "fr",
}  # fmt: skip


@lru_cache(maxsize=10_000)
def words_of(name: str) -> tuple[str, ...]:
    """The words of a name, however it joins them: `startDate`, `start_date`, `Start Date`."""
    return tuple(key(HUMP.sub(" ", name)).split())


def language_of(names: tuple[str, ...]) -> Language | None:
    """The language a path says its text is in: `title.fr`, `title_en`, `Titre (français)`."""
    said = {LANGUAGE_WORDS[word] for name in names for word in words_of(name) if word in LANGUAGE_WORDS}
    return said.pop() if len(said) == 1 else None


def is_of_a_person(names: tuple[str, ...]) -> bool:
    """Whether a path is about a person or a way to reach one."""
    words = [word for name in names if not HOURS & set(words_of(name)) for word in words_of(name)]
    return any(word in PERSON or any(part in word for part in PERSON_IN) for word in words)


@cache
def names_of(contract: Contract) -> dict[str, tuple[str, ...]]:
    """Names by field, folded, the most telling first: those above, then the contract's own."""
    found = {}
    for item in feed_fields(contract):
        labels = [header_label(slot, contract, code) for slot in slots_of(item) for code in LANGUAGES]
        own = [key(label) for label in (*labels, item.name)]
        found[item.name] = tuple(dict.fromkeys((*SYNONYMS.get(item.name, ()), *own)))
    return found


def _without_language(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word for word in words if word not in LANGUAGE_WORDS) or words


def _likeness(words: tuple[str, ...], name: str, rank: int) -> float:
    """1 for the same name, less for one further down the list, 0.6 where it stands among other words."""
    text, bare = " ".join(words), "".join(words)
    if bare == name.replace(" ", ""):
        return 1.0 - 0.01 * rank
    if f" {name} " in f" {text} " and len(name) > 3:
        return 0.6 + 0.05 * name.count(" ") - 0.005 * rank
    compound = " " not in text and len(name) > 4 and bare.endswith(name.replace(" ", ""))
    return 0.5 - 0.005 * rank if compound else 0.0


def name_likeness(names: tuple[str, ...], field: str, contract: Contract) -> float:
    """How much a path sounds like a field, from 0 to 1. Names of a language alone stand for the name above them.

    So does a bare `name` or `value`: `topics.name` is a topic, as well as a name.
    """
    told = [_without_language(words_of(name)) for name in names]
    while len(told) > 1 and set(told[-1]) <= set(LANGUAGE_WORDS):
        told.pop()
    likeness = _path_likeness(told, field, contract)
    if len(told) > 1 and set(told[-1]) <= BARE_NAMES:
        likeness = max(likeness, _path_likeness(told[:-1], field, contract) - 0.05)
    return likeness


def _path_likeness(told: list[tuple[str, ...]], field: str, contract: Contract) -> float:
    last = told[-1] if told else ()
    best = max((_likeness(last, name, rank) for rank, name in enumerate(names_of(contract)[field])), default=0.0)
    above = {word for words in told[:-1] for word in words}
    aside = 0.5 if (ASIDE | NOT_OF.get(field, frozenset())) & {*last, *above} else 0.0
    owned = 0.4 if OWNER & above and not PREMISES & above else 0.0
    return max(0.0, best - aside - owned - 0.03 * (len(told) - 1))
