"""Listings as vectors: raw, their means, centred as occupations are inferred from, and as the index holds them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from indexer.occupation_rows import name_rows, name_texts, passage_rows, passage_texts
from indexer.official import Inferable, inferable
from indexer.profiles import Profiles, profiles
from indexer.progress import Progress
from indexer.vectors import Embedder
from mappings.adapter import Adapter, adapter_named, turned_document
from mappings.contract import LANGUAGES, Language
from mappings.embedding import Means, Recipe, passage_text, query_text
from mappings.index_body import PROFILE, vector_field
from mappings.knowledge import Knowledge
from mappings.listing import Listing
from mappings.occupation_space import OccupationSpace
from mappings.occupation_vectors import Rows
from mappings.vectors import Vectors, centre, means_by_language

Texts = Mapping[Language, list[str]]
ByLanguage = dict[Language, Vectors]


@dataclass(frozen=True, eq=False)
class Fields:
    """What the engine gets of each listing, by its id: a vector for each language it has text in, and its profile."""

    vectors: Mapping[str, ByLanguage]
    space: OccupationSpace | None

    def __getitem__(self, listing: str) -> dict[str, Any]:
        vectors = self.vectors[listing]
        return {vector_field(language): row for language, row in vectors.items()} | self._profile(vectors)

    def _profile(self, vectors: ByLanguage) -> dict[str, Any]:
        found = self.space.listing_profile(vectors.values()) if self.space else {}
        return {PROFILE: found} if found else {}


@dataclass(frozen=True)
class Embedded:
    """What a load knows of meaning.

    `listings` are centred vectors by listing id and language; `fields` is what the engine gets of each listing: adapted
    vectors and its profile of occupations, made when it is asked for: of 100,000 listings they would take gigabytes.
    `passages` and `names` are raw, of all occupations there are.
    """

    recipe: Recipe
    means: Means
    listings: dict[str, ByLanguage]
    fields: Fields
    profiles: Profiles
    passages: Rows
    names: Rows
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


def query_texts(knowledge: Knowledge, recipe: Recipe) -> Texts:
    """The titles whose mean is taken out of queries."""
    named = {language: knowledge.job_titles(language) for language in LANGUAGES}
    return {
        language: list(dict.fromkeys(query_text(name, recipe) for name in names)) for language, names in named.items()
    }


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
    count, titles = sum(map(len, texts.values())), query_texts(knowledge, recipe)
    groups = (texts, titles, passage_texts(occupations, recipe), name_texts(occupations, recipe))
    raw, query, vectors, named = encoded(("embedding", f"{count} texts"), groups, embedder, progress)
    means = _means(recipe, query, raw)
    # Each of these matrices is large, so the raw ones go as soon as they are centred.
    centred = {language: centre(raw.pop(language), means.document.get(language)) for language in list(raw)}
    told = {language: rows[: len(occupations.occupations)] for language, rows in vectors.items()}
    passages, names = passage_rows(occupations, vectors), name_rows(occupations, named)
    adapter = adapter_named(recipe.adapter)
    return Embedded(
        recipe=recipe,
        means=means,
        listings=_by_listing(listings, centred),
        fields=Fields(_by_listing(listings, _adapted(centred, adapter)), _space(recipe, passages, names, means)),
        profiles=profiles(occupations, told, means.document),
        passages=passages,
        names=names,
        encoded=embedder.encoded,
        texts=count,
    )


def encoded(
    stage: tuple[str, str], groups: Sequence[Texts], embedder: Embedder, progress: Progress
) -> list[ByLanguage]:
    """Raw vectors of each group. `stage` is its name and what is encoded, for a person."""
    todo = embedder.missing([text for group in groups for each in group.values() for text in each])
    with progress.stage(stage[0], f"{stage[1]}, {todo} texts not seen before", todo) as advance:
        return [{language: embedder.embed(each, advance) for language, each in group.items()} for group in groups]


def _means(recipe: Recipe, query: ByLanguage, document: ByLanguage) -> Means:
    if recipe.centring == "none":
        return Means()
    sides = [{str(language): matrix for language, matrix in side.items()} for side in (query, document)]
    return Means(*map(means_by_language, sides))


def _adapted(centred: ByLanguage, adapter: Adapter | None) -> ByLanguage:
    return {language: turned_document(matrix, adapter) for language, matrix in centred.items()}


def _space(recipe: Recipe, passages: Rows, names: Rows, means: Means) -> OccupationSpace | None:
    """None for plain vectors: all cosines of these are high, and tell occupations apart by too little."""
    if recipe.centring == "none":
        return None
    return OccupationSpace(passages, names, means.query, adapter_named(recipe.adapter))
