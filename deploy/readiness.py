"""What every command needs before it can do its work, in the order it is made."""

import os
from pathlib import Path
from typing import NamedTuple

from deploy.distribution import engine_version
from deploy.engine_home import engine_home
from deploy.environment import Kind, ensure_environment, ensure_model, python_of
from deploy.failure import DeployError
from deploy.node import Meanwhile, nothing, running_url, start_node
from deploy.preflight import Machine, problems
from deploy.progress import say
from deploy.settings import Settings
from deploy.web import is_free

CACHE_TAG = "CACHEDIR.TAG"
# The first line is what backup programmes look for.
CACHE_TAG_TEXT = """\
Signature: 8a477f597d28d172789f06886806bc55
# Made by `make run` and its siblings of the micro-credential discovery service; `make clean` removes this folder.
"""


class Ready(NamedTuple):
    python: Path
    engine_url: str
    engine_started: bool


def make_state(settings: Settings) -> None:
    """The state folder, tagged as ours only when it was made here: what `make clean` may remove whole."""
    if not settings.state.exists():
        settings.state.mkdir(mode=0o755, parents=True)
        (settings.state / CACHE_TAG).write_text(CACHE_TAG_TEXT, encoding="ascii")


def state_is_ours(settings: Settings) -> bool:
    tag = settings.state / CACHE_TAG
    return settings.state == settings.root / ".state" or (
        tag.is_file() and tag.read_text(errors="replace") == CACHE_TAG_TEXT
    )


def machine(settings: Settings) -> Machine:
    return Machine(
        environment=python_of(settings).exists(),
        engine=(engine_home(settings).distributions / engine_version()).is_dir(),
        model=not settings.model_is_ours or Path(settings.model).is_dir(),
        node_is_up=running_url(settings) is not None,
    )


def port_problem(settings: Settings) -> str | None:
    """Whether the server may listen where it should."""
    host = "127.0.0.1" if settings.host == "localhost" else settings.host
    try:
        if is_free(settings.port, host):
            return None
    except PermissionError:
        return f"Port {settings.port} is reserved for root; choose one above 1023, for instance `make run PORT=8000`."
    except OSError as error:
        return f"HOST={settings.host} is no address of this machine ({error.strerror}); leave it out or correct it."
    free = settings.port + 10 if settings.port < 65000 else 8010
    return f"Port {settings.port} is in use by another programme; choose another, for instance `make run PORT={free}`."


def check(settings: Settings, serves: bool = False) -> None:
    """Raises DeployError with a line for each thing that stands in the way."""
    found = problems(settings, machine(settings), os.environ)
    taken = port_problem(settings) if serves else None
    if taken is not None:
        found.append(taken)
    if found:
        raise DeployError("\nerror: ".join(found))


def ready(settings: Settings, kind: Kind = "run", *, model: bool = True, meanwhile: Meanwhile = nothing) -> Ready:
    """Environment, model and engine, each made if need be; `meanwhile` as for start_node. Raises DeployError."""
    python = ensure_environment(settings, kind)
    if model:
        ensure_model(settings, python)
    if settings.engine_url:
        meanwhile(settings.engine_url)
        return Ready(python, settings.engine_url, engine_started=False)
    node = start_node(settings, meanwhile)
    say(f"  OpenSearch: {node.url}" + ("" if node.started_now else " (was running)"))
    return Ready(python, node.url, node.started_now)
