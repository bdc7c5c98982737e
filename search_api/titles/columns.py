"""Many titles in few arrays: neither grows a Python object a row, so that forked workers share them."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from hashlib import blake2b

import numpy as np
import numpy.typing as npt

Rows = npt.NDArray[np.int32]


class TextColumn:
    """Texts by row in one UTF-8 string."""

    def __init__(self, texts: Sequence[str]) -> None:
        encoded = [text.encode() for text in texts]
        self._bytes = b"".join(encoded)
        self._ends = np.cumsum([len(one) for one in encoded], dtype=np.int64)

    def __len__(self) -> int:
        return len(self._ends)

    def __getitem__(self, row: int) -> str:
        """Raises IndexError."""
        start = self._ends[row - 1] if row else 0
        return self._bytes[start : self._ends[row]].decode()


# The words and forms of titles come again and again.
@lru_cache(maxsize=1 << 14)
def _digest(key: str) -> int:
    return int.from_bytes(blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")


class KeyColumn:
    """Rows by key. A key is kept as 64 bits of its hash: among 10^6 of them two meet once in 10^7 times."""

    def __init__(self, keyed: Iterable[tuple[str, int]]) -> None:
        pairs = dict.fromkeys((_digest(key), row) for key, row in keyed)
        hashes = np.fromiter((found for found, _row in pairs), dtype=np.uint64, count=len(pairs))
        rows = np.fromiter((row for _hash, row in pairs), dtype=np.int32, count=len(pairs))
        order = np.lexsort((rows, hashes))
        self._hashes, self._rows = hashes[order], rows[order]

    def rows(self, key: str) -> Rows:
        """In ascending order; none for a key that is not there."""
        asked = np.uint64(_digest(key))
        start = end = int(self._hashes.searchsorted(asked))
        if start < len(self._hashes) and self._hashes[start] == asked:
            end = int(self._hashes.searchsorted(asked, "right"))
        return self._rows[start:end]
