"""The occupations as vectors, in a file that the writer makes and the reader holds queries against.

A row is the passage of one occupation in one language: its names, what it is about, what is done in it; and, apart from
these, one of its everyday names, encoded as a query. Vectors are raw unit vectors: how they are centred is the reader's
business.
"""

import io
import os
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from mappings.contract import LANGUAGES, Language
from mappings.fingerprint import digest
from mappings.vectors import Vectors

# Its name in the state folder.
FILE = "occupation_vectors.npz"
# What decides the raw vectors. How they are centred does not, so indices that differ in that share the file.
DECIDING = ("model", "dimension", "query_prefix", "passage_prefix", "lower_case_queries", "max_tokens")
# A cosine is wrong by less than 0.001 by this, and the file half as big as in single precision.
STORED = np.float16
# Rounding of 384 numbers moves a length by less.
NEARLY_ONE = 0.01


class OccupationVectorsError(ValueError):
    """The file is none of ours, or damaged; the message says how."""


@dataclass(frozen=True, eq=False)
class Rows:
    """Raw unit vectors, shape (rows, dimension), with the NOC code and the language of each row."""

    codes: tuple[str, ...]
    languages: tuple[Language, ...]
    vectors: Vectors


@dataclass(frozen=True, eq=False)
class OccupationVectors:
    """What occupations are, and what they are called. An occupation has one passage in a language and many names.

    `encoder` is the fingerprint of what made them, `knowledge` that of the knowledge they were made of.
    """

    passages: Rows
    names: Rows
    encoder: str
    knowledge: str


def encoder_fingerprint(recipe: Mapping[str, Any]) -> str:
    """Of an embedding recipe as an index's meta holds it: what in it decides these vectors, hashed."""
    return digest({name: recipe.get(name) for name in DECIDING})


def write_occupation_vectors(path: Path, held: OccupationVectors) -> None:
    """Replaces the file in one step, so that a reader sees the old or the new one whole. Raises OSError."""
    buffer = io.BytesIO()
    marks = {name: np.array(getattr(held, name)) for name in ("encoder", "knowledge")}
    rows = _columns("passages", held.passages) | _columns("names", held.names)
    np.savez(buffer, allow_pickle=False, **marks, **rows)
    part = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        part.write_bytes(buffer.getvalue())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def read_occupation_vectors(path: Path) -> OccupationVectors:
    """Raises FileNotFoundError, and OccupationVectorsError for what cannot be read or makes no sense."""
    try:
        # Opened here: given a path, numpy leaves a damaged file open.
        with path.open("rb") as stream, np.load(stream, allow_pickle=False) as file:
            return _checked({name: file[name] for name in file.files})
    except FileNotFoundError:
        raise
    except (OSError, ValueError, KeyError, TypeError, AttributeError, EOFError, zipfile.BadZipFile) as error:
        raise OccupationVectorsError(f"{path.name} cannot be read: {error}") from error


def _columns(kind: str, rows: Rows) -> dict[str, npt.NDArray[Any]]:
    columns = {"codes": np.array(rows.codes), "languages": np.array(rows.languages)}
    return {f"{kind}_{name}": column for name, column in (columns | {"vectors": rows.vectors.astype(STORED)}).items()}


def _checked(arrays: Mapping[str, npt.NDArray[Any]]) -> OccupationVectors:
    passages, names = _rows("passages", arrays), _rows("names", arrays)
    return OccupationVectors(passages, names, str(arrays["encoder"]), str(arrays["knowledge"]))


def _rows(kind: str, arrays: Mapping[str, npt.NDArray[Any]]) -> Rows:
    """Raises ValueError unless every row is a unit vector with a code and a language."""
    vectors = arrays[f"{kind}_vectors"].astype(np.float32)
    codes = tuple(str(code) for code in arrays[f"{kind}_codes"].tolist())
    spoken = [known for one in arrays[f"{kind}_languages"].tolist() for known in LANGUAGES if known == one]
    if vectors.ndim != 2 or not len(vectors) == len(codes) == len(spoken):
        raise ValueError("its columns are not of one length")
    if not np.all(np.abs(np.linalg.norm(vectors, axis=1) - 1) < NEARLY_ONE):
        raise ValueError("its rows are not of length one")
    return Rows(codes, tuple(spoken), vectors)
