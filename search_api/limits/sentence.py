"""The words around a stretch of a query, each by what it is, and what they make of a possible limit."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from search_api.limits.candidate import Candidate
from search_api.limits.said import Span
from search_api.limits.text import Folded, Token
from search_api.limits.vocabulary import Vocabulary

# edge: no word, or punctuation before it. known: part of a job title, skill or tool. limit: part of a candidate.
Kind = Literal["edge", "limit", "known", "course", "glue", "other"]
EDGE = re.compile(r"[,;:!?()\[\]/|\"«»]|\.(?: |$)| - ")
# Of all glue these two bind what follows to what stands before: "an evening of jazz".
BINDING = frozenset({"of", "du", "des"})
# The days and ways of a person's work are not those of the course; where they live and work may be.
PERSONAL = frozenset({"schedule", "delivery"})
PLACE = "city"


@dataclass(frozen=True)
class Neighbour:
    """The next word to one side, by its place among the words; -1 where there is none or punctuation parts them."""

    kind: Kind
    word: str = ""
    at: int = -1


NOTHING = Neighbour("edge")


class Sentence:
    """A folded query whose words are known by kind. Offsets are those of the folded text."""

    def __init__(self, text: Folded, found: Sequence[Candidate], protected: Sequence[Span], spoken: Vocabulary) -> None:
        self.text, self.tokens, self._spoken = text.text, text.tokens, spoken
        self._starts = [token.start for token in self.tokens]
        self._ends = [token.end for token in self.tokens]
        self._owners: dict[int, Candidate] = {
            at: one for one in found for at in range(bisect_left(self._starts, one.start), self._first_from(one.end))
        }
        self._known = {at for start, end in protected for at in range(self._first_from(start), self._first_from(end))}
        self.kinds: list[Kind] = [self._kind(at, token) for at, token in enumerate(self.tokens)]

    def _first_from(self, offset: int) -> int:
        return bisect_left(self._starts, offset)

    def _kind(self, at: int, token: Token) -> Kind:
        if at in self._owners:
            return "limit"
        if at in self._known:
            return "known"
        if token.text in self._spoken.courses and not self._another(at, token):
            return "course"
        return "glue" if token.text in self._spoken.all_glue else "other"

    def _another(self, at: int, token: Token) -> bool:
        """Whether what looks like a word for a course is something else: a golf course, « un cours d'eau »."""
        before, after = self.tokens[max(0, at - 1) : at], self.tokens[at + 1 : at + 3]
        gap = self.text[before[0].end : token.start] if before else ""
        is_after = bool(before) and before[0].text in self._spoken.course_not_after and not EDGE.search(gap)
        return is_after or any(word.text in self._spoken.course_not_before for word in after)

    def before(self, offset: int) -> Neighbour:
        at = bisect_left(self._ends, offset + 1) - 1
        if at < 0 or EDGE.search(self.text, self.tokens[at].end, offset):
            return NOTHING
        return Neighbour(self.kinds[at], self.tokens[at].text, at)

    def after(self, offset: int) -> Neighbour:
        at = self._first_from(offset)
        if at >= len(self.tokens) or EDGE.search(self.text[offset : self.tokens[at].start]):
            return NOTHING
        return Neighbour(self.kinds[at], self.tokens[at].text, at)

    def _beyond(self, one: Neighbour, step: int) -> Neighbour:
        token = self.tokens[one.at]
        return self.after(token.end) if step > 0 else self.before(token.start)

    def _side(self, one: Candidate, step: int) -> Neighbour:
        return self.after(one.end) if step > 0 else self.before(one.start)

    def is_certain(self, one: Candidate) -> bool:
        """Whether the words around leave no other meaning."""
        if one.standing == "maybe" or self._changed(one) or self._is_home(one):
            return False
        if one.standing == "always":
            return True
        return self._apart(one) if one.standing == "apart" else self._beside(one)

    def _changed(self, one: Candidate) -> bool:
        return self._side(one, -1).word in one.not_after or self._side(one, 1).word in one.not_before

    def _is_home(self, one: Candidate) -> bool:
        """Whether a place is where the person lives or works, so that it is worth suggesting only."""
        return PLACE in one.parameters and self._side(one, -1).word in self._spoken.own

    def _apart(self, one: Candidate) -> bool:
        if one.known_before and self._side(one, -1).kind == "other":
            return False
        after = self._side(one, 1)
        if after.word in self._spoken.connectors:
            after = self._beyond(after, 1)
            owner = self._owners.get(after.at)
            return after.kind == "edge" or (owner is not None and self.is_certain(owner))
        after = self._past_guesses(after)
        if after.kind == "known":
            return one.known_after or self._ends_in_course(after)
        return after.word in self._spoken.denials or (after.kind != "other" and after.word not in BINDING)

    def _past_guesses(self, word: Neighbour) -> Neighbour:
        """The next word that is no part of a mere suggestion: "free college courses", but "free short stories"."""
        owner = self._owners.get(word.at)
        while owner is not None and owner.standing == "maybe":
            word = self.after(owner.end)
            owner = self._owners.get(word.at)
        return word

    def _ends_in_course(self, word: Neighbour) -> bool:
        """Whether known words run on into a word for a course: "free Excel training"."""
        while word.kind in {"known", "limit"}:
            word = self._beyond(word, 1)
        return word.kind == "course"

    def _beside(self, one: Candidate) -> bool:
        if self._side(one, -1) is NOTHING and self._side(one, 1) is NOTHING:
            return True
        return self._reaches_course(one, 1) or self._reaches_course(one, -1)

    def _reaches_course(self, one: Candidate, step: int) -> bool:
        """Whether only limits and connectors part it from a word for a course or a sibling: "hybrid or online"."""
        word = self._side(one, step)
        while word.kind == "limit" or word.word in self._spoken.connectors:
            owner = self._owners.get(word.at)
            if owner and owner.parameters == one.parameters and owner.standing in {"always", "apart"}:
                return True
            word = self._beyond(word, step)
        return word.kind == "course"

    def denial(self, one: Candidate) -> Span | None:
        """From the word that denies it, where it is what the person does not want, or when or how they work.

        It is no limit then; nothing in that stretch is framing.
        """
        word, joined, carried = self._side(one, -1), False, False
        while self._carries(word, joined=joined):
            joined = word.word in self._spoken.connectors
            carried = carried or word.word in self._spoken.carriers
            if joined and carried:
                # "I work nights and need a daytime course": another clause.
                return None
            word = self._beyond(word, -1)
        own = word.word in self._spoken.own and bool(one.parameters & PERSONAL)
        if own or word.word in self._spoken.denials:
            after = self._side(one, 1)
            end = self.tokens[after.at].end if after.kind == "course" else one.end
            return self.tokens[word.at].start, end
        return None

    def _carries(self, word: Neighbour, *, joined: bool) -> bool:
        """Whether a denial reaches across the word: over little words, and over a limit that "or" ties on."""
        little = word.kind in {"glue", "course"} or word.word in self._spoken.carriers
        if word.kind == "limit" and not little:
            return joined
        return word.at >= 0 and little and word.word not in self._spoken.denials | self._spoken.own
