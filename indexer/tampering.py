"""Signs that a text was made to do something else than to be read. Cleaning takes them out; a report says that it did.

Marks that any web page or word processor leaves behind (soft hyphens, spaces of no width, single direction marks) are
no such sign.
"""

import re
from collections.abc import Iterator

SCRIPT = re.compile(
    r"<script\b|<iframe\b|<[a-z][^<>]{0,500}?\s(?:on[a-z]{3,30}\s*=|[a-z]+\s*=\s*[\"']?\s*javascript:)",
    re.IGNORECASE,
)
# What embeds, overrides or isolates a direction, tags that are never shown, and controls that no text needs.
HIDDEN = re.compile("[\u202a-\u202e\u2066-\u2069\U000e0000-\U000e007f\x00-\x08\x0e-\x1f\x7f]")
FORMULA = re.compile(r"\s*(?:=\s*\S|[-+@]\s*[A-Za-z_][\w.]*\()")
BEGINNINGS = ("=", "+", "-", "@")


def tampering(text: str) -> Iterator[str]:
    """The kinds of warnings that a text deserves. What it can be cleaned of is first looked for in the cheapest way."""
    if "<" in text and SCRIPT.search(text):
        yield "script_taken_out"
    if not text.isprintable() and HIDDEN.search(text):
        yield "hidden_taken_out"
    if text.lstrip().startswith(BEGINNINGS) and FORMULA.match(text):
        yield "formula_as_text"
