"""What can stop the indexer, in words for the person at the terminal."""

from indexer.rules import Problem


class IndexerError(RuntimeError):
    """Something a person must put right; the message is one sentence."""


class GateError(IndexerError):
    """A load that must not be served; the message says why, and whether and how that is overruled."""


class SourceError(Exception):
    """A feed that cannot be read at all. The other feeds go on."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.in_language("en"))
        self.problem = problem
