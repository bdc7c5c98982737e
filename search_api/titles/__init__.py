"""Job titles understood: which occupations of the National Occupational Classification a text may name."""

from search_api.titles.candidate import Basis, Candidate, Candidates, is_ambiguous
from search_api.titles.index import TitleIndex
from search_api.titles.rows import all_titles, group_titles, known_titles, other_titles

__all__ = [
    "Basis",
    "Candidate",
    "Candidates",
    "TitleIndex",
    "all_titles",
    "group_titles",
    "is_ambiguous",
    "known_titles",
    "other_titles",
]
