"""A small hand-made catalogue: listings no feed has, loaded without the indexer, with a knowledge of a few names."""

import datetime as dt
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from opensearchpy import OpenSearch
from opensearchpy.helpers import bulk

from indexer.rates import NO_RATES, with_dollars
from mappings.contract import LANGUAGES, Language, listing_contract
from mappings.embedding import Encoder, Means, passage_text, query_text
from mappings.index_body import FOLD, index_body, vector_field
from mappings.index_meta import IndexMeta, SourceMeta, index_name, new_meta
from mappings.knowledge import Knowledge, Target
from mappings.listing import Institution, Listing, Names
from mappings.occupation import Both, Lists, Occupation, VocabularyTerm
from mappings.phrases import PhraseIndex
from mappings.vectors import Vectors, centre, mean_of
from tests.conftest import remove_indices

TODAY = dt.date.today()  # noqa: DTZ011 - margins of the dates below are wider than any time zone
FORGE = Institution(id="forge", name=Names(en="Forge College", fr="Collège de la Forge"), kind="college")
ATELIER = Institution(id="atelier", name=Names(fr="Atelier du Nord"), kind="other")
HYGIENIST, WELDER = "32111", "72106"


def in_days(days: int) -> str:
    return (TODAY + dt.timedelta(days=days)).isoformat()


def listing(identifier: str, title: str, description: str = "", *, fr: bool = False, **more: Any) -> Listing:
    """A listing with its words in English, or in French; `more` goes above everything."""
    words = {"title": title, **({"description": description} if description else {})}
    made_by = {"id": identifier, "institution": ATELIER if fr else FORGE, "fr" if fr else "en": words}
    return with_dollars(Listing.model_validate({**made_by, **more}), NO_RATES)


def term(identifier: str, en: str, fr: str, basis: str = "feed") -> dict[str, str]:
    return {"id": identifier, "en": en, "fr": fr, "basis": basis}


WELDING = term("welding", "Welding", "Soudage")
HOSTILE_TITLE = '<script>alert("x")</script> Pastry & "Cakes"'

LISTINGS = (
    listing(
        "forge.WELD-1",
        "Welding Basics",
        "Join steel plate with MIG and TIG torches. Safety comes first in our welding shop.",
        subject="skilled-trades",
        delivery="in_person",
        credential_type="micro_credential",
        language="en",
        pace="scheduled",
        schedule=["evening", "weekend"],
        level="introductory",
        cost=450,
        currency="CAD",
        weeks=6,
        hours=40,
        starts=[in_days(-90), in_days(40), in_days(200)],
        osap=True,
        osap_basis="derived",
        skills=[WELDING],
        occupations=[{"code": WELDER, "basis": "feed", "score": 1.0}],
        place={"city": "Thunder Bay", "region": "Northwest", "location": [-89.2, 48.4]},
        updated=in_days(-3),
    ),
    listing(
        "atelier.SOUD-2",
        "Soudage avancé",
        "Assemblez des pièces d'acier et d'aluminium dans toutes les positions.",
        fr=True,
        subject="skilled-trades",
        delivery="hybrid",
        language="fr",
        weeks=12,
        hours=120,
        skills=[term("welding", "Welding", "Soudage", "inferred")],
        occupations=[{"code": WELDER, "basis": "inferred", "score": 0.7}],
        starts=[in_days(400)],
    ),
    Listing.model_validate(
        {
            "id": "forge.DENT-3",
            "institution": FORGE,
            "en": {"title": "Dental Hygiene Refresher", "description": "Scaling, charting and infection control."},
            "fr": {"title": "Mise à jour en hygiène dentaire", "description": "Détartrage et prévention."},
            "subject": "health-care",
            "delivery": "online",
            "language": ["en", "fr"],
            "cost": 0,
            "cost_cad": 0,
            "weeks": 2,
            "hours": 12,
            "pace": "self_paced",
            "osap": False,
            "occupations": [{"code": HYGIENIST, "basis": "feed", "score": 1.0}],
        }
    ),
    listing(
        "forge.USD-4", "Solar Panel Wiring", "Wire rooftop panels.", cost=100, currency="USD", subject="construction"
    ),
    listing("forge.EUR-5", "Wind Turbine Care", "Keep turbines turning.", cost=90.5, currency="EUR"),
    listing(
        "forge.PAST-6",
        "Orchard Pruning",
        "Prune apple trees.",
        cost=300,
        starts=[in_days(-400), in_days(-30)],
        stale=True,
        stale_since="2026-11-12",
    ),
    listing(
        "forge.HOST-7",
        HOSTILE_TITLE,
        "Bake a <mark>pastry</mark> <img src=x onerror=alert(1)> & serve it.",
        url="javascript:alert(1)",
        subject="food-culinary",
        cost=1250.5,
    ),
    listing(
        "forge.PART-8", "Truck Engines", "Diesel repair.", partner="Nordwind Motors", subject="transportation-logistics"
    ),
    listing(
        "forge.BOOK-9",
        "Ledgers for Small Shops",
        "Keep tidy books for a shop.",
        skills=[term("bookkeeping", "Bookkeeping", "Tenue de livres", "inferred")],
        subject="finance-accounting",
        cost=199.99,
        weeks=4,
        starts=[in_days(10), in_days(300)],
        stale=True,
        sample=True,
    ),
    listing(
        "forge.CAD-10",
        "Computer Drafting",
        "Draw floor plans.",
        tools=[term("autocad", "AutoCAD", "AutoCAD")],
        skills=[term("floor-plans", "Floor plans", "Plans d'étage")],
        url="https://forge.example/cad",
        subject="arts-design-media",
        cost=600,
        hours=30,
        starts=[in_days(20)],
    ),
    listing("forge.NONE-11", "Choir Singing", "Sing together."),
    listing("forge.STAT-12", "Statistics with R", "Charts and tests.", tools=[term("r", "R", "R")], subject="data-ai"),
)


def _term(identifier: str, kind: str, en: str, fr: str, **more: Any) -> VocabularyTerm:
    return VocabularyTerm.model_validate({"id": identifier, "type": kind, "label": {"en": en, "fr": fr}, **more})


def small_knowledge() -> Knowledge:
    """Two occupations, two skills and three tools."""
    jobs = (
        Occupation(
            code=HYGIENIST,
            title=Both(
                en="Dental hygienists and dental therapists", fr="Hygiénistes dentaires et thérapeutes dentaires"
            ),
            names=Lists(en=("dental hygienist",), fr=("hygiéniste dentaire",)),
            summary=Both(en="Cleans teeth.", fr="Nettoie les dents."),
        ),
        Occupation(
            code=WELDER,
            title=Both(en="Welders and related machine operators", fr="Soudeurs/soudeuses et opérateurs assimilés"),
            names=Lists(en=("welder", "welding fitter"), fr=("soudeur", "soudeuse")),
            summary=Both(en="Joins metal.", fr="Assemble le métal."),
        ),
    )
    terms = (
        _term("welding", "skill", "Welding", "Soudage"),
        _term("bookkeeping", "skill", "Bookkeeping", "Tenue de livres"),
        _term("autocad", "tool", "AutoCAD", "AutoCAD"),
        _term("r", "technology", "R", "R", cased=("R",)),
        _term("whmis", "certification", "WHMIS", "SIMDUT"),
    )
    names = [
        (name, Target("occupation", job.code))
        for job in jobs
        for language in LANGUAGES
        for name in (job.title.in_language(language), *job.names.in_language(language))
    ]
    names += [
        (found.label.in_language(language), Target(found.listing_field, found.id))
        for found in terms
        for language in LANGUAGES
        if found.id != "r"
    ]
    phrases = PhraseIndex(names, [("R", Target("tools", "r"))])
    return Knowledge({job.code: job for job in jobs}, {found.id: found for found in terms}, phrases)


def _labels(made: Listing, language: Language) -> list[str]:
    return [name for name in (getattr(part, language) for part in (*made.skills, *made.tools)) if name]


def _vectors(listings: Sequence[Listing], encoder: Encoder) -> dict[tuple[str, Language], Vectors]:
    keyed = [(made, language, made.text(language)) for made in listings for language in LANGUAGES]
    said = [(made.id, language, passage_text(text, _labels(made, language), encoder.recipe))
            for made, language, text in keyed if text]  # fmt: skip
    rows = encoder.encode([passage for _id, _language, passage in said])
    return {(identifier, language): row for (identifier, language, _), row in zip(said, rows, strict=True)}


# A handful of listings has a mean of its own topics; these stand for what all texts share.
COMMON = (
    "welder", "nurse", "accountant", "carpenter", "chef", "web developer", "driver", "teacher", "farmer", "musician",
    "soudeur", "infirmière", "comptable", "menuisier", "cuisinière", "conducteur", "enseignante", "agriculteur",
)  # fmt: skip


def _mean(encoder: Encoder) -> Vectors:
    return mean_of(encoder.encode([query_text(word, encoder.recipe) for word in COMMON]))


def meta_of(listings: Sequence[Listing], encoder: Encoder, mean: Vectors, **more: Any) -> IndexMeta:
    """What the index of these listings says about itself; `more` replaces parts of it."""
    means = Means(dict.fromkeys(LANGUAGES, mean), dict.fromkeys(LANGUAGES, mean))
    meta = new_meta(listing_contract(), encoder.recipe, means, dt.datetime.now(dt.UTC).replace(microsecond=0))
    owners = {made.institution.id: made.institution for made in listings}
    sources = tuple(SourceMeta(id=name, listings=1, institution=owner) for name, owner in owners.items())
    return meta.model_copy(update={"sources": sources, "listings": len(listings), "complete": True, **more})


def load(
    engine: OpenSearch, prefix: str, listings: Sequence[Listing], encoder: Encoder, *, alias: bool = True, **meta: Any
) -> str:
    """Loads the listings into an index of their own and serves it; its name. `meta` replaces parts of its meta."""
    mean = _mean(encoder)
    said = meta_of(listings, encoder, mean, **meta)
    others = len(engine.indices.get(index=f"{prefix}-*"))  # two loads of one second differ in their names
    name = index_name(prefix, said.fingerprint, said.built + dt.timedelta(seconds=others))
    engine.indices.create(
        index=name, body=index_body(listing_contract(), encoder.recipe.dimension, said.model_dump(mode="json"))
    )
    vectors = _vectors(listings, encoder)
    bulk(engine, (_action(name, made, vectors, mean) for made in listings), refresh=True)
    if alias:
        serve(engine, prefix, name)
    return name


@contextmanager
def loaded(engine: OpenSearch, room: str, listings: Sequence[Listing], encoder: Encoder) -> Iterator[str]:
    """The listings under an index prefix of their own, which is gone afterwards."""
    prefix = f"test-{room}-{uuid.uuid4().hex[:8]}"
    load(engine, prefix, listings, encoder)
    yield prefix
    remove_indices(engine, prefix)


def _action(index: str, made: Listing, vectors: dict[tuple[str, Language], Vectors], mean: Vectors) -> dict[str, Any]:
    rows = {x: vectors[made.id, x] for x in LANGUAGES if (made.id, x) in vectors}
    fields = {vector_field(x): centre(row[None, :], mean)[0].tolist() for x, row in rows.items()}
    return {"_index": index, "_id": made.id, **made.document(), FOLD: made.fold, **fields}


def serve(engine: OpenSearch, prefix: str, name: str) -> None:
    """Swaps the alias to that index in one step."""
    actions = [{"remove": {"index": f"{prefix}-*", "alias": prefix, "must_exist": False}}]
    engine.indices.update_aliases(body={"actions": [*actions, {"add": {"index": name, "alias": prefix}}]})
