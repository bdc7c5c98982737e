"""What keeps a bad load from being served. Each check raises GateError with its reason."""

import random
from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

import numpy as np

from indexer.failures import GateError
from indexer.golden.comparison import GoldenReport, lost
from mappings.index_body import VECTORS

SHRINK_LIMIT = 0.5  # share of its served listings below which a source must not fall unasked
SAMPLED = 20
VECTOR_TOLERANCE = 1e-6  # a float32 written as decimal and read back

Document = dict[str, Any]
T = TypeVar("T")


def check_something(listings: int) -> None:
    if not listings:
        raise GateError("refused: there is nothing to load")


def check_shrink(served: Mapping[str, int], counts: Mapping[str, int]) -> None:
    """Compares listings by source. A source that is no longer in the list of sources was taken out on purpose."""
    for source, before in served.items():
        now = counts.get(source, before)
        if now < before * SHRINK_LIMIT:
            raise GateError(
                f"refused: {source} shrank from {before} listings to {now}, by more than half; "
                "look at the report, and load with --force if that is right"
            )


def check_sent(sent: int, stored: int, refused: Sequence[str]) -> None:
    if refused:
        raise GateError(f"refused: the engine did not take {len(refused)} of {sent} listings, first {refused[0]}")
    if stored != sent:
        raise GateError(f"refused: {sent} listings were sent but the index holds {stored}")


def sampled(items: Sequence[T], seed: str) -> list[T]:
    """Some of the items, the same for the same seed."""
    return random.Random(seed).sample(items, min(SAMPLED, len(items)))  # noqa: S311 - a sample, no secret


def difference(sent: Document, stored: Document | None) -> str | None:
    """The first field that differs, or None."""
    if stored is None:
        return "all of it"
    names = sorted(sent.keys() | stored.keys())
    return next((name for name in names if not _same(name, sent.get(name), stored.get(name))), None)


def _same(name: str, sent: Any, stored: Any) -> bool:
    if name in VECTORS and sent is not None and stored is not None:
        return len(sent) == len(stored) and bool(np.allclose(sent, stored, rtol=0, atol=VECTOR_TOLERANCE))
    return bool(sent == stored)


def check_sample(sent: Sequence[Document], stored: Mapping[str, Document]) -> None:
    for document in sent:
        field = difference(document, stored.get(document["id"]))
        if field:
            raise GateError(f"refused: {document['id']} differs from what was sent in {field}")


def check_golden(report: GoldenReport, limit: float) -> None:
    """Compares golden queries by language, before and after. `limit` is a difference of mean nDCG@10."""
    worse = [f"{row.language} {row.loss:.3f} ({row.before:.3f} to {row.after:.3f})" for row in lost(report, limit)]
    if worse:
        raise GateError(
            f"refused: golden queries lost more nDCG@10 than GOLDEN_LOSS={limit:g}: {' and '.join(worse)}; "
            "look at the report, and load with --force if that is right"
        )
