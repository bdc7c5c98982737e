"""How a command ended, for whoever started it: cron, systemd, Kubernetes, make."""

from indexer.failures import GateError
from indexer.report import RunReport

LOADED = 0
# Some source is served as an earlier feed had it, or not at all.
LOADED_IN_PART = 1
REFUSED = 2
FAILED = 3


class EndedError(Exception):
    """A command that did what it could and ends with another code than 0; everything was said."""

    def __init__(self, code: int) -> None:
        super().__init__(f"exit code {code}")
        self.code = code


def code_of(report: RunReport) -> int:
    """Of a run that was not stopped: what a dry run would load counts as loaded."""
    return LOADED if report.is_whole else LOADED_IN_PART


def code_of_error(error: BaseException) -> int:
    if isinstance(error, EndedError):
        return error.code
    return REFUSED if isinstance(error, GateError) else FAILED
