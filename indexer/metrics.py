"""What monitoring reads of loads: a text file for Prometheus' node exporter, replaced as a whole by each run.

Each index prefix has a file of its own, and its name stands in every row: the exporter reads all files of a folder, and
of two that say the same it takes neither.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from prometheus_client import CollectorRegistry, write_to_textfile
from prometheus_client.metrics_core import GaugeMetricFamily, Metric
from prometheus_client.parser import text_string_to_metric_families
from prometheus_client.registry import Collector

from indexer.report import RunReport, SourceReport

FOLDER, FILE = "metrics", "indexer-{prefix}.prom"
# As it was called before each prefix had its own; what it says would never be said anew.
ONE_FOR_ALL = "indexer.prom"
PREFIX = "micro_credentials_indexer_"
BY_PREFIX = ("prefix",)
BY_SOURCE = (*BY_PREFIX, "institution", "source")
# Gauge -> what it says. Those that begin with `source_` have one row a source.
GAUGES = {
    "last_run_timestamp_seconds": "When the last load began.",
    "last_run_duration_seconds": "How long the last load took.",
    "last_exit_code": "How the last load ended: 0 loaded, 1 with stale or missing sources, 2 refused, 3 failed.",
    "last_load_timestamp_seconds": "When the last load that was served began.",
    "listings": "Listings served after the last load.",
    "overruled": "What of the gate was overruled for the last load.",
    "source_listings": "Listings served of the source.",
    "source_quarantined": "Rows of its feed that were held back.",
    "source_with_warnings": "Rows of its feed that were taken with warnings.",
    "source_stale": "1 where an earlier feed is served, or none.",
    "source_read_timestamp_seconds": "When its feed was last read well.",
    "source_duration_seconds": "How long reading its feed took.",
}


@dataclass(frozen=True)
class Ending:
    """A load's prefix, beginning, length in seconds, exit code, and its report when something new is served."""

    prefix: str
    started: dt.datetime
    seconds: float
    code: int
    report: RunReport | None = None


def metrics_file(state: Path, prefix: str) -> Path:
    return state / FOLDER / FILE.format(prefix=prefix)


def _values(ending: Ending) -> dict[str, float]:
    started = ending.started.timestamp()
    of_run = {"last_run_timestamp_seconds": started, "last_run_duration_seconds": ending.seconds}
    found: dict[str, float] = {**of_run, "last_exit_code": ending.code}
    if ending.report:
        overruled = len(ending.report.overruled)
        found |= {"last_load_timestamp_seconds": started, "listings": ending.report.listings, "overruled": overruled}
    return found


def _source_values(one: SourceReport, report: RunReport) -> dict[str, float]:
    read_at = report.started if one.status == "read" else one.read_at
    found: dict[str, float] = {
        "source_listings": one.carried if one.status != "read" else one.good + one.with_warnings,
        "source_stale": one.failure is not None or one.stale_since is not None,
    }
    if read_at:
        found["source_read_timestamp_seconds"] = read_at.timestamp()
    if one.status == "untouched":
        return found
    counts = {"source_quarantined": one.quarantined, "source_with_warnings": one.with_warnings}
    return found | counts | {"source_duration_seconds": one.seconds}


def _families(ending: Ending) -> dict[str, Metric]:
    """By full name."""
    found: dict[str, Metric] = {}
    for name, value in _values(ending).items():
        found[PREFIX + name] = GaugeMetricFamily(PREFIX + name, GAUGES[name], labels=BY_PREFIX)
        found[PREFIX + name].add_sample(PREFIX + name, {"prefix": ending.prefix}, value)
    for one in ending.report.sources if ending.report else ():
        for name, value in _source_values(one, ending.report).items() if ending.report else ():
            family = GaugeMetricFamily(PREFIX + name, GAUGES[name], labels=BY_SOURCE)
            found.setdefault(family.name, family).add_sample(
                family.name, {"prefix": ending.prefix, "institution": one.institution, "source": one.id}, value
            )
    return found


def _earlier(file: Path) -> dict[str, Metric]:
    """What the file says now; nothing where it is absent or was damaged."""
    try:
        return {one.name: one for one in text_string_to_metric_families(file.read_text(encoding="utf-8"))}
    except (OSError, ValueError):
        return {}


class _Told(Collector):
    def __init__(self, families: dict[str, Metric]) -> None:
        self._families = families

    def collect(self) -> Iterator[Metric]:
        yield from self._families.values()


def write_metrics(state: Path, ending: Ending) -> Path:
    """What a run that served nothing does not know stays as it was said before. Raises OSError."""
    file = metrics_file(state, ending.prefix)
    file.parent.mkdir(parents=True, exist_ok=True)
    registry = CollectorRegistry()
    registry.register(_Told({**_earlier(file), **_families(ending)}))
    write_to_textfile(str(file), registry)
    file.with_name(ONE_FOR_ALL).unlink(missing_ok=True)
    return file
