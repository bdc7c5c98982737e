"""How fetching fails: for good, as any feed does, or for now."""

from indexer.failures import SourceError
from indexer.rules import Problem


class PassingError(SourceError):
    """A failure that may pass. `after`: seconds the server asked to wait before the next try."""

    def __init__(self, problem: Problem, after: float | None = None) -> None:
        super().__init__(problem)
        self.after = after
