"""The commands behind the Makefile's targets."""

import argparse
import os
from collections.abc import Callable, Sequence
from typing import NamedTuple

from deploy.checks import format_code, run_linters, run_tests
from deploy.clean import clean
from deploy.environment import Kind, ensure_environment, ensure_model
from deploy.failure import DeployError, Interrupted
from deploy.node import running_url, start_node, stop_node
from deploy.owner import is_root
from deploy.process import foreground
from deploy.progress import complain, say
from deploy.readiness import Ready, check, make_state, ready
from deploy.run import engine_mark, run, stop
from deploy.settings import SettingError, Settings, read_settings, service_environment
from deploy.signals import listen

Command = Callable[[Settings, Sequence[str]], int]


class Errand(NamedTuple):
    """A module run in the environment, and what it wants besides."""

    module: tuple[str, ...]
    kind: Kind = "run"
    engine: bool = True
    model: bool = True


ERRANDS = {
    "index": Errand(("indexer", "index")),
    "index-dry-run": Errand(("indexer", "dry-run")),
    "rollback": Errand(("indexer", "rollback"), model=False),
    "history": Errand(("indexer", "history"), model=False),
    "prune": Errand(("indexer", "prune"), model=False),
    "snapshot": Errand(("indexer", "snapshot"), model=False),
    "restore": Errand(("indexer", "restore"), model=False),
    "report": Errand(("indexer", "report"), engine=False),
    "template": Errand(("indexer", "template"), engine=False),
    "map-init": Errand(("indexer", "map-init"), engine=False),
    "map-check": Errand(("indexer", "map-check"), engine=False),
    "occupations": Errand(("indexer", "occupations"), engine=False),
    "relevance": Errand(("tests.relevance",), kind="dev"),
    "relevance-compare": Errand(("tests.relevance.compare",), kind="dev", engine=False),
    "trace": Errand(("search_api.trace",)),
    "usage": Errand(("search_api.usage.report",), engine=False),
}

LOADS = ("index", "index-dry-run")


def _prepared(settings: Settings, errand: Errand) -> Ready:
    if not errand.engine:
        return Ready(ensure_environment(settings, errand.kind), settings.engine_url or "", engine_started=False)
    check(settings)
    return ready(settings, errand.kind, model=errand.model)


def do_errand(settings: Settings, errand: Errand, arguments: Sequence[str]) -> int:
    """The module's exit status. A node started for it keeps running, for the next errand will want it too."""
    prepared = _prepared(settings, errand)
    command = [str(prepared.python), "-m", *errand.module, *arguments]
    status = foreground(command, service_environment(settings, prepared.engine_url), settings.root)
    if prepared.engine_started:
        say("OpenSearch keeps running; `make engine-stop` ends it.")
    return status


def run_preflight(settings: Settings, _arguments: Sequence[str]) -> int:
    check(settings, serves=True)
    say("Everything that is needed is there.")
    return 0


def make_environment(settings: Settings, arguments: Sequence[str]) -> int:
    ensure_environment(settings, "dev" if "dev" in arguments else "run")
    return 0


def make_encoder(settings: Settings, _arguments: Sequence[str]) -> int:
    ensure_model(settings, ensure_environment(settings))
    return 0


def engine_start(settings: Settings, _arguments: Sequence[str]) -> int:
    if settings.engine_url:
        say("OPENSEARCH_URL is set: that cluster is used and no node is started.")
        return 0
    if running_url(settings) is None:
        check(settings)
    node = start_node(settings)
    # Asked for by itself, it is no longer the run's to end.
    engine_mark(settings).unlink(missing_ok=True)
    say(f"OpenSearch {'is up' if node.started_now else 'was up already'}: {node.url}")
    return 0


def engine_stop(settings: Settings, _arguments: Sequence[str]) -> int:
    say("OpenSearch was stopped." if stop_node(settings) else "OpenSearch was not running.")
    return 0


def stop_run(settings: Settings, _arguments: Sequence[str]) -> int:
    say("Stopped." if stop(settings) else "Nothing was running.")
    if not settings.engine_url and running_url(settings) is not None:
        say("OpenSearch, started by itself, keeps running; `make engine-stop` ends it.")
    return 0


COMMANDS: dict[str, Command] = {
    "preflight": run_preflight,
    "environment": make_environment,
    "encoder": make_encoder,
    "engine-start": engine_start,
    "engine-stop": engine_stop,
    "run": lambda settings, _arguments: run(settings),
    "stop": stop_run,
    "test": run_tests,
    "lint": lambda settings, _arguments: run_linters(settings),
    "format": lambda settings, _arguments: format_code(settings),
    "clean": lambda settings, _arguments: clean(settings),
}


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(prog="python3 -m deploy", description=__doc__)
    top.add_argument("command", choices=[*COMMANDS, *ERRANDS], metavar="COMMAND", help=", ".join([*COMMANDS, *ERRANDS]))
    top.add_argument("arguments", nargs=argparse.REMAINDER, help="handed on to pytest, the indexer or the evaluator")
    return top


def dispatch(settings: Settings, command: str, arguments: Sequence[str]) -> int:
    if command != "clean":
        make_state(settings)
    if command in ERRANDS:
        return do_errand(settings, ERRANDS[command], arguments)
    return COMMANDS[command](settings, arguments)


def _failed(command: str) -> int:
    return 3 if command in LOADS else 1


def main(argv: Sequence[str]) -> int:
    """Exit status: 0 done, 1 failed with a sentence, 130 stopped on request; of loads what the indexer says.

    For loads 1 means that something was loaded, so that one that never began ends with 3.
    """
    given = parser().parse_args(list(argv))
    listen()
    if is_root():
        # The engine's user must be able to read what root unpacks and configures for it.
        os.umask(0o022)
    try:
        return dispatch(read_settings(), given.command, given.arguments)
    except (DeployError, SettingError) as error:
        complain(str(error))
        return _failed(given.command)
    except OSError as error:
        complain(f"{error}; free it, correct its owner, or set STATE_DIR to another folder.")
        return _failed(given.command)
    except Interrupted:
        say("\nStopped.")
        return 130
