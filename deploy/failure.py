"""The one way anything here fails: a sentence that tells the operator what to do."""


class DeployError(RuntimeError):
    """The message is what is printed; exit code 1."""


class Interrupted(KeyboardInterrupt):
    """Someone asked to stop by a signal: Ctrl-C, SIGTERM or a closed terminal."""

    def __init__(self, by):  # type: (int) -> None
        super().__init__(by)
        self.by = by
