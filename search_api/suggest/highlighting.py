"""Where the typed words stand in a suggestion."""

from collections.abc import Iterator

from mappings.phrases import fold
from search_api.suggest.folding import Piece, joined_pieces, pieces, readings, without_plural
from search_api.suggest.typos import edits_between

Span = tuple[int, int]


def written_length(word: str, letters: int) -> int:
    """How many characters of a word make up so many of its folded letters: œ makes two, a lone accent none."""
    size = folded = 0
    for mark in word:
        adds = len(fold(mark))
        if folded >= letters and adds:
            break
        size, folded = size + 1, folded + adds
    return size


def _span(text: str, piece: Piece, typed: str) -> Span | None:
    """The beginning that was typed; the whole word where it was misspelt."""
    written = text[piece.start : piece.end]
    if piece.folded.startswith(typed):
        whole = fold(written) != piece.folded
        return (piece.start, piece.end if whole else piece.start + written_length(written, len(typed)))
    near = piece.folded == without_plural(typed) or edits_between(piece.folded, typed) is not None
    return (piece.start, piece.end) if near else None


def _spans(text: str, query: str) -> Iterator[Span]:
    """The spans of each typed word: where it is spelt right if it is anywhere, else where it is near."""
    known = [*pieces(text), *joined_pieces(text)]
    for typed in {word for words in readings(query) for word in words}:
        right = [piece for piece in known if piece.folded.startswith(typed)]
        yield from (span for piece in right or known if (span := _span(text, piece, typed)))


def highlights(text: str, query: str) -> list[Span]:
    """Character offsets (start, end) in order, none touching another."""
    found: list[Span] = []
    for start, end in sorted(_spans(text, query)):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found
