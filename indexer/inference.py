"""How well occupations are inferred: the codes of listings whose feed gives them are hidden and guessed."""

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import pairwise

from indexer.embedding import embed_listings
from indexer.enrich import enriched
from indexer.occupations import with_occupations
from indexer.progress import Progress
from indexer.reading import Reader
from indexer.run import knowledge_of
from indexer.settings import Settings
from indexer.sources import read_sources
from indexer.vectors import Embedder, VectorCache
from mappings.knowledge import Knowledge
from mappings.listing import Listing, OccupationLink

BANDS = (0.5, 0.6, 0.7, 0.8, 0.9, 1.01)


@dataclass(frozen=True)
class Guess:
    """A listing's stated codes, and what was inferred without them."""

    stated: frozenset[str]
    inferred: tuple[OccupationLink, ...]


@dataclass(frozen=True)
class Measured:
    """Shares, 0 to 1: first guesses and all guesses that the feed states; stated codes found; listings with a guess."""

    listings: int
    precision_first: float
    precision_all: float
    recall: float
    coverage: float
    bands: tuple[tuple[float, int, float], ...]


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def _bands(guesses: Sequence[Guess]) -> tuple[tuple[float, int, float], ...]:
    """Per band of score: its lower end, how many guesses, and the share that is right."""
    scored = [(link.score, link.code in guess.stated) for guess in guesses for link in guess.inferred]
    found = []
    for low, high in pairwise(BANDS):
        right = [correct for score, correct in scored if low <= score < high]
        found.append((low, len(right), _share(sum(right), len(right))))
    return tuple(found)


def measured(guesses: Sequence[Guess]) -> Measured:
    """Precision, recall and calibration over listings whose codes are known."""
    made = [guess for guess in guesses if guess.inferred]
    first = sum(guess.inferred[0].code in guess.stated for guess in made)
    every = [link.code in guess.stated for guess in made for link in guess.inferred]
    found = sum(len(guess.stated & {link.code for link in guess.inferred}) for guess in guesses)
    stated = sum(len(guess.stated) for guess in guesses)
    return Measured(
        len(guesses), _share(first, len(made)), _share(sum(every), len(every)), _share(found, stated),
        _share(len(made), len(guesses)), _bands(guesses),
    )  # fmt: skip


def _listings(settings: Settings, knowledge: Knowledge, reader: Reader) -> list[Listing]:
    reads = (reader.read(source) for source in read_sources(settings.sources_file))
    return [enriched(listing, knowledge) for read in reads for listing in read.listings]


def guesses(settings: Settings, progress: Progress, reader: Reader) -> list[Guess]:
    """Guesses for every listing whose feed gives codes. Raises IndexerError.

    A code may be of an occupation nothing is known of; then every guess for it is wrong, as it would be in use.
    """
    knowledge = knowledge_of(settings)
    listings = _listings(settings, knowledge, reader)
    with closing(VectorCache(settings.vectors)) as cache:
        embedder = Embedder(settings.model, settings.centring, cache)
        embedded = embed_listings(listings, knowledge, embedder, progress)
    found = []
    for listing in listings:
        stated = frozenset(link.code for link in listing.occupations)
        if stated:
            hidden = listing.model_copy(update={"occupations": ()})
            links = with_occupations(hidden, embedded.listings[listing.id], embedded.profiles, knowledge).occupations
            found.append(Guess(stated, links))
    return found
