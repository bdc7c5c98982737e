"""A learned turn of vectors that brings queries nearer to what answers them.

Two square matrices, one for queries and one for what is searched: a centred unit vector `v` becomes `unit(v + v @ M)`.
They were learned from what occupations are called and what they are, for one model and from no judged query; how, and
what they gain, is in docs/relevance.md. Another model is used without.
"""

import hashlib
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import numpy as np
import numpy.typing as npt

from mappings.vectors import Vectors, unit

FILE = Path(__file__).with_name("adapter.npz")
NONE = "none"
# A cosine is wrong by less than 0.001 by this, and the file half as big as in single precision.
STORED = np.float16
DIGEST_LENGTH = 12


@dataclass(frozen=True, eq=False)
class Adapter:
    """`query` and `document` have the shape (dimension, dimension). `model` is the name in the recipe it fits."""

    model: str
    query: Vectors
    document: Vectors

    @cached_property
    def digest(self) -> str:
        """What a recipe calls it: another matrix has another one."""
        parts = (self.query.astype(STORED).tobytes(), self.document.astype(STORED).tobytes())
        return hashlib.sha256(b"".join(parts)).hexdigest()[:DIGEST_LENGTH]


def turned(vectors: Vectors, matrix: Vectors | None) -> Vectors:
    """Unit rows turned by one side of an adapter; as they are without one."""
    return vectors if matrix is None else unit(vectors + vectors @ matrix)


def turned_query(vectors: Vectors, adapter: Adapter | None) -> Vectors:
    """Centred rows on the side of queries, on which names of occupations stand too."""
    return turned(vectors, adapter.query if adapter else None)


def turned_document(vectors: Vectors, adapter: Adapter | None) -> Vectors:
    """Centred rows on the side of what is searched, on which passages of occupations stand too."""
    return turned(vectors, adapter.document if adapter else None)


def write_adapter(path: Path, adapter: Adapter) -> None:
    """Raises OSError."""
    query, document = (matrix.astype(STORED) for matrix in (adapter.query, adapter.document))
    np.savez_compressed(path, allow_pickle=False, model=np.array(adapter.model), query=query, document=document)


def read_adapter(path: Path) -> Adapter:
    """Raises FileNotFoundError, and ValueError unless both matrices are square and of one size."""
    with path.open("rb") as stream, np.load(stream, allow_pickle=False) as file:
        return _checked(str(file["model"]), file["query"], file["document"])


def _checked(model: str, query: npt.NDArray[np.float16], document: npt.NDArray[np.float16]) -> Adapter:
    if query.ndim != 2 or query.shape != document.shape or query.shape[0] != query.shape[1]:
        raise ValueError("an adapter is two square matrices of one size")
    return Adapter(model, query.astype(np.float32), document.astype(np.float32))


@cache
def shipped_adapter() -> Adapter:
    """The one that ships, read once."""
    return read_adapter(FILE)


def adapter_name(model: str) -> str:
    """What the recipe of a model says: the digest of the adapter that was learned for it, or `none`."""
    return shipped_adapter().digest if shipped_adapter().model == model else NONE


def adapter_named(name: str) -> Adapter | None:
    """The adapter that a recipe names; None for `none` and for one that is not shipped."""
    return shipped_adapter() if name == shipped_adapter().digest else None
