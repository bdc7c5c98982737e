"""What is left of a query: its subject, without framing, certain limits and the little words that tied them on."""

import re
from collections.abc import Iterable, Iterator, Sequence

from search_api.limits.said import Span
from search_api.limits.sentence import Sentence
from search_api.limits.text import Folded, overlap
from search_api.limits.vocabulary import Vocabulary

LOOSE = " ,;:!?.()[]/|\"«»-–'’&"
# Not the comma of $60,000.
COMMAS = re.compile(r" ?[,;](?!\d)[ ,;]*")
BLANKS = re.compile(r"\s+")


def merged(spans: Iterable[Span]) -> list[Span]:
    """In order, those that touch or overlap as one."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def tied(sentence: Sentence, span: Span, spoken: Vocabulary) -> Span:
    """A limit with the glue before it: "for under $500", « et le soir »."""
    start, end = span
    while (word := sentence.before(start)).kind == "glue" and word.word in spoken.glue:
        start = sentence.tokens[word.at].start
    return start, end


class Remains:
    """The words of a query that are not taken out yet, by place."""

    def __init__(
        self, sentence: Sentence, removed: Sequence[Span], protected: Sequence[Span], spoken: Vocabulary
    ) -> None:
        self._sentence, self._protected, self._spoken = sentence, protected, spoken
        self.removed = merged(removed)
        self._trim_start()
        self._trim_end()

    def _left(self) -> list[int]:
        tokens = enumerate(self._sentence.tokens)
        return [at for at, token in tokens if not any(overlap((token.start, token.end), span) for span in self.removed)]

    def _take(self, start: int, end: int) -> None:
        self.removed = merged([*self.removed, (start, end)])

    def _trim_start(self) -> None:
        """Glue and leading words off the beginning, as long as there are any."""
        for at in self._left():
            token = self._sentence.tokens[at]
            # A token that went with the phrase before it is no longer there.
            if self.removed and token.start < self.removed[0][1] and self.removed[0][0] == 0:
                continue
            taken = self._opening(at)
            if taken is None:
                return
            self._take(0, taken)

    def _opening(self, at: int) -> int | None:
        """Where the opening word or phrase ends; None when it is part of the subject."""
        token = self._sentence.tokens[at]
        if self._sentence.kinds[at] == "glue" and token.text in self._spoken.glue:
            return token.end
        led = self._spoken.leading.match(self._sentence.text, token.start)
        if led is None or any(overlap(led.span(), span) for span in self._protected):
            return None
        return None if self._sentence.after(led.end()).word in self._spoken.leading_not_before else led.end()

    def _trim_end(self) -> None:
        for at in reversed(self._left()):
            token = self._sentence.tokens[at]
            if self._sentence.kinds[at] != "glue" or token.text not in self._spoken.glue:
                return
            self._take(token.start, len(self._sentence.text))

    def _bare(self, start: int, end: int) -> bool:
        """Whether a stretch holds nothing but glue and punctuation."""
        inside = [at for at, token in enumerate(self._sentence.tokens) if start <= token.start and token.end <= end]
        return all(self._sentence.kinds[at] == "glue" for at in inside)

    def pieces(self) -> Iterator[Span]:
        """The stretches that remain; those between two removed ones only when they hold more than glue."""
        at, last = 0, len(self._sentence.text)
        for start, end in [*self.removed, (last, last)]:
            if at < start and not self._bare(at, start):
                yield at, start
            at = end


def subject(text: Folded, remains: Remains) -> str:
    """What remains, as it was typed, without doubled blanks and loose punctuation."""
    stretches = (text.typed_span(start, end) for start, end in remains.pieces())
    joined = " ".join(text.typed[start:end] for start, end in stretches)
    tidy = COMMAS.sub(lambda hit: hit.group().strip()[0] + " ", BLANKS.sub(" ", joined))
    return _unwrapped(BLANKS.sub(" ", tidy))


def _unwrapped(tidy: str) -> str:
    """Without punctuation at either end; .NET keeps its stop, C++ and C# have none of these."""
    kept = tidy.rstrip(LOOSE).lstrip(LOOSE.replace(".", ""))
    return kept if re.match(r"\.\w", kept) else kept.lstrip(LOOSE)
