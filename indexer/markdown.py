"""Markdown as HTML, from which markup is taken like any other."""

import re

from markdown_it import MarkdownIt

# A heading, strong words, a link, or a list of two items: what plain text hardly ever holds by chance. `__init__` is
# a name in lessons of Python.
SIGNS = re.compile(
    r"^ {0,3}#{1,6} \S|\*\*[^\s*][^*\n]{0,500}\*\*|\[[^\]\n]{1,300}\]\([^)\s]{1,500}\)"
    r"|^ {0,3}[*+-] \S.*\n+ {0,3}[*+-] \S",
    re.MULTILINE,
)
# Cheaper to look for: text without any of these holds none of those.
HINTS = ("#", "**", "](", "\n")
LONGEST = 40_000  # characters; a longer text is refused for its length anyway


class _Reader(MarkdownIt):
    def validateLink(self, _url: str) -> bool:  # noqa: N802 - the library's name
        """Any link's words stay: where it leads is taken out with the rest of the markup."""
        return True


# Indented text is no code here: feeds indent by accident. Raw HTML is cleaned out afterwards.
_reader = _Reader("commonmark", {"html": True, "maxNesting": 20}).disable("code")


def looks_like_markdown(text: str) -> bool:
    """Whether a text holds marks that only Markdown gives a meaning."""
    return len(text) <= LONGEST and any(map(text.__contains__, HINTS)) and SIGNS.search(text) is not None


def as_html(text: str) -> str:
    """The text with its marks as HTML."""
    return str(_reader.render(text[:LONGEST]))
