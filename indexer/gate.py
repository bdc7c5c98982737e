"""What keeps a bad load from being served. Each check raises GateError with its reason."""

import random
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar

import numpy as np

from indexer.failures import GateError
from indexer.golden.comparison import GoldenReport, lost
from mappings.index_body import VECTORS

SAMPLED = 20
ROUNDING = 1e-9  # of a share times a count
VECTOR_TOLERANCE = 1e-6  # a float32 written as decimal and read back

AGAIN = "; load again, for this cannot be overruled"

Document = dict[str, Any]
T = TypeVar("T")


def check_something(listings: int) -> None:
    if not listings:
        raise GateError("refused: there is nothing to load; correct the feeds, for this cannot be overruled")


def shrank(before: int, now: int, limit: float) -> bool:
    """Whether more than that share of the listings is gone."""
    return now < before and before - now > before * limit + ROUNDING


def check_shrink(held: Iterable[tuple[str, int, int, float]]) -> None:
    """Compares listings by source: id, served, coming, limit. What shrank here could not be carried over either."""
    for source, before, now, limit in held:
        if shrank(before, now, limit):
            raise GateError(
                f"refused: {source} would fall from {before} listings to {now}, beyond its limit of {limit:.0%}, for "
                "its served listings are of another contract and cannot all be carried over; look at the report, and "
                f"overrule with FORCE={source} (--force-source {source}) if that is right"
            )


def check_sent(sent: int, stored: int, refused: Sequence[str]) -> None:
    if refused:
        raise GateError(
            f"refused: the engine did not take {len(refused)} of {sent} listings, first {refused[0]}{AGAIN}"
        )
    if stored != sent:
        raise GateError(f"refused: {sent} listings were sent but the index holds {stored}{AGAIN}")


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
            raise GateError(f"refused: {document['id']} differs from what was sent in {field}{AGAIN}")


def golden_losses(report: GoldenReport, limit: float) -> str:
    """The losses beyond the limit by language, in words; empty without. `limit` is a difference of mean nDCG@10."""
    worse = (f"{row.language} {row.loss:.3f} ({row.before:.3f} to {row.after:.3f})" for row in lost(report, limit))
    return " and ".join(worse)


def check_golden(report: GoldenReport, limit: float) -> None:
    """Compares golden queries by language, before and after."""
    worse = golden_losses(report, limit)
    if worse:
        raise GateError(
            f"refused: golden queries lost more nDCG@10 than GOLDEN_LOSS={limit:g}: {worse}; "
            "look at the report, and overrule with FORCE=all (--force) if that is right"
        )
