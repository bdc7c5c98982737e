"""Text that was UTF-8 and was read as something else before it was sent: `CollÃ¨ge` for Collège."""

import re

from ftfy import fix_encoding

# What the first byte of a French letter or a typographic mark looks like when it is misread, before a second one.
SIGN = re.compile(r"[ÃÂâÅ][\u0080-\u00bf \u0152-\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]")


def repaired(text: str) -> str:
    """The text as it was written; a text that only looks odd is left alone."""
    return text if text.isascii() or not SIGN.search(text) else str(fix_encoding(text))
