"""Listings as vectors: raw, their means, and centred as the index holds them."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from indexer.official import Inferable, inferable
from indexer.profiles import Profiles, passages, profiles
from indexer.progress import Progress
from indexer.vectors import Embedder
from mappings.contract import LANGUAGES, Language
from mappings.embedding import Means, Recipe, Vectors, centre, means_by_language, passage_text, query_text
from mappings.index_body import vector_field
from mappings.knowledge import Knowledge
from mappings.listing import Listing

Texts = dict[Language, list[str]]


@dataclass(frozen=True)
class Embedded:
    """Centred vectors by listing id and language, the means taken out of them, and the occupations likewise.

    `passages` are raw vectors of these occupations and then of those with a title only, in their order.
    """

    recipe: Recipe
    means: Means
    listings: dict[str, dict[Language, Vectors]]
    profiles: Profiles
    passages: dict[Language, Vectors]
    encoded: int = 0
    texts: int = field(default=0)


def _labels(listing: Listing, language: Language) -> list[str]:
    named = (getattr(term, language) for term in (*listing.skills, *listing.tools))
    return [name for name in named if name]


def _in_language(listings: Sequence[Listing], language: Language) -> list[Listing]:
    return [listing for listing in listings if listing.text(language)]


def listing_passages(listings: Sequence[Listing], language: Language, recipe: Recipe) -> list[str]:
    """The passages of the listings that have text in the language, in their order."""
    texts = ((listing.text(language), _labels(listing, language)) for listing in listings)
    return [passage_text(text, labels, recipe) for text, labels in texts if text]


def _query_texts(knowledge: Knowledge, language: Language, recipe: Recipe) -> list[str]:
    return list(dict.fromkeys(query_text(name, recipe) for name in knowledge.job_titles(language)))


def _by_listing(listings: Sequence[Listing], centred: dict[Language, Vectors]) -> dict[str, dict[Language, Vectors]]:
    found: dict[str, dict[Language, Vectors]] = {listing.id: {} for listing in listings}
    for language, matrix in centred.items():
        for listing, row in zip(_in_language(listings, language), matrix, strict=True):
            found[listing.id][language] = row
    return found


def embed_listings(
    listings: Sequence[Listing],
    knowledge: Knowledge,
    embedder: Embedder,
    progress: Progress,
    occupations: Inferable | None = None,
) -> Embedded:
    """All vectors a load needs. Raises IndexerError when the model is needed and cannot be loaded.

    The occupations are those that may be inferred: by default what was written by hand.
    """
    recipe, occupations = embedder.recipe, occupations or inferable(knowledge)
    texts: Texts = {language: listing_passages(listings, language, recipe) for language in LANGUAGES}
    titles: Texts = {language: _query_texts(knowledge, language, recipe) for language in LANGUAGES}
    known: Texts = {language: passages(occupations, language, recipe) for language in LANGUAGES}
    told = len(occupations.occupations)
    todo = embedder.missing([text for group in (texts, titles, known) for each in group.values() for text in each])
    count = sum(map(len, texts.values()))
    with progress.stage("embedding", f"{count} texts, {todo} not seen before", todo) as advance:
        raw, query, vectors = (
            {language: embedder.embed(each, advance) for language, each in group.items()}
            for group in (texts, titles, known)
        )
    means = _means(recipe, query, raw)
    centred = {language: centre(matrix, means.document.get(language)) for language, matrix in raw.items()}
    found = profiles(occupations, {language: rows[:told] for language, rows in vectors.items()}, means.document)
    return Embedded(recipe, means, _by_listing(listings, centred), found, vectors, embedder.encoded, count)


def _means(recipe: Recipe, query: dict[Language, Vectors], document: dict[Language, Vectors]) -> Means:
    if recipe.centring == "none":
        return Means()
    sides = [{str(language): matrix for language, matrix in side.items()} for side in (query, document)]
    return Means(*map(means_by_language, sides))


def vector_fields(vectors: dict[Language, Vectors]) -> dict[str, list[float]]:
    """The document's vector fields, for the languages it has text in."""
    return {vector_field(language): np.asarray(row).tolist() for language, row in vectors.items()}
