"""The counters in the text format that Prometheus and its like read."""

from collections.abc import Iterator

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily
from prometheus_client.registry import Collector

from search_api.usage.counts import METRICS, Counts

CONTENT_TYPE = CONTENT_TYPE_LATEST
PREFIX = "micro_credentials"
LABELS = ("surface", "language", "rank")


class _Counted(Collector):
    """One family for each counter, also of those that count nothing yet."""

    def __init__(self, totals: Counts) -> None:
        self._totals = totals

    def collect(self) -> Iterator[CounterMetricFamily]:
        for name, metric in METRICS.items():
            labels = LABELS if metric.ranked else LABELS[:-1]
            family = CounterMetricFamily(f"{PREFIX}_{name}", metric.meaning, labels=labels)
            for count, number in sorted(self._totals.items()):
                if count.name == name:
                    family.add_metric([getattr(count, label) for label in labels], number)
            yield family


def exposition(totals: Counts) -> bytes:
    """Text in UTF-8, of `CONTENT_TYPE`."""
    registry = CollectorRegistry()
    registry.register(_Counted(totals))
    return generate_latest(registry)
