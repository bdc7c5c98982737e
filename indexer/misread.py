"""Text that was UTF-8 and was read as something else before it was sent: `CollÃ¨ge` for Collège."""

import re

from ftfy import fix_encoding

# What the first byte of a French letter or a typographic mark looks like when it is misread, before a second one.
FIRST = "ÃÂâÅ"
SIGN = re.compile(rf"[{FIRST}][\u0080-\u00bf \u0152-\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]")


def looks_misread(text: str) -> bool:
    """Whether the text holds what misreading leaves behind."""
    # Looking for a letter is far quicker than an expression, and nearly all texts hold none of the four.
    return not text.isascii() and any(map(text.__contains__, FIRST)) and SIGN.search(text) is not None


def repaired(text: str) -> str:
    """The text as it was written; a text that only looks odd is left alone."""
    return str(fix_encoding(text)) if looks_misread(text) else text
