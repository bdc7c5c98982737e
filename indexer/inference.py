"""How well occupations are inferred: codes that are known are hidden and guessed."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import chain, pairwise
from pathlib import Path

import numpy as np

from indexer.embedding import Embedded, embed_listings
from indexer.enrich import enriched
from indexer.evidence import Matrix, features, signs
from indexer.fitting import Case, fitted
from indexer.judgements import judged_source, judgements
from indexer.occupations import MOST, WEIGHTS, probabilities
from indexer.official import inferable_of, knowledge_of
from indexer.progress import Progress
from indexer.reading import Reader
from indexer.settings import Settings
from indexer.sources import Source, read_sources
from indexer.vectors import Embedder, VectorCache
from mappings.listing import Listing

PARTS = 10
THRESHOLDS = (0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)


@dataclass(frozen=True)
class Guess:
    """A code with its score. `right` is None where nobody judged the code."""

    score: float
    right: bool | None


@dataclass(frozen=True)
class Guessed:
    """A listing's likeliest codes, whatever their score, and how many it is known to have."""

    guesses: tuple[Guess, ...]
    stated: int


@dataclass(frozen=True)
class Measured:
    """Shares, 0 to 1, of guesses from a score up.

    First guesses and all guesses that are right, of those judged; known codes found; listings with a guess. `judged`
    and `unjudged` count guesses.
    """

    least: float
    precision_first: float
    precision_all: float
    recall: float
    coverage: float
    judged: int
    unjudged: int


@dataclass(frozen=True)
class Band:
    """Judged guesses with a score from `low` to the next band, and the share of them that is right."""

    low: float
    guesses: int
    right: float


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def guessed(case: Case, weights: Matrix = WEIGHTS) -> Guessed:
    """The likeliest codes of a listing."""
    scores = probabilities(case.table, weights)
    likeliest = np.argsort(-scores, kind="stable")[:MOST]
    made = (Guess(float(scores[row]), bool(case.right[row]) if case.judged[row] else None) for row in likeliest)
    return Guessed(tuple(made), case.stated)


def measured(found: Sequence[Guessed], least: float) -> Measured:
    """Precision, recall and coverage where guesses below `least` are not made."""
    kept = [[guess for guess in one.guesses if guess.score >= least] for one in found]
    first = [guesses[0].right for guesses in kept if guesses and guesses[0].right is not None]
    every = [guess.right for guess in chain.from_iterable(kept)]
    judged = [right for right in every if right is not None]
    stated = sum(one.stated for one in found)
    return Measured(
        least, _share(sum(first), len(first)), _share(sum(judged), len(judged)), _share(sum(judged), stated),
        _share(sum(map(bool, kept)), len(kept)), len(judged), len(every) - len(judged),
    )  # fmt: skip


def bands(found: Sequence[Guessed]) -> list[Band]:
    """Whether scores keep their word: in each band, from the lowest threshold up, how many guesses are right."""
    judged = [guess for one in found for guess in one.guesses if guess.right is not None]
    made = []
    for low, high in pairwise((*THRESHOLDS, np.inf)):
        right = [bool(guess.right) for guess in judged if low <= guess.score < high]
        made.append(Band(low, len(right), _share(sum(right), len(right))))
    return made


def left_out(cases: Sequence[Case]) -> list[Guessed]:
    """Guesses for each listing with parameters fitted on the other nine tenths."""
    found: dict[int, Guessed] = {}
    for part in range(PARTS):
        weights = fitted([case for number, case in enumerate(cases) if number % PARTS != part])
        found |= {number: guessed(cases[number], weights) for number in range(part, len(cases), PARTS)}
    return [found[number] for number in range(len(cases))]


@dataclass(frozen=True)
class Workshop:
    """What measuring needs: settings, how feeds are read, where progress is told."""

    settings: Settings
    reader: Reader
    progress: Progress

    def cases(self, sources: Iterable[Source], known: Mapping[str, frozenset[str]] | None = None) -> list[Case]:
        """Listings with known codes. `known` are codes by listing id, all others being wrong; else the feed's own.

        With `known`, every listing is a case, and only codes that stand in it are judged. Raises IndexerError.
        """
        knowledge = knowledge_of(self.settings)
        reads = [self.reader.read(source) for source in sources]
        listings = [enriched(listing, knowledge) for read in reads for listing in read.listings]
        with closing(VectorCache(self.settings.vectors)) as cache:
            embedder = Embedder(self.settings.model, self.settings.centring, cache)
            occupations = inferable_of(self.settings, knowledge)
            embedded = embed_listings(listings, knowledge, embedder, self.progress, occupations)
        return _judged(listings, embedded, known) if known else _stated(listings, embedded)

    def stated(self) -> list[Case]:
        """The catalogue's listings whose feeds give codes."""
        return self.cases(read_sources(self.settings.sources_file, self.settings.fetched))

    def judged(self, folder: Path) -> list[Case]:
        """The documents of a judged collection."""
        known = judgements(folder)
        return self.cases([judged_source(folder.resolve(), self.settings.knowledge_folder)], known)


def _case(listing: Listing, embedded: Embedded, right: frozenset[str], judged: frozenset[str] | None) -> Case:
    known = embedded.profiles
    hidden = listing.model_copy(update={"occupations": ()})
    table = features(signs(hidden, embedded.listings[listing.id], known), known)
    is_right = np.array([code in right for code in known.codes], bool)
    is_judged = np.array([judged is None or code in judged for code in known.codes], bool)
    return Case(table, is_right, is_judged, len(right))


def _stated(listings: Sequence[Listing], embedded: Embedded) -> list[Case]:
    """A code may be of an occupation nothing is known of; then every guess is wrong, as it would be in use."""
    codes = {listing.id: frozenset(link.code for link in listing.occupations) for listing in listings}
    return [_case(one, embedded, codes[one.id], None) for one in listings if codes[one.id]]


def _judged(listings: Sequence[Listing], embedded: Embedded, known: Mapping[str, frozenset[str]]) -> list[Case]:
    judged = frozenset(chain.from_iterable(known.values()))
    return [_case(one, embedded, known.get(one.id, frozenset()), judged) for one in listings]
