"""The counters: what each counts, its labels, and what one answer or one click adds."""

from collections import Counter
from collections.abc import Mapping
from typing import Any, Literal, NamedTuple

from mappings.contract import Language

Surface = Literal["page", "api"]
SEARCHES = "searches"
WITHOUT_RESULT = "searches_without_result"
UNSUITABLE = "searches_unsuitable"
DEGRADED = "searches_degraded"
IMPRESSIONS = "impressions"
CLICKS = "clicks_out"
# Each rank of a first page's upper half by itself; nobody tells the ranks below apart.
SINGLE_RANKS = 10
BANDS = ((20, "11-20"), (50, "21-50"), (100, "51-100"))
BEYOND, UNRANKED = "101+", "none"


class Metric(NamedTuple):
    """What operators are told of one counter."""

    meaning: str
    ranked: bool = False


METRICS = {
    SEARCHES: Metric("Searches answered, browsing without words included."),
    WITHOUT_RESULT: Metric("Searches that found nothing."),
    UNSUITABLE: Metric("Searches with words that found nothing like what was asked for, only the nearest listings."),
    DEGRADED: Metric("Searches answered without the search by meaning."),
    IMPRESSIONS: Metric("Listings shown in answers to searches, by rank.", ranked=True),
    CLICKS: Metric("Visits to a listing's page at its institution, by the rank it was found at.", ranked=True),
}


class Count(NamedTuple):
    """One counter with its labels; `rank` is empty where it has none."""

    name: str
    surface: str
    language: str
    rank: str = ""


Counts = Counter[Count]


def rank_band(rank: int | None) -> str:
    """The label of a rank that counts from 1; of None, for a listing that was not come to through a search."""
    if rank is None:
        return UNRANKED
    if rank <= SINGLE_RANKS:
        return str(rank)
    return next((label for last, label in BANDS if rank <= last), BEYOND)


def first_rank(answer: Mapping[str, Any]) -> int:
    """The rank of the first listing on an answer's page."""
    rank: int = (answer["page"] - 1) * answer["per_page"] + 1
    return rank


def is_unsuitable(answer: Mapping[str, Any]) -> bool:
    """Whether listings were found, none of which is what was asked for."""
    return answer["total"] > 0 and not answer["suitable"]


def counts_of_search(answer: Mapping[str, Any], surface: Surface, language: Language) -> Counts:
    happened = {
        SEARCHES: True,
        WITHOUT_RESULT: answer["total"] == 0,
        UNSUITABLE: is_unsuitable(answer),
        DEGRADED: bool(answer["degraded"]),
    }
    counts = Counter(Count(name, surface, language) for name, true in happened.items() if true)
    ranks = range(first_rank(answer), first_rank(answer) + len(answer["hits"]))
    counts.update(Count(IMPRESSIONS, surface, language, rank_band(rank)) for rank in ranks)
    return counts


def count_of_click(surface: Surface, language: Language, rank: int | None) -> Count:
    return Count(CLICKS, surface, language, rank_band(rank))
