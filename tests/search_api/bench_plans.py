"""How long a plan takes: `python -m tests.search_api.bench_plans` prints p50 and p95 of whole requests in milliseconds.

2,600 made-up listings are loaded by the indexer into an index of their own on the engine at OPENSEARCH_URL, which is
kept for the next run (the first embeds them, which takes minutes; --remove drops it); plans are then posted through
Flask's test client. What was loaded is left to itself by the garbage collector, whose walk over it would halt a request
now and then; --collecting leaves it in. Parts of a request are timed by wrapping the functions that do them; the
processor's time is this process's own, without the engine's. Nothing here is a test: times differ from machine to
machine.
"""

import argparse
import gc
import os
import random
import runpy
import statistics
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

from flask.testing import FlaskClient
from opensearchpy import OpenSearch
from ortools.sat.python import cp_model

from mappings.knowledge import knowledge
from search_api.app import create_app
from search_api.engine import Engine
from search_api.plans import model, planner, planning, presenting
from search_api.routes import plans as route
from tests.conftest import ROOT, reader_settings, remove_indices, run_indexer
from tests.search_api.plans.made_catalogue import jobs_by_fame, write_feeds

PREFIX = "bench-plans"
LIMITS: dict[str, dict[str, Any]] = {
    "no limits, not read before": {},
    "no limits": {},
    "budget": {"budget": 800},
    "budget, 30 weeks": {"budget": 800, "weeks": 30},
    "budget, 30 weeks, 10 hours": {"budget": 1500, "weeks": 30, "hours_per_week": 10},
    "20 weeks, 6 hours": {"weeks": 20, "hours_per_week": 6},
    "52 weeks, 8 hours, 3 listings": {"weeks": 52, "hours_per_week": 8, "most": 3},
    "online, English, budget, 40 weeks": {"budget": 2000, "weeks": 40, "delivery": ["online"], "language": ["en"]},
    "nothing fits": {"budget": 1, "weeks": 1, "hours_per_week": 1},
}
# What is timed: the name of a part, and where its function is held.
PARTS: tuple[tuple[str, Any, str], ...] = (
    ("understanding", route, "parsed"),
    ("fetch", Engine, "multi_search"),
    ("placing", planning, "placed"),
    ("reducing", planning, "reduced"),
    ("building", model.PlanModel, "__init__"),
    ("the plan", planning, "best"),
    ("the cheapest", planning, "cheapest"),
    ("the shortest", planning, "shortest"),
    ("all solving", cp_model.CpSolver, "solve"),
    ("what to loosen", planner, "loosenings"),
    ("prerequisites", planner, "with_prerequisites"),
    ("steps in words", presenting.Presenter, "plan"),
    ("why uncovered", planning.Planning, "uncovered"),
)


class Stopwatch:
    """Milliseconds by part, of the request at hand."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = defaultdict(float)

    def timed(self, part: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def timing(*given: Any, **more: Any) -> Any:
            begun = time.perf_counter()
            try:
                return call(*given, **more)
            finally:
                self.spent[part] += (time.perf_counter() - begun) * 1000

        return timing


@contextmanager
def timing() -> Iterator[Stopwatch]:
    watch = Stopwatch()
    patches = [patch.object(place, name, watch.timed(part, getattr(place, name))) for part, place, name in PARTS]
    for one in patches:
        one.start()
    try:
        yield watch
    finally:
        for one in patches:
            one.stop()


def loaded(url: str, encoder: Path, state: Path) -> FlaskClient:
    """The API over the made-up catalogue."""
    with tempfile.TemporaryDirectory() as folder:
        sources = write_feeds(Path(folder), knowledge())
        given = {"OPENSEARCH_URL": url, "EMBEDDING_MODEL": str(encoder), "STATE_DIR": str(state)}
        done = run_indexer("index", "--if-needed", SOURCES=str(sources), INDEX_PREFIX=PREFIX, **given)
    if done.returncode:
        raise SystemExit(done.stdout + done.stderr)
    return create_app(reader_settings(url, encoder, PREFIX, log_level="error")).test_client()


def targets(rounds: int) -> list[str]:
    """Half of the occupations with the most listings, half of any."""
    jobs = [job.code for job in jobs_by_fame(knowledge())]
    chance = random.Random(2)  # noqa: S311 - questions, not secrets
    return [*jobs[: rounds // 2], *chance.sample(jobs[rounds // 2 :], rounds - rounds // 2)]


def percentiles(times: list[float]) -> str:
    ordered = sorted(times)
    return f"p50 {statistics.median(ordered):5.0f}  p95 {ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))]:5.0f}"


def asked(api: FlaskClient, watch: Stopwatch, body: dict[str, Any]) -> tuple[dict[str, float], dict[str, Any]]:
    """Milliseconds by part, the whole request under `request`, and the answer."""
    watch.spent.clear()
    begun, worked = time.perf_counter(), time.process_time()
    response = api.post("/v1/plans", json=body)
    elapsed, work = time.perf_counter() - begun, time.process_time() - worked
    spent = {**watch.spent, "request": elapsed * 1000, "processor": work * 1000}
    if response.status_code != 200:
        raise SystemExit(response.text)
    return spent, response.get_json()


def report(name: str, runs: list[tuple[dict[str, float], dict[str, Any]]]) -> None:
    solvers = [answer["solver"] for _spent, answer in runs]
    proven, gap = sum(x["status"] == "optimal" for x in solvers), max(x["gap"] for x in solvers)
    planned = sum(answer["outcome"]["code"] == "planned" for _spent, answer in runs)
    print(f"{name:36} {percentiles([spent['request'] for spent, _answer in runs])}  most "
          f"{max(spent['request'] for spent, _answer in runs):5.0f}  planned {planned}/{len(runs)}  "
          f"proven {proven}/{len(runs)}  widest gap {gap:.3f}")  # fmt: skip


def collected_as_served() -> None:
    """What was loaded, and what requests make, is left to the collector as the server leaves it."""
    runpy.run_path(str(ROOT / "deploy" / "gunicorn.conf.py"))["when_ready"](None)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=40, help="how many occupations are planned for")
    parser.add_argument("--remove", action="store_true", help="drop the index afterwards")
    parser.add_argument("--collecting", action="store_true", help="let the garbage collector walk over what was loaded")
    arguments = parser.parse_args()
    url = os.environ.get("OPENSEARCH_URL", "http://127.0.0.1:9200")
    encoder = Path(os.environ.get("EMBEDDING_MODEL") or ROOT / ".state" / "encoder")
    api = loaded(url, encoder, Path(os.environ.get("STATE_DIR") or ROOT / ".state") / PREFIX)
    if not arguments.collecting:
        collected_as_served()
    everything: list[dict[str, float]] = []
    with timing() as watch:
        asked(api, watch, {"target": targets(1)[0]})
        for name, limits in LIMITS.items():
            runs = [asked(api, watch, {"target": target, **limits}) for target in targets(arguments.rounds)]
            report(name, runs)
            everything += [spent for spent, _answer in runs]
    for part in ("request", "processor", *(part for part, _place, _name in PARTS)):
        print(f"  {part:14} {percentiles([spent.get(part, 0) for spent in everything])}")
    gc.unfreeze()
    if arguments.remove:
        with OpenSearch(url) as engine:
            remove_indices(engine, PREFIX)


if __name__ == "__main__":
    main()
