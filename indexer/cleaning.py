"""Text as people wrote it, without what files add: markup, entities, control characters, odd spaces."""

import html
import re
import unicodedata
from typing import Any

import nh3

TAG = re.compile(r"</?[a-zA-Z][a-zA-Z0-9-]*(?:\s[^<>]*)?/?>|<!--.*?-->", re.DOTALL)
ENTITY = re.compile(r"&(?:[a-zA-Z][a-zA-Z0-9]{1,30}|#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6});")
# Where these stand, one passage ends; other tags stand inside a sentence.
BLOCK = re.compile(
    r"</?(?:address|article|blockquote|br|dd|div|dl|dt|figure|footer|h[1-6]|header|hr|li|ol|p|pre|section|table|td|th|tr|ul)"
    r"(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"))
BREAKS = re.compile(r"\r\n?|[\u0085\u2028\u2029\u000b\u000c]")
SPACES = re.compile(r"[^\S\n]+")
BLANK_LINES = re.compile(r" ?\n[ \n]*")
RAW = 20  # times longer than clean that a text with its markup may be
ROUNDS = 2  # markup is met escaped once more than it should be, never twice
WORDLESS = re.compile(r"[^a-z0-9+#]+")


def _unmarked(text: str) -> str:
    spaced = BLOCK.sub("\n", text)
    bare = nh3.clean(spaced, tags=set(), clean_content_tags={"script", "style"})
    return html.unescape(bare)


def plain(text: str) -> str:
    """Text without markup and entities. A bare `<` or `&` stays."""
    for _ in range(ROUNDS):
        if not (TAG.search(text) or ENTITY.search(text)):
            break
        text = _unmarked(text)
    return text


def _printable(text: str) -> str:
    return "".join(" " if mark != "\n" and unicodedata.category(mark) == "Cc" else mark for mark in text)


def prose(text: str) -> str:
    """NFC, plain, one line break between passages, one space between words. Idempotent."""
    shaped = BREAKS.sub("\n", plain(text)).translate(INVISIBLE)
    folded = SPACES.sub(" ", _printable(unicodedata.normalize("NFC", shaped)))
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


def key(text: str) -> str:
    """Letters and digits only, without case or accents: how headers and values of closed lists are compared."""
    return WORDLESS.sub(" ", flat(line(text))).strip()
