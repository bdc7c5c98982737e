"""A listing's title without what only says which offering of a course it is: term, dates, section, delivery."""

import re
from collections.abc import Collection, Sequence

from babel.dates import get_month_names

from indexer.cleaning import key, line
from mappings.contract import LANGUAGES, Contract

# What sets a part of a title off. A hyphen does after a space only: "Train-the-Trainer" is one name; a comma does not
# within a date: "January 12, 2027".
SET_OFF = re.compile(r"\s[-/]\s*|[–—|;:()\[\]]|,(?!\s*20[0-9]{2})")
SEASONS = frozenset({"fall", "autumn", "winter", "spring", "summer", "automne", "hiver", "printemps", "ete"})
MONTHS = frozenset(
    key(month)
    for language in LANGUAGES
    for names in (get_month_names("wide", locale=language), get_month_names("abbreviated", locale=language))
    for month in names.values()
)
# Said around a term or date; they never make one by themselves.
AROUND = frozenset({
    "term", "semester", "session", "intake", "start", "starts", "starting", "begins", "from", "to", "in", "on", "of",
    "the", "and", "trimestre", "semestre", "rentree", "debut", "debute", "debutant", "d", "de", "du", "des", "le", "la",
    "l", "au", "en", "a", "et",
})  # fmt: skip
YEAR = re.compile(r"20[0-9]{2}")
DAY = re.compile(r"(?:0?[1-9]|[12][0-9]|3[01])(?:st|nd|rd|th|er|e)?")
ISO_DAY = re.compile(r"20[0-9]{2} [01][0-9] [0-3][0-9]")
NUMBERED = r"\b(?:section|sect|groupe|group|cohorte|cohort|intake|offering|crn)(?: no| n)? "
SECTION = re.compile(NUMBERED + r"(?:[0-9]{1,6}|[a-z])\b")
# Not set off, a letter may say what is taught: "Blood Group A".
TAIL_SECTION = re.compile(NUMBERED + r"[0-9]{1,6}\b")
# F26, W27, A26, H27 (fall, winter, automne, hiver …).
TERM_CODE = re.compile(r"[fwsahep]2[0-9]")
# 001 or 02, which mostly number sections.
BARE_NUMBER = re.compile(r"0[0-9]{1,2}")
# The fields whose values an offering may have of its own.
OFFERED = ("delivery", "schedule", "pace")
LOADS = frozenset({"part time", "full time", "temps partiel", "temps plein", "a temps partiel", "a temps plein"})


def offering_words(contract: Contract) -> frozenset[str]:
    """What says in a title how an offering is given: "online", "en ligne", "evenings", "temps partiel"."""
    choices = [choice for name in OFFERED for choice in contract.choices_of(contract.named(name))]
    said = [word for choice in choices for word in (choice.label.en, choice.label.fr, *choice.words)]
    return LOADS | {key(word) for word in said}


def _is_when(words: Sequence[str]) -> bool:
    """Whether the words are nothing but a term or date: a season, a month, two years, and what is said around it."""
    named = [word for word in words if word in SEASONS or word in MONTHS]
    years = [word for word in words if YEAR.fullmatch(word)]
    rest = [word for word in words if word not in AROUND and not DAY.fullmatch(word)]
    return len(rest) == len(named) + len(years) and (bool(named) or len(years) > 1)


def _says_offering(part: str, words: Collection[str], *, numbers_tell: bool) -> bool:
    """Whether a part that is set off says which offering it is and nothing of what is taught."""
    left = SECTION.sub("", part).strip()
    if BARE_NUMBER.fullmatch(left):
        return not numbers_tell
    coded = TERM_CODE.fullmatch(left) or ISO_DAY.fullmatch(left)
    return not left or left in words or bool(coded) or _is_when(left.split())


def _is_tail(words: Sequence[str]) -> bool:
    """Whether the last words of a title, not set off, name a section, or a term or date with its year."""
    said = TAIL_SECTION.sub("", " ".join(words)).split()
    return not said or (any(map(YEAR.fullmatch, said)) and _is_when(said))


def _without_tail(words: Sequence[str]) -> Sequence[str]:
    cut = next((at for at in range(1, len(words)) if _is_tail(words[at:])), len(words))
    return words[:cut]


def course_title(title: str, words: Collection[str] = (), *, numbers_tell: bool = False) -> str:
    """What the title says is taught, to be compared; the whole of it where nothing else would be left.

    `words` are those that, set off, say how or where an offering is given. Numbers stay: "Excel 2016" is not "Excel
    2019", nor level 1 level 2. With `numbers_tell` a bare 01 that is set off stays too: it may be the first of two
    parts.
    """
    parts = list(filter(None, map(key, SET_OFF.split(line(title)))))
    kept = [part for part in parts if not _says_offering(part, words, numbers_tell=numbers_tell)] or parts
    return " ".join(_without_tail(" ".join(kept).split()))
