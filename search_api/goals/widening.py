"""What a goal adds to what matches: listings that teach enough of what one occupation needs."""

from search_api.goals.goal import Aim, Need
from search_api.understanding import LEAST_TELLING

# The engine takes 1,024 clauses a query, of which each term costs two (see legs.MOST_CLAUSES).
MOST_TERMS = 12


def _telling(need: Need) -> list[str]:
    """A `Need` has the most telling first."""
    return [term for term, weight in need.terms.items() if weight >= LEAST_TELLING]


def widening(aim: Aim | None) -> list[list[str]]:
    """Vocabulary ids by occupation: a listing that teaches several of one group joins. None for other words' goals."""
    if aim is None or not aim.widens:
        return []
    each = MOST_TERMS // max(len(aim.needs), 1)
    return [_telling(need)[:each] for need in aim.needs]
