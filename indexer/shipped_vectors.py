"""Vectors of texts that ship with this project, so that a first load has only listings to encode.

Made by `python -m indexer.shipment` for the default model. A text that was changed since, or another model, is encoded
as if there were no such file.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from mappings.vectors import Vectors, unit

FILE = Path(__file__).with_name("shipped_vectors.npz")
# Bytes kept of a key. A feed can hold no other text of the same key: to find one takes some 2^114 attempts.
KEY = 16
# Numbers are stored as steps of this share of the largest in their row. Over all these texts that moves a cosine of
# centred vectors by .0008 on average and by .005 at most; in half precision the file would be twice as big.
STEPS = 127

Bytes = npt.NDArray[np.uint8]
Steps = npt.NDArray[np.int8]


@dataclass(frozen=True, eq=False)
class ShippedVectors:
    """`rows` says at which row of `steps`, shape (texts, dimension), the vector of a key is."""

    model: str
    rows: dict[bytes, int]
    steps: Steps

    def dimension(self, model: str) -> int | None:
        """None for a model these are not of."""
        return self.steps.shape[1] if model == self.model else None

    def __contains__(self, key: bytes) -> bool:
        return key[:KEY] in self.rows

    def get(self, keys: Sequence[bytes]) -> dict[bytes, Vectors]:
        """The raw unit vectors that are there, by key."""
        found = {key: self.rows[key[:KEY]] for key in keys if key[:KEY] in self.rows}
        return dict(zip(found, unit(self.steps[list(found.values())].astype(np.float32)), strict=True)) if found else {}


def write_shipped_vectors(path: Path, model: str, keys: Sequence[bytes], vectors: Vectors) -> None:
    """One row of `vectors` for each key. Raises OSError."""
    largest = np.abs(vectors).max(axis=1, keepdims=True)
    steps = np.round(vectors / largest * STEPS).astype(np.int8)
    marks = np.array([list(key[:KEY]) for key in keys], np.uint8)
    np.savez_compressed(path, allow_pickle=False, model=np.array(model), keys=marks, steps=steps)


def read_shipped_vectors(path: Path) -> ShippedVectors:
    """Raises FileNotFoundError, and ValueError unless there is one row for each key."""
    with path.open("rb") as stream, np.load(stream, allow_pickle=False) as file:
        return _checked(str(file["model"]), file["keys"], file["steps"])


def _checked(model: str, keys: Bytes, steps: Steps) -> ShippedVectors:
    rows = {key.tobytes(): row for row, key in enumerate(keys)}
    if steps.ndim != 2 or len(rows) != len(steps):
        raise ValueError("shipped vectors are one row for each key")
    return ShippedVectors(model, rows, steps)


NOTHING = ShippedVectors("", {}, np.empty((0, 0), np.int8))


@cache
def shipped_vectors() -> ShippedVectors:
    """Those that ship, read once."""
    return read_shipped_vectors(FILE)
