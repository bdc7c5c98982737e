"""Both genders of a title written in one: « Préposé/préposée », "foreman/woman", « infirmier(ère) »."""

import re
from functools import lru_cache
from typing import Literal

from mappings.abridged import ABRIDGED, DOTS, ENDINGS
from mappings.contract import Language
from mappings.phrases import ELISION, fold

Side = Literal["masculine", "feminine"]
SIDES: tuple[Side, Side] = ("masculine", "feminine")
# Between these stands one title with its twin; words before and after are common to both.
LEFT_EDGE = re.compile(r".*(?: [-–] |[,(;] ?|\b(?:et|ou|and|or) )", re.DOTALL)
RIGHT_EDGE = re.compile(r"(?: [-–] |,| ?[();]| (?:et|ou|and|or) )")
# English names women by what follows "fore-" and "land-" too.
TAILS = {"woman": "man", "women": "men", "lady": "lord", "person": "man"}
ALIKE = 3
MARKS = frozenset(f"/({DOTS}")


def _without_abridging(title: str, side: Side) -> str:
    def written(found: re.Match[str]) -> str:
        word = found["word"]
        ending = found["a"] or found["b"] or found["c"]
        plural = found["as"] or found["ain"] or found["bs"] or found["cs"] or ""
        replaced = ENDINGS[ending.lower()]
        if side == "masculine" or not word.endswith(replaced):
            return f"{word}{plural}"
        return f"{word[: len(word) - len(replaced)]}{ending}{plural}"

    return ABRIDGED.sub(written, title)


def _elision(word: str) -> str:
    """The d' of "d'infirmiers"; empty where nothing is elided."""
    found = ELISION.match(word)
    return found.group() if found else ""


@lru_cache(maxsize=1 << 14)
def _plain(word: str) -> str:
    return fold(word[len(_elision(word)) :])


def _alike(one: str, other: str) -> int:
    """How many first letters two words share; accents, case and elided articles apart."""
    one, other = _plain(one), _plain(other)
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _twin_length(left: list[str], right: list[str], language: Language) -> int:
    """How many words before the slash have their twin after it; 0 where the slash parts no genders."""
    lengths = range(1, min(len(left), len(right)) + 1)
    alike = {length: _alike(left[-length], right[0]) for length in lengths}
    best = max(lengths, key=lambda length: (alike[length], -length), default=0)
    least = min(ALIKE, len(left[-best])) if best else 0
    if best and alike[best] >= least and not left[-best].isupper():
        return best
    # homme/femme, and in English host/hostess alone have nothing else in common
    return 1 if language == "fr" and best and left[-1][-1:].islower() and right[0][:1].islower() else 0


def _one_side(title: str, side: Side, language: Language) -> str | None:
    """The title with its first slash resolved; None where that slash parts no genders."""
    before, after = title.split("/", 1)
    edge, stop = LEFT_EDGE.match(before), RIGHT_EDGE.search(after)
    kept, left = (before[: edge.end()], before[edge.end() :]) if edge else ("", before)
    right, rest = (after[: stop.start()], after[stop.start() :]) if stop else (after, "")
    lefts, rights = left.split(), right.split()
    if not lefts or not rights:
        return None
    tail = TAILS.get(rights[0].lower())
    if tail and lefts[-1].lower().endswith(tail):
        twin = lefts[-1] if side == "masculine" else f"{lefts[-1][: -len(tail)]}{rights[0]}"
        return kept + " ".join([*lefts[:-1], twin, *rights[1:]]) + rest
    length = _twin_length(lefts, rights, language)
    if not length:
        return None
    if side == "masculine":
        return kept + " ".join([*lefts, *rights[length:]]) + rest
    elided = "" if _elision(rights[0]) else _elision(lefts[-length])
    return kept + " ".join([*lefts[:-length], f"{elided}{rights[0]}", *rights[1:]]) + rest


def _form(title: str, side: Side, language: Language) -> str:
    form = _without_abridging(title, side) if language == "fr" else title
    while "/" in form:
        resolved = _one_side(form, side, language)
        if resolved is None:
            return form
        form = resolved
    return form


def gender_forms(title: str, language: Language) -> tuple[str, ...]:
    """The masculine form, then the feminine; the title alone where it is written in one form only."""
    if not MARKS.intersection(title):
        return (title,)
    return tuple(dict.fromkeys(_form(title, side, language) for side in SIDES))
