"""What in a listing speaks for an occupation: where it is named, what both share, how alike they are in meaning."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from indexer.profiles import Profiles
from indexer.terms import Passage, passages_of
from mappings.contract import Language
from mappings.listing import Evidence, Find, Listing, SharedTerm
from mappings.vectors import Vectors

MOST_FINDS = 3  # kept of one occupation; the first are the surest
Matrix = npt.NDArray[np.float64]
# The columns of `features`, in their order.
FEATURES = ("likeness", "behind_the_nearest", "named_in_title", "named_in_text", "shared_terms", "terms_unknown")


@dataclass(frozen=True)
class Signs:
    """Of one listing, by row of the profiles. `likeness` is a cosine for each, shape (occupations,)."""

    likeness: Vectors
    named: Mapping[int, list[Find]]
    shared: Mapping[int, list[SharedTerm]]

    def evidence(self, row: int) -> Evidence:
        """What to tell of one occupation; the most telling terms and the surest finds first."""
        shared = sorted(self.shared.get(row, ()), key=lambda term: (-term.weight, term.id))
        found = self.named.get(row, [])[:MOST_FINDS]
        # Rounding of unit vectors may leave a cosine a hair above one.
        likeness = round(float(np.clip(self.likeness[row], -1, 1)), 3)
        return Evidence(named=tuple(found), shared=tuple(shared), likeness=likeness)


def likeness(vectors: Mapping[Language, Vectors], known: Profiles) -> Vectors:
    """Cosine with each occupation, the mean over the listing's languages. Shape (occupations,)."""
    each = [known.vectors[language] @ vector for language, vector in vectors.items() if len(known.codes)]
    if not each:
        return np.zeros(len(known.codes), np.float32)
    mean: Vectors = np.mean(each, axis=0)
    return mean


def _within(find: Find, other: Find) -> bool:
    """Whether it is a part of the other: "technician" where "dental laboratory technician" is named."""
    longer = other.end - other.start > find.end - find.start
    return longer and other.start <= find.start and find.end <= other.end


def _occupations(passage: Passage, known: Profiles) -> list[tuple[str, Find]]:
    """Codes of the occupations named in a passage and where, a name that is part of a longer one left out."""
    hits = [hit for phrases in known.inferable.phrases for hit in passage.hits(phrases)]
    named = [(target.id, find) for target, find in hits if target.kind == "occupation"]
    return [one for one in named if not any(_within(one[1], other) for _, other in named)]


def named(listing: Listing, known: Profiles) -> dict[int, list[Find]]:
    """Where occupations are named: titles first, then what stands below them."""
    found: dict[int, list[Find]] = defaultdict(list)
    for passage in sorted(passages_of(listing), key=lambda one: one.field != "title"):
        for code, find in _occupations(passage, known):
            found[known.row[code]].append(find)
    return dict(found)


def shared(listing: Listing, known: Profiles) -> dict[int, list[SharedTerm]]:
    """Skills and tools of the listing that occupations use, each with how telling it is."""
    found: dict[int, list[SharedTerm]] = defaultdict(list)
    for identifier in sorted({term.id for term in (*listing.skills, *listing.tools)} & known.users.keys()):
        term = SharedTerm(id=identifier, weight=round(known.weights[identifier], 3))
        for row in known.users[identifier]:
            found[row].append(term)
    return dict(found)


def signs(listing: Listing, vectors: Mapping[Language, Vectors], known: Profiles) -> Signs:
    return Signs(likeness(vectors, known), named(listing, known), shared(listing, known))


def features(found: Signs, known: Profiles) -> Matrix:
    """The same as numbers, a row for each occupation. Shape (occupations, 6), columns as FEATURES says.

    Terms count with the logarithm of one more than their weights together: the tenth says less than the first.
    """
    table = np.zeros((len(known.codes), len(FEATURES)))
    table[:, 0] = found.likeness
    table[:, 1] = found.likeness - found.likeness.max(initial=-1.0)
    for row, finds in found.named.items():
        table[row, 2 if finds[0].field == "title" else 3] = 1
    for row, terms in found.shared.items():
        table[row, 4] = np.log1p(sum(term.weight for term in terms))
    table[:, 5] = ~known.listed
    return table
