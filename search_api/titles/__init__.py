"""Job titles understood: which occupations of the National Occupational Classification a text may name."""

from search_api.titles.candidate import Basis, Candidate, Candidates, is_ambiguous
from search_api.titles.index import TitleIndex
from search_api.titles.rows import known_titles, reference_titles

__all__ = ["Basis", "Candidate", "Candidates", "TitleIndex", "is_ambiguous", "known_titles", "reference_titles"]
