"""Vectors as rows of unit length, and how what the texts of a language share is taken out of them."""

from typing import Literal

import numpy as np
import numpy.typing as npt

from mappings.contract import LANGUAGES

Vectors = npt.NDArray[np.float32]
Centring = Literal["per_language", "none"]


def unit(vectors: Vectors) -> Vectors:
    """Rows of length one. A zero row stays zero."""
    # In double precision: the squares of tiny float32 values vanish.
    lengths = np.linalg.norm(vectors.astype(np.float64), axis=-1, keepdims=True)
    scaled: Vectors = (vectors / np.where(lengths == 0, 1, lengths)).astype(np.float32)
    return scaled


def centre(vectors: Vectors, mean: Vectors | None) -> Vectors:
    """Unit rows minus the mean, unit again: takes out what all texts of a language share.

    A row equal to the mean has no direction left and is returned as it was: k-NN rejects zero vectors.
    """
    if mean is None:
        return vectors
    moved = unit(vectors - mean)
    return np.where(np.abs(moved).sum(axis=-1, keepdims=True) == 0, vectors, moved).astype(np.float32)


def mean_of(vectors: Vectors) -> Vectors:
    mean: Vectors = vectors.mean(axis=0).astype(np.float32)
    return mean


def means_by_language(vectors: dict[str, Vectors], least: int = 20) -> dict[str, Vectors]:
    """The mean per language; with fewer than `least` rows the mean over all languages stands in.

    A handful of texts has a mean that carries their topic, and subtracting a topic hides it.
    """
    rows = [matrix for matrix in vectors.values() if len(matrix)]
    if not rows:
        return {}
    pooled = mean_of(np.concatenate(rows))
    found = {language: vectors.get(language) for language in LANGUAGES}
    return {
        language: mean_of(matrix) if matrix is not None and len(matrix) >= least else pooled
        for language, matrix in found.items()
    }
