"""Character n-grams of folded titles, packed in numbers so that a whole column of titles is one array."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Grams = npt.NDArray[np.uint64]
Rows = npt.NDArray[np.int32]
# Below three letters everything resembles everything; above five an n-gram is nearly the whole word.
LENGTHS = (3, 4, 5)
SPACE, END = ord(" "), ord("\n")


@dataclass(frozen=True, eq=False)
class GramRows:
    """N-grams (eight bits a letter, never zero, so lengths cannot be confused) and the text each stands in."""

    grams: Grams
    rows: Rows


def _letters(texts: Sequence[str]) -> npt.NDArray[np.uint8]:
    """All texts in one row of bytes, each between spaces and ended by a line feed; letters beyond ASCII left out."""
    joined = "".join(f" {text} \n" for text in texts)
    return np.frombuffer(joined.encode("ascii", "ignore"), dtype=np.uint8)


def _windows(letters: npt.NDArray[np.uint8], rows: Rows, length: int) -> GramRows:
    """Every n-gram of one length within a word, the spaces around the word being part of it."""
    count = max(len(letters) - length + 1, 0)
    packed = np.zeros(count, dtype=np.uint64)
    within = np.ones(count, dtype=bool)
    for place in range(length):
        letter = letters[place : place + count]
        packed |= letter.astype(np.uint64) << np.uint64(8 * place)
        within &= (letter != END) if place in {0, length - 1} else (letter > SPACE)
    return GramRows(packed[within], rows[:count][within])


def grams_by_length(texts: Sequence[str]) -> Iterator[GramRows]:
    """The n-grams of folded texts as often as they occur, the shorter first. Texts hold no line feed."""
    letters = _letters(texts)
    ends = letters == END
    rows = np.cumsum(ends, dtype=np.int32) - ends.astype(np.int32)
    for length in LENGTHS:
        yield _windows(letters, rows, length)


def grams_of(text: str) -> Grams:
    """The different n-grams of one folded text in ascending order."""
    words = [f" {word} ".encode("ascii", "ignore") for word in text.split()]
    # In so few letters, numbers one by one take a third of the time that arrays of them do.
    found = {
        int.from_bytes(word[at : at + length], "little")
        for word in words
        for length in LENGTHS
        for at in range(len(word) - length + 1)
    }
    return np.array(sorted(found), dtype=np.uint64)
