"""The listings a plan may hold, as documents of the served index."""

from dataclasses import dataclass

from search_api.engine import Deadline, Engine, ServedIndex
from search_api.plans.documents import Documents, Sources
from search_api.plans.need import Need
from search_api.plans.prerequisites import parts
from search_api.plans.retrieval import candidates_body, ids_of, is_cut, named_body

# A listing that asks for one that asks for another, and so on: deeper than any institution goes.
DEEPEST = 5


@dataclass(frozen=True)
class Catalogue:
    """The listings that teach something needed and those their prerequisites name, as documents by id."""

    served: ServedIndex
    sources: Sources
    cut: bool = False


class Reading:
    """Reads one catalogue of one index. Raises EngineUnavailableError, IndexGoneError."""

    def __init__(self, engine: Engine, documents: Documents, served: ServedIndex, deadline: Deadline) -> None:
        self._engine, self._documents = engine, documents
        self._served, self._deadline = served, deadline

    def catalogue(self, need: Need) -> Catalogue:
        if not need.weights:
            return Catalogue(self._served, {})
        (response,) = self._engine.multi_search(self._served.name, [candidates_body(need.weights)], self._deadline)
        return Catalogue(self._served, self._with_named(self._of(ids_of(response))), is_cut(response))

    def _of(self, identifiers: list[str]) -> Sources:
        return self._documents.of(identifiers, self._engine, self._served, self._deadline)

    def _with_named(self, sources: Sources) -> Sources:
        """With the listings that their prerequisites name, those that these name, and so on."""
        found, news, sought = dict(sources), sources, set[str]()
        for _round in range(DEEPEST):
            names = parts(news.values()) - sought
            if not names:
                break
            (response,) = self._engine.multi_search(self._served.name, [named_body(sorted(names))], self._deadline)
            sought |= names
            news = self._of([identifier for identifier in ids_of(response) if identifier not in found])
            found |= news
        return found
