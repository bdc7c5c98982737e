"""Text as people wrote it, without what files add: markup, entities, control characters, odd spaces."""

import html
import re
import unicodedata
from functools import lru_cache
from typing import Any

import nh3

from indexer.misread import looks_misread, repaired

TAG = re.compile(r"</?[a-zA-Z][a-zA-Z0-9-]*(?:\s[^<>]*)?/?>|<!--.*?-->", re.DOTALL)
ENTITY = re.compile(r"&(?:[a-zA-Z][a-zA-Z0-9]{1,30}|#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6});")
# Where these stand, one passage ends; other tags stand inside a sentence.
BLOCK = re.compile(
    r"</?(?:address|article|blockquote|br|dd|div|dl|dt|figure|footer|h[1-6]|header|hr|li|ol|p|pre|section|table|td|th|tr|ul)"
    r"(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
# Marks that join, part or turn about what stands beside them: a text can be made to read as another by them.
TURNING = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
INVISIBLE = re.compile(f"[\u00ad\u200b\u200c\u200d\u2060-\u2064\ufeff\ufff9-\ufffb\U000e0000-\U000e007f{TURNING}]")
CONTROLS = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]")
HALVES = re.compile(r"[\ud800-\udfff]")  # halves of a character, which no file in UTF-8 can hold
# The words of a link to a mailbox are often the name of whoever reads it.
MAILBOX = re.compile(r"<a\s[^<>]{0,500}mailto:([^\s\"'<>?]{1,320})[^<>]{0,500}>[^<]{0,500}</a>", re.IGNORECASE)
BREAKS = re.compile(r"\r\n?|[\u0085\u2028\u2029\u000b\u000c]")
SPACES = re.compile(r"[^\S\n]+")
BLANK_LINES = re.compile(r" ?\n[ \n]*")
KEPT = 200  # characters of a text whose key is worth remembering
RAW = 20  # times longer than clean that a text with its markup may be
ROUNDS = 2  # markup is met escaped once more than it should be, never twice
WORDLESS = re.compile(r"[^a-z0-9+#]+")


def _unmarked(text: str) -> str:
    spaced = BLOCK.sub("\n", MAILBOX.sub(r" \1 ", text))
    bare = nh3.clean(spaced, tags=set(), clean_content_tags={"script", "style"})
    return html.unescape(bare)


def plain(text: str) -> str:
    """Text without markup and entities. A bare `<` or `&` stays."""
    for _ in range(ROUNDS):
        if not (TAG.search(text) or ENTITY.search(text)):
            break
        text = _unmarked(text)
    return text


def _is_clean(text: str) -> bool:
    """Whether nothing but spaces can be wrong: no markup, no mark that does not show, each letter in its one form."""
    if "<" in text or "&" in text or not text.isprintable():
        return False
    return text.isascii() or (unicodedata.is_normalized("NFC", text) and not looks_misread(text))


def prose(text: str) -> str:
    """NFC, plain, one line break between passages, one space between words. Idempotent."""
    if _is_clean(text):  # most cells are, and feeds hold millions of cells
        return " ".join(text.split())
    if "\n" in text and all(map(_is_clean, text.split("\n"))):
        return "\n".join(filter(None, (" ".join(part.split()) for part in text.split("\n"))))
    whole = HALVES.sub("\ufffd", text)
    shaped = INVISIBLE.sub("", BREAKS.sub("\n", plain(repaired(whole))))
    folded = SPACES.sub(" ", CONTROLS.sub(" ", unicodedata.normalize("NFC", shaped)))
    return BLANK_LINES.sub("\n", folded).strip()


def line(text: str) -> str:
    """The same on one line."""
    return " ".join(prose(text).split())


def written(value: Any) -> str:
    """A value as a person would write it: whole numbers without a point."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)


def short(value: Any, limit: int) -> str:
    """A value of few words on one line; nothing for a story, which is not even cleaned when it is very long."""
    text = written(value)
    clean = line(text) if len(text) <= limit * RAW else ""
    return clean if len(clean) <= limit else ""


def flat(text: str) -> str:
    """Without case or accents."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", text.casefold().replace("œ", "oe"))
    return "".join(mark for mark in apart if not unicodedata.combining(mark))


def _key(text: str) -> str:
    return WORDLESS.sub(" ", flat(line(text))).strip()


# Values of closed lists come again in every row.
_kept_key = lru_cache(4096)(_key)


def key(text: str) -> str:
    """Letters and digits only, without case or accents: how headers and values of closed lists are compared."""
    return _kept_key(text) if len(text) <= KEPT else _key(text)
