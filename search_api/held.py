"""What the service reads of files that operators and loads replace while it runs."""

from dataclasses import dataclass, field

from search_api.occupations.held import HeldFigures
from search_api.titles.held_vectors import HeldVectors


@dataclass(frozen=True, eq=False)
class Held:
    """By default the figures that ship. Without vectors, queries are understood by job titles alone."""

    figures: HeldFigures = field(default_factory=HeldFigures)
    vectors: HeldVectors | None = None
