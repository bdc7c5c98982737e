"""The form in which queries are told alike, and which of them may be told of at all."""

import unicodedata

from mappings.private_text import may_tell_of_a_person
from search_api.search_request import SearchRequest, Sort

# What many people type is short; a long text is one person's own words.
LONGEST = 60
MOST_WORDS = 8


def _is_mark(character: str) -> bool:
    return unicodedata.category(character)[0] in "PZC" and character not in "#+"


def _trimmed(word: str) -> str:
    """The word without punctuation around it; `C#`, `C++` and `.NET` keep theirs."""
    kept = [place for place, character in enumerate(word) if not _is_mark(character)]
    if not kept:
        return ""
    start = kept[0] - 1 if word[kept[0] - 1 : kept[0]] == "." else kept[0]
    return word[start : kept[-1] + 1]


def normal_form(text: str) -> str:
    """Compatible characters alike (NFKC), small letters, single spaces, no punctuation around a word."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return " ".join(filter(None, map(_trimmed, folded.split())))


def tellable(text: str) -> str | None:
    """The query's normal form; None for what may tell of a person, is long, or is nothing."""
    if may_tell_of_a_person(unicodedata.normalize("NFKC", text)):
        return None
    form = normal_form(text)
    fits = 0 < len(form) <= LONGEST and len(form.split()) <= MOST_WORDS
    return form if fits and not may_tell_of_a_person(form) else None


def begins_a_search(request: SearchRequest) -> bool:
    """Whether this is the query as typed, not another page, order or narrowing of what one has before one already."""
    refined = request.filters or request.without or request.goal or request.origin
    return request.page == 1 and request.sort == Sort() and not refined
