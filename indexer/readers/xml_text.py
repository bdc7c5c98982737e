"""Text of an XML node as the cleaning of prose expects it: plain, or with the tags of HTML."""

import re
from typing import Any

from lxml import etree

TAG = re.compile(r"<(/?)(?:[\w.-]+:)?([\w.-]+)[^>]*>")
# These stand inside a sentence, or hold what is no text; any other element begins and ends a passage.
KEPT = frozenset({
    "a", "abbr", "b", "cite", "code", "em", "font", "i", "mark", "q", "s", "script", "small", "span", "strong", "style",
    "sub", "sup", "u",
})  # fmt: skip


def _html_tag(found: re.Match[str]) -> str:
    name = found[2].lower()
    return f"<{found[1]}{name}>" if name in KEPT else "<br>"


def _inner(element: etree._Element) -> str:
    whole = etree.tostring(element, encoding="unicode", with_tail=False)
    return whole[whole.index(">") + 1 : whole.rindex("<")]


def text_of(node: Any) -> str:
    """The text of an attribute or element; elements inside it become tags of HTML."""
    if not isinstance(node, etree._Element):  # noqa: SLF001 - lxml has no other name for its elements
        return str(node).strip()
    return TAG.sub(_html_tag, _inner(node)).strip() if len(node) else (node.text or "").strip()
