"""`make test` and `make lint`."""

import os
from collections.abc import Sequence

from deploy.environment import ensure_environment, ensure_model
from deploy.lock import held
from deploy.node import start_node, stop_node
from deploy.process import Foreground, foreground
from deploy.progress import complain, say
from deploy.readiness import check
from deploy.settings import Settings, server_environment, service_environment
from deploy.signals import uninterrupted

COVERAGE = ("--cov", "--cov-report=term-missing:skip-covered")
# Each has a model of half a gigabyte, and all share one engine.
FEWEST_PROCESSES, MOST_PROCESSES = 2, 6
# A file's tests stay together, so that what they share is made once.
DISTRIBUTION = ("--dist", "loadfile", "--no-loadscope-reorder")
LINTERS = (("ruff", "format", "--check"), ("ruff", "check"), ("mypy",))


def pytest_arguments(arguments: Sequence[str], *, coverage: bool) -> list[str]:
    """A part of the tests cannot reach the coverage floor, so it is not measured then."""
    processes = min(max(os.cpu_count() or 1, FEWEST_PROCESSES), MOST_PROCESSES)
    whole = ["-n", str(processes), *DISTRIBUTION, *(COVERAGE if coverage else ())]
    return list(arguments) if arguments else whole


def run_tests(settings: Settings, arguments: Sequence[str]) -> int:
    """The exit status of pytest. The node it starts is its own, so a running service is not disturbed.

    The node's data stays for the next session, which may then spare itself loading the sample catalogue.
    """
    tests = settings.for_tests()
    check(tests)
    with held(tests.state / "test.lock", "another `make test` of this checkout"):
        python = ensure_environment(settings, "dev")
        ensure_model(settings, python)
        told = {"INDEX_PREFIX": "test", "COVERAGE_FILE": str(tests.state / "coverage")}
        command = [str(python), "-m", "pytest", *pytest_arguments(arguments, coverage=settings.coverage)]
        running = Foreground(command, settings.root)

        def begin(url: str) -> None:
            """Python's libraries and the node both take their ten seconds; the tests wait for the node themselves."""
            running.begin({**server_environment(tests, url), **told})

        try:
            if settings.engine_url:
                begin(settings.engine_url)
            else:
                start_node(tests, meanwhile=begin)
            return running.status()
        finally:
            with uninterrupted():
                running.end()
                if not settings.engine_url:
                    stop_node(tests)


def run_linters(settings: Settings) -> int:
    """1 when any of them objects; all are heard."""
    python = ensure_environment(settings, "dev")
    failed = []
    for linter in LINTERS:
        say(f"  {' '.join(linter)}")
        if foreground([str(python), "-m", *linter], service_environment(settings, ""), settings.root):
            failed.append(linter[0])
    if failed:
        complain(
            f"{' and '.join(dict.fromkeys(failed))} found something, see above; `make format` puts the form right."
        )
    return 1 if failed else 0


def format_code(settings: Settings) -> int:
    python = ensure_environment(settings, "dev")
    environment = service_environment(settings, "")
    statuses = [
        foreground([str(python), "-m", "ruff", *what], environment, settings.root)
        for what in (("format",), ("check", "--fix"))
    ]
    return max(statuses)
