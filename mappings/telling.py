"""How telling a skill or tool is of the occupations that use it."""

import math
from collections import Counter
from collections.abc import Mapping

from mappings.occupation import Occupation


def terms_of(occupation: Occupation) -> frozenset[str]:
    return frozenset((*occupation.skills, *occupation.tools))


def telling(occupations: Mapping[str, Occupation]) -> dict[str, float]:
    """Vocabulary ids with ln(N / n) / ln(N): 1 for a term that one of N occupations uses, 0 for one that all do.

    Inverse document frequency (Spärck Jones, 1972), with occupations for documents.
    """
    uses = Counter(term for occupation in occupations.values() for term in terms_of(occupation))
    whole = math.log(max(len(occupations), 2))
    return {term: math.log(len(occupations) / count) / whole for term, count in uses.items()}
